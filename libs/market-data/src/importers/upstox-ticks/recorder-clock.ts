/** How fast a wrong estimate may heal, per millisecond. */
const HEALING = 0.005;

/**
 * Sets the recorder's clock right by the exchange's: a message cannot be recorded before its trade, so the smallest distance seen
 * between the two is how slow the clock is. The estimate creeps upwards, so that a clock that is set anew is followed.
 */
export class RecorderClock {
  private behind = 0;
  private before = Number.NaN;
  private known = false;

  /** Exchange time at which a message was recorded, epoch ms. @param tradeTime time of the trade it tells first, NaN when it tells none */
  correct(recordedAt: number, tradeTime: number): number {
    if (this.known) this.behind += Math.max(0, recordedAt - this.before) * HEALING;
    this.before = recordedAt;
    if (!Number.isNaN(tradeTime)) {
      const apart = recordedAt - tradeTime;
      this.behind = this.known ? Math.min(this.behind, apart) : apart;
      this.known = true;
    }
    return recordedAt - this.behind;
  }
}
