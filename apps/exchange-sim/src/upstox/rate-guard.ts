import type { RateWindow } from '@sos/market-data';

// Limits of Upstox for everything but orders, per user and interface.
const LIMITS = [
  { calls: 50, ms: 1_000 },
  { calls: 500, ms: 60_000 },
  { calls: 2_000, ms: 1_800_000 },
] as const;

/** Limits of Upstox for order messages: place, modify, cancel, several at once and exits share them. */
export const ORDER_LIMITS: readonly RateWindow[] = [
  { calls: 10, ms: 1_000 },
  { calls: 500, ms: 60_000 },
  { calls: 2_000, ms: 1_800_000 },
];

/** Counts calls as the vendor does and says which one is too many. Time is that of the client's world: real, or virtual in tests. */
export class RateGuard {
  private readonly elapsed: () => number;
  private readonly limits: readonly RateWindow[];
  private readonly longestMs: number;
  private readonly calls = new Map<string, number[]>();
  private broken = 0;

  constructor(elapsed: () => number, limits: readonly RateWindow[] = LIMITS) {
    this.elapsed = elapsed;
    this.limits = limits;
    this.longestMs = Math.max(...limits.map(({ ms }) => ms));
  }

  /** Calls that were refused as too many. */
  get breaches(): number {
    return this.broken;
  }

  /** True when the call is within the limits of its interface. */
  admits(api: string): boolean {
    const now = this.elapsed();
    const made = (this.calls.get(api) ?? []).filter((at) => now - at < this.longestMs);
    this.calls.set(api, made);
    const isTooMany = this.limits.some(({ calls, ms }) => made.filter((at) => now - at < ms).length >= calls);
    if (isTooMany) this.broken++;
    else made.push(now);
    return !isTooMany;
  }

  /** Counts calls that come with an admitted one. */
  count(api: string, calls: number): void {
    const made = this.calls.get(api);
    const now = this.elapsed();
    for (let i = 0; i < calls; i++) made?.push(now);
  }
}
