/** How fast a wrong estimate may heal, per millisecond. */
const HEALING = 0.005;
/** A trade further back than this tells when the contract last traded, not how fast the recorder's clock is. */
const FRESH_MS = 60_000;

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
    const apart = recordedAt - tradeTime;
    if (this.known)
      this.behind = Math.min(this.behind + Math.max(0, recordedAt - this.before) * HEALING, this.ceiling());
    this.before = recordedAt;
    if (apart <= FRESH_MS) {
      this.behind = this.known ? Math.min(this.behind, apart) : apart;
      this.known = true;
    }
    return recordedAt - this.behind;
  }

  /** Without fresh trades an estimate heals to "the clock is right" and no further. */
  private ceiling(): number {
    return Math.max(this.behind, 0);
  }
}
