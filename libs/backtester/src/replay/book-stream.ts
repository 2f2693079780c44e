import type { ChainTape, DayTape, OptionContract, OptionSeries } from '@sos/domain';
import { MinuteVolume } from './minute-volume.js';

/** The rows of one watched option that are still to come. */
export interface WatchedOption {
  readonly contract: OptionContract;
  readonly series: OptionSeries;
  row: number;
}

/** At equal availability: what the option did, then what the chain says, then the closed index bar that decides. */
export const RANK = { option: 0, chain: 1, bar: 2, none: 3 } as const;

/** What one underlying has still to tell of its day, and the next thing of it. */
export class BookStream {
  readonly tape: DayTape;
  readonly volume: MinuteVolume;
  readonly usedSeries = new Set<OptionSeries>();
  readonly watched: WatchedOption[] = [];
  readonly chainRows: number[];
  barRow = 0;
  /** The next event: when, of which rank, and which of its streams. */
  nextAt = Number.POSITIVE_INFINITY;
  nextRank: number = RANK.none;
  nextStream = -1;
  /** Index close of the last bar told; NaN before the first. */
  spot = Number.NaN;
  /** Event time of the newest chain snapshot told. */
  chainTime = Number.NEGATIVE_INFINITY;
  freshMinutes = 0;

  constructor(tape: DayTape) {
    this.tape = tape;
    this.volume = new MinuteVolume(tape);
    this.chainRows = tape.chains.map(() => 0);
    this.advance();
  }

  /** Starts to follow an option from the first row that becomes known after `now`. */
  watch(contract: OptionContract, now: number): void {
    const series = this.tape.option(contract);
    if (!series) return;
    this.watched.push({ contract, series, row: firstAfter(series, now) });
    this.usedSeries.add(series);
  }

  unwatch(contract: OptionContract): void {
    const at = this.watched.findIndex((w) => w.contract.id === contract.id);
    if (at >= 0) this.watched.splice(at, 1);
  }

  /** Finds the next event after a row was told, or after the watches changed. */
  advance(): void {
    const { index, chains } = this.tape;
    const hasBar = this.barRow < index.length;
    this.nextAt = hasBar ? (index.time[this.barRow] as number) : Number.POSITIVE_INFINITY;
    this.nextRank = hasBar ? RANK.bar : RANK.none;
    for (let c = 0; c < chains.length; c++) {
      const chain = chains[c] as ChainTape;
      const row = this.chainRows[c] as number;
      if (row < chain.length) this.#offer(chain.availableAt[row] as number, RANK.chain, c);
    }
    for (let w = 0; w < this.watched.length; w++) {
      const { series, row } = this.watched[w] as WatchedOption;
      if (row < series.length) this.#offer(series.availableAt[row] as number, RANK.option, w);
    }
  }

  #offer(at: number, rank: number, stream: number): void {
    if (at > this.nextAt || (at === this.nextAt && rank >= this.nextRank)) return;
    this.nextAt = at;
    this.nextRank = rank;
    this.nextStream = stream;
  }
}

/** The first row that becomes known after an instant; the length when there is none. */
function firstAfter({ availableAt, length }: OptionSeries, now: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((availableAt[middle] as number) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}
