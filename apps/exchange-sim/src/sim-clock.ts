import type { EpochMs } from '@sos/domain';

/** The time of the simulated exchange. */
export interface SimClock {
  now(): EpochMs;
}

/** A clock that starts at an instant of the market and runs `speed` times as fast as the real one. */
export function runningClock(start: EpochMs, speed: number): SimClock {
  const begun = performance.now();
  return { now: () => Math.floor(start + (performance.now() - begun) * speed) as EpochMs };
}

/** A clock that stands until it is set. */
export class StandingClock implements SimClock {
  private at: EpochMs;

  constructor(start: EpochMs) {
    this.at = start;
  }

  now(): EpochMs {
    return this.at;
  }

  set(at: EpochMs): void {
    this.at = at;
  }
}
