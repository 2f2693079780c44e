/** How often an address may ask. */
export interface BudgetRate {
  readonly perSecond: number;
  /** Most that can be asked at once after a pause. */
  readonly burst: number;
}

// An attacker with many addresses costs this much memory and no more.
const MOST_ADDRESSES = 10_000;

/** A token bucket for each address; the address that was quiet longest is forgotten first. */
export class AddressBudget {
  readonly #rate: BudgetRate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** @param now milliseconds that never run backwards */
  constructor(rate: BudgetRate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one; returns 0, or the seconds until there is one again. */
  take(address: string): number {
    const wait = this.peek(address);
    const bucket = this.#bucket(address);
    if (wait === 0) bucket.left -= 1;
    return wait;
  }

  /** The same without taking. */
  peek(address: string): number {
    const { left } = this.#bucket(address);
    return left >= 1 ? 0 : (1 - left) / this.#rate.perSecond;
  }

  #bucket(address: string): { left: number; at: number } {
    const now = this.#now();
    const { perSecond, burst } = this.#rate;
    const bucket = this.#buckets.get(address) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > MOST_ADDRESSES && !oldest.done) this.#buckets.delete(oldest.value);
    return bucket;
  }
}
