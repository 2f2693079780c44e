import type { ChainTape } from '@sos/domain';
import { makeParityForward, nearestStrikeIndex, parityForward, type ParityForward } from '@sos/math-engine';

/** Strikes each side of the last money that are looked at first; the money rarely moves further between snapshots. */
const REACH = 6;
/** A forward must lie so many strikes inside the strikes looked at, so that those nearest to the money were all among them. */
const MARGIN = 3;
const NO_STRIKES = new Float64Array(0);

/** Finds the parity forward of one snapshot after the other, around the money of the last one first. */
export class ForwardFinder {
  readonly #forward: ParityForward = makeParityForward();
  #around: Float64Array = NO_STRIKES;
  #from = 0;
  #tape: ChainTape | null = null;

  startSession(): void {
    this.#tape = null;
  }

  /** Forward of a snapshot in rupees: from quotes at three strikes or more, else `spot`; NaN when that is unknown too. */
  find(tape: ChainTape, snapshot: number, spot: number): number {
    const offset = snapshot * tape.strikes.length;
    if (this.#tape === tape && this.#isSettled(tape, offset)) return this.#forward.value;
    this.#look(tape, { strikes: tape.strikes, offset, spot });
    this.#centre(tape);
    return this.#forward.value;
  }

  #isSettled(tape: ChainTape, offset: number): boolean {
    const around = this.#around;
    this.#look(tape, { strikes: around, offset: offset + this.#from, spot: Number.NaN });
    const { value, rung } = this.#forward;
    const isInside = value >= (around[MARGIN] as number) && value <= (around[around.length - 1 - MARGIN] as number);
    return rung === 'parity' && isInside;
  }

  #look(tape: ChainTape, at: { strikes: Float64Array; offset: number; spot: number }): void {
    const { call, put } = tape;
    const { strikes, offset, spot } = at;
    parityForward(
      { strikes, offset, spot, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask },
      this.#forward,
    );
  }

  #centre(tape: ChainTape): void {
    const { strikes } = tape;
    const atm = nearestStrikeIndex(strikes, this.#forward.value);
    const isWide = strikes.length > 2 * REACH + 1 && this.#forward.rung === 'parity';
    this.#tape = isWide ? tape : null;
    this.#from = Math.min(Math.max(0, atm - REACH), Math.max(0, strikes.length - 2 * REACH - 1));
    this.#around = strikes.subarray(this.#from, this.#from + 2 * REACH + 1);
  }
}
