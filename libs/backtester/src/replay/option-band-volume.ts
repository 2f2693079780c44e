import type { ChainSide, ChainTape } from '@sos/domain';

/** Strikes on each side of the middle one whose traded units are added up. */
const BAND_REACH = 5;
/** Snapshots further apart than this say nothing about one minute. */
const LONGEST_GAP_MS = 90_000;

/**
 * Traded units of the at-the-money band, from the day's cumulative counts of a chain: the growth since the snapshot known at the bar before.
 * The band (the strike nearest the index and 5 on either side, calls and puts) is fixed at the first snapshot that has an index level, so that a moving index
 * never looks like volume. Unknown (NaN) while there are not two snapshots at most 90 s apart, or when nothing new arrived since the last bar.
 * A contract whose count fell or is unknown in either snapshot contributes nothing.
 */
export class OptionBandVolume {
  readonly #tape: ChainTape;
  #from = -1;
  #to = -1;
  /** The newest snapshot, and the newest one of the bar before. */
  #last = -1;
  #base = -1;

  constructor(tape: ChainTape) {
    this.#tape = tape;
  }

  /** A snapshot became known. @param spot index level at that moment, NaN unknown */
  snapshot(row: number, spot: number): void {
    if (this.#from < 0) this.#fixBand(spot);
    this.#last = row;
  }

  #fixBand(spot: number): void {
    if (!(spot > 0)) return;
    const { strikes } = this.#tape;
    let nearest = 0;
    for (let k = 1; k < strikes.length; k++)
      if (Math.abs((strikes[k] as number) - spot) < Math.abs((strikes[nearest] as number) - spot)) nearest = k;
    this.#from = Math.max(0, nearest - BAND_REACH);
    this.#to = Math.min(strikes.length, nearest + BAND_REACH + 1);
  }

  /** Units traded up to the bar that closes now. */
  take(): number {
    const base = this.#base;
    this.#base = this.#last;
    if (this.#from < 0 || base < 0) return Number.NaN;
    const { eventTime, call, put } = this.#tape;
    const gap = (eventTime[this.#last] as number) - (eventTime[base] as number);
    if (!(gap > 0 && gap <= LONGEST_GAP_MS)) return Number.NaN;
    const calls = this.#traded(call, base);
    const puts = this.#traded(put, base);
    return Number.isNaN(calls) ? puts : Number.isNaN(puts) ? calls : calls + puts;
  }

  #traded(side: ChainSide, base: number): number {
    const width = this.#tape.strikes.length;
    let sum = Number.NaN;
    for (let k = this.#from; k < this.#to; k++) {
      const now = side.volume[this.#last * width + k] as number;
      const before = side.volume[base * width + k] as number;
      const traded = now - before;
      if (traded >= 0) sum = (Number.isNaN(sum) ? 0 : sum) + traded;
    }
    return sum;
  }
}
