import { RollingStdev } from '@sos/math-engine';
import { DELTA_SIGNALS, type DeltaSignal } from '../vocabulary/labels.js';
import type { ChainOptions } from './chain-options.js';
import type { ReadSide, ReadTape } from './plain-tape.js';

const BAR_MS = 300_000;

/** One side of the chain in closed five-minute bars: what each strike did in the last one, measured by its own past. */
class SideBars {
  /** Signed volume of the last closed bar in standard deviations; NaN unknown. */
  readonly signed: Float64Array;
  /** 1 where writers covered (premium up, open interest down, volume spike), -1 where they wrote more, 0 neither. */
  readonly writers: Int8Array;
  readonly #premium: Float64Array;
  readonly #volume: Float64Array;
  readonly #interest: Float64Array;
  readonly #usualVolume: readonly RollingStdev[];
  readonly #usualInterest: readonly RollingStdev[];
  readonly #spike: number;

  constructor(strikes: number, { deltaBars, deltaSpike }: ChainOptions) {
    const make = (): RollingStdev[] => Array.from({ length: strikes }, () => new RollingStdev(deltaBars, 'sample'));
    const unknown = (): Float64Array => new Float64Array(strikes).fill(Number.NaN);
    this.signed = unknown();
    this.writers = new Int8Array(strikes);
    this.#premium = unknown();
    this.#volume = unknown();
    this.#interest = unknown();
    this.#usualVolume = make();
    this.#usualInterest = make();
    this.#spike = deltaSpike;
  }

  /** Makes the snapshot the start of a bar without closing one: after a gap the elapsed bar is of no known length. */
  restart(side: ReadSide, offset: number): void {
    this.signed.fill(Number.NaN);
    this.writers.fill(0);
    this.#remember(side, offset);
  }

  /** Closes the bar at the snapshot, the last one of it. */
  close(side: ReadSide, offset: number): void {
    for (let i = 0; i < this.signed.length; i++) this.#closeStrike(i, side, offset + i);
    this.#remember(side, offset);
  }

  #remember(side: ReadSide, offset: number): void {
    for (let i = 0; i < this.signed.length; i++) {
      this.#premium[i] = side.ltp[offset + i] as number;
      this.#volume[i] = side.volume[offset + i] as number;
      this.#interest[i] = side.openInterest[offset + i] as number;
    }
  }

  #closeStrike(i: number, side: ReadSide, cell: number): void {
    const premium = (side.ltp[cell] as number) - (this.#premium[i] as number);
    const traded = (side.volume[cell] as number) - (this.#volume[i] as number);
    const interest = (side.openInterest[cell] as number) - (this.#interest[i] as number);
    this.signed[i] = Number.NaN;
    this.writers[i] = 0;
    // A cumulative count that fell was corrected by the exchange: the bar's volume is not known.
    if (!(traded >= 0) || premium !== premium || interest !== interest) return;
    const volumes = this.#usualVolume[i] as RollingStdev;
    const interests = this.#usualInterest[i] as RollingStdev;
    const volumeScore = (traded - volumes.mean) / volumes.value;
    const interestScore = (interest - interests.mean) / interests.value;
    if (volumes.value > 0) this.signed[i] = (Math.sign(premium) * traded) / volumes.value;
    if (volumeScore >= this.#spike && premium > 0 && interest < 0 && interestScore < -1) this.writers[i] = 1;
    if (volumeScore >= this.#spike && premium < 0 && interest > 0 && interestScore > 1) this.writers[i] = -1;
    volumes.add(traded);
    interests.add(interest);
  }
}

/**
 * Delta volume of the strikes around the money over closed five-minute bars of the exchange's clock. A call bought or a put sold counts up. Only closed bars are used, each
 * measured by the bars of the same contract before it; a missing bar is not interpolated.
 */
export class DeltaVolume {
  net = Number.NaN;
  /** Index into DELTA_SIGNALS, NaN unknown. */
  signal = Number.NaN;
  coveringCalls = Number.NaN;
  coveringPuts = Number.NaN;
  writingCalls = Number.NaN;
  writingPuts = Number.NaN;
  readonly #calls: SideBars;
  readonly #puts: SideBars;
  readonly #strikes: number;
  #bar = Number.NaN;
  #last = -1;

  constructor(strikes: number, options: ChainOptions) {
    this.#strikes = strikes;
    this.#calls = new SideBars(strikes, options);
    this.#puts = new SideBars(strikes, options);
  }

  /** Takes a snapshot; when it opens a new bar, the one before is closed and the words are those of the strikes of `band`. */
  add(tape: ReadTape, snapshot: number, band: { readonly from: number; readonly to: number }): void {
    const bar = Math.floor((tape.eventTime[snapshot] as number) / BAR_MS);
    const isFirst = this.#last < 0;
    const isNext = bar === this.#bar + 1;
    if (isFirst || (bar !== this.#bar && !isNext)) {
      this.#calls.restart(tape.call, snapshot * this.#strikes);
      this.#puts.restart(tape.put, snapshot * this.#strikes);
      this.#forget();
    } else if (isNext) {
      this.#calls.close(tape.call, this.#last * this.#strikes);
      this.#puts.close(tape.put, this.#last * this.#strikes);
      this.#read(band);
    }
    this.#bar = bar;
    this.#last = snapshot;
  }

  #forget(): void {
    this.net = this.signal = Number.NaN;
    this.coveringCalls = this.coveringPuts = this.writingCalls = this.writingPuts = Number.NaN;
  }

  #read({ from, to }: { readonly from: number; readonly to: number }): void {
    this.#forget();
    let net = 0;
    let known = 0;
    for (let i = from; i < to; i++) {
      const call = this.#calls.signed[i] as number;
      const put = this.#puts.signed[i] as number;
      if (call === call) net += call;
      if (put === put) net -= put;
      known += (call === call ? 1 : 0) + (put === put ? 1 : 0);
    }
    if (known === 0) return;
    this.net = net;
    this.coveringCalls = countOf(this.#calls.writers, 1, { from, to });
    this.coveringPuts = countOf(this.#puts.writers, 1, { from, to });
    this.writingCalls = countOf(this.#calls.writers, -1, { from, to });
    this.writingPuts = countOf(this.#puts.writers, -1, { from, to });
    this.signal = DELTA_SIGNALS.indexOf(this.#verdict());
  }

  #verdict(): DeltaSignal {
    if (this.coveringCalls > 0 && this.net > 0) return 'BULLISH';
    return this.coveringPuts > 0 && this.net < 0 ? 'BEARISH' : 'NONE';
  }
}

function countOf(
  writers: Int8Array,
  verdict: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let count = 0;
  for (let i = from; i < to; i++) if (writers[i] === verdict) count++;
  return count;
}
