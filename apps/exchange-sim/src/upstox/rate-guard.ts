// Limits of Upstox for everything but orders, per user and interface.
const LIMITS = [
  { calls: 50, ms: 1_000 },
  { calls: 500, ms: 60_000 },
  { calls: 2_000, ms: 1_800_000 },
] as const;
const LONGEST_MS = 1_800_000;

/** Counts calls as the vendor does and says which one is too many. Time is that of the client's world: real, or virtual in tests. */
export class RateGuard {
  private readonly elapsed: () => number;
  private readonly calls = new Map<string, number[]>();
  private broken = 0;

  constructor(elapsed: () => number) {
    this.elapsed = elapsed;
  }

  /** Calls that were refused as too many. */
  get breaches(): number {
    return this.broken;
  }

  /** True when the call is within the limits of its interface. */
  admits(api: string): boolean {
    const now = this.elapsed();
    const made = (this.calls.get(api) ?? []).filter((at) => now - at < LONGEST_MS);
    this.calls.set(api, made);
    const isTooMany = LIMITS.some(({ calls, ms }) => made.filter((at) => now - at < ms).length >= calls);
    if (isTooMany) this.broken++;
    else made.push(now);
    return !isTooMany;
  }
}
