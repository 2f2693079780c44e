/** At most `calls` calls in any stretch of `ms` milliseconds. */
export interface RateWindow {
  readonly calls: number;
  readonly ms: number;
}

/**
 * Sliding windows over the calls that were really made: exact for every stretch of time, not only for stretches that begin on the minute.
 * Knows no clock; its user asks when a call may start, waits, and says when it did start.
 */
export class SlidingWindows {
  private readonly windows: readonly RateWindow[];
  /** Start times of the last calls, a ring as long as the largest window. */
  private readonly starts: Float64Array;
  private made = 0;
  private heldUntil = Number.NEGATIVE_INFINITY;

  constructor(windows: readonly RateWindow[]) {
    this.windows = windows;
    this.starts = new Float64Array(Math.max(1, ...windows.map((w) => w.calls)));
  }

  /** The first moment, `now` or later, at which one more call breaks no window. */
  earliest(now: number): number {
    let at = Math.max(now, this.heldUntil);
    for (const { calls, ms } of this.windows) {
      if (this.made < calls) continue;
      at = Math.max(at, (this.starts[(this.made - calls) % this.starts.length] as number) + ms);
    }
    return at;
  }

  /** Books a call that starts at `at`, no earlier than `earliest` said. */
  record(at: number): void {
    this.starts[this.made % this.starts.length] = at;
    this.made++;
  }

  /** Lets no call start before `until`: the vendor said so. */
  hold(until: number): void {
    this.heldUntil = Math.max(this.heldUntil, until);
  }
}

/** What a rate limiter needs of the outside. */
export interface LimiterClock {
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
}

/** Lets callers pass one by one, in the order of their asking, each as soon as no window is exceeded. */
export class RateLimiter {
  private readonly windows: SlidingWindows;
  private readonly clock: LimiterClock;
  private queue: Promise<void> = Promise.resolve();

  constructor(windows: readonly RateWindow[], clock: LimiterClock) {
    this.windows = new SlidingWindows(windows);
    this.clock = clock;
  }

  /** Resolves when a call may start; the call counts from then on. */
  pass(): Promise<void> {
    const turn = this.queue.then(() => this.wait());
    this.queue = turn;
    return turn;
  }

  /** Lets no call start for `ms` milliseconds. */
  hold(ms: number): void {
    this.windows.hold(this.clock.monotonic() + ms);
  }

  // A sleep may end late, and a hold may come while sleeping: the time is asked again after each, and the true start is booked.
  private async wait(): Promise<void> {
    for (;;) {
      const now = this.clock.monotonic();
      const at = this.windows.earliest(now);
      if (at <= now) {
        this.windows.record(now);
        return;
      }
      await this.clock.sleep(at - now);
    }
  }
}
