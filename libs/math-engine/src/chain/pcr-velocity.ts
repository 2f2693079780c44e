import { MS_PER_MINUTE } from '@sos/domain';
import { AppError } from '@sos/domain';

/** Publications kept: a window of minutes needs no more. */
const KEPT = 64;

/**
 * Velocity of the put-call ratio per minute, measured between *publications that changed*: vendors repeat a page for minutes, and a repeat is no news. The
 * value is (PCR now − PCR then) / minutes, where "then" is the newest changed publication at least `window` minutes before; NaN until there is one. Between changes the last velocity stands.
 */
export class PcrVelocity {
  value = Number.NaN;
  private readonly window: number;
  private readonly times = new Float64Array(KEPT);
  private readonly ratios = new Float64Array(KEPT);
  private count = 0;
  private calls = Number.NaN;
  private puts = Number.NaN;

  /** @param windowMinutes > 0 */
  constructor(windowMinutes: number) {
    if (!(windowMinutes > 0))
      throw new AppError('SOS_INPUT', `expected a window in minutes > 0, found ${windowMinutes}`);
    this.window = windowMinutes * MS_PER_MINUTE;
  }

  /**
   * One publication: its exchange time (epoch ms) and Σ open interest (units) of calls and puts over the fixed band. Unknown sums, repeats and times that do not advance
   * are no publication and change nothing.
   */
  add(eventTime: number, calls: number, puts: number): void {
    if (!(calls > 0) || puts !== puts) return;
    if (calls === this.calls && puts === this.puts) return;
    if (this.count > 0 && eventTime <= (this.times[(this.count - 1) % KEPT] as number)) return;
    this.calls = calls;
    this.puts = puts;
    const ratio = puts / calls;
    this.value = this.velocityAt(eventTime, ratio);
    const slot = this.count % KEPT;
    this.times[slot] = eventTime;
    this.ratios[slot] = ratio;
    this.count++;
  }

  /** Begins a session: open interest of another day is another baseline. */
  startSession(): void {
    this.count = 0;
    this.value = this.calls = this.puts = Number.NaN;
  }

  private velocityAt(time: number, ratio: number): number {
    const oldest = Math.max(0, this.count - KEPT);
    for (let i = this.count - 1; i >= oldest; i--) {
      const then = this.times[i % KEPT] as number;
      if (time - then >= this.window)
        return ((ratio - (this.ratios[i % KEPT] as number)) * MS_PER_MINUTE) / (time - then);
    }
    return Number.NaN;
  }
}
