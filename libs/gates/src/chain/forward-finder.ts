import { makeParityForward, nearestStrikeIndex, parityForward, type ParityForward } from '@sos/math-engine';
import { NearParity } from './near-parity.js';
import type { ReadTape } from './plain-tape.js';

/** Strikes each side of the last money that are looked at first; the money rarely moves further between snapshots. */
const REACH = 6;
/** A forward must lie so many strikes inside the strikes looked at, so that those nearest to the money were all among them. */
const MARGIN = 3;

/** Finds the parity forward of one snapshot after the other, around the money of the last one first. */
export class ForwardFinder {
  readonly #forward: ParityForward = makeParityForward();
  readonly #near = new NearParity(2 * REACH + 1);
  readonly #around = { from: 0, to: 0 };
  #tape: ReadTape | null = null;

  startSession(): void {
    this.#tape = null;
  }

  /** Forward of a snapshot in rupees: from quotes at three strikes or more, else `spot`; NaN when that is unknown too. */
  find(tape: ReadTape, snapshot: number, spot: number): number {
    const offset = snapshot * tape.strikes.length;
    if (this.#tape === tape && this.#isSettled(tape, offset)) return this.#near.value;
    this.#look(tape, offset, spot);
    this.#centre(tape);
    return this.#forward.value;
  }

  #isSettled(tape: ReadTape, offset: number): boolean {
    const { strikes } = tape;
    const { from, to } = this.#around;
    this.#near.look(tape, offset, this.#around);
    const { value } = this.#near;
    return value >= (strikes[from + MARGIN] as number) && value <= (strikes[to - 1 - MARGIN] as number);
  }

  #look({ strikes, call, put }: ReadTape, offset: number, spot: number): void {
    parityForward(
      { strikes, offset, spot, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask },
      this.#forward,
    );
  }

  #centre(tape: ReadTape): void {
    const { strikes } = tape;
    const atm = nearestStrikeIndex(strikes, this.#forward.value);
    const isWide = strikes.length > 2 * REACH + 1 && this.#forward.rung === 'parity';
    this.#tape = isWide ? tape : null;
    this.#around.from = Math.min(Math.max(0, atm - REACH), Math.max(0, strikes.length - 2 * REACH - 1));
    this.#around.to = this.#around.from + 2 * REACH + 1;
  }
}
