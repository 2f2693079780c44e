import type { BarColumns, ChainTape, DayTape, OptionContract, OptionSeries } from '@sos/domain';
import { MinuteVolume } from './minute-volume.js';

/** The rows of one watched option that are still to come. */
export interface WatchedOption {
  readonly contract: OptionContract;
  readonly series: OptionSeries;
  row: number;
}

/** At equal availability: what the option did, then what the chain says, then the closed index bar that decides. */
export const RANK_OPTION = 0;
export const RANK_CHAIN = 1;
export const RANK_BAR = 2;
export const RANK_NONE = 3;

/** What one underlying has still to tell of its day, and the next thing of it. */
export class BookStream {
  readonly tape: DayTape;
  readonly volume: MinuteVolume;
  readonly usedSeries = new Set<OptionSeries>();
  readonly watched: WatchedOption[] = [];
  readonly index: BarColumns;
  readonly chains: readonly ChainTape[];
  readonly chainRows: number[];
  barRow = 0;
  /** The next event: when, of which rank, and which of its streams. */
  nextAt = Number.POSITIVE_INFINITY;
  nextRank: number = RANK_NONE;
  nextStream = -1;
  /** Index close of the last bar told; NaN before the first. */
  spot = Number.NaN;
  /** Event time of the newest chain snapshot told. */
  chainTime = Number.NEGATIVE_INFINITY;
  freshMinutes = 0;
  // When each kind has something to tell next, and which of its streams; found anew only when that kind moved.
  #barAt = Number.POSITIVE_INFINITY;
  #chainAt = Number.POSITIVE_INFINITY;
  #chain = -1;
  #optionAt = Number.POSITIVE_INFINITY;
  #option = -1;

  constructor(tape: DayTape) {
    this.tape = tape;
    this.volume = new MinuteVolume(tape);
    this.index = tape.index;
    this.chains = tape.chains;
    this.chainRows = this.chains.map(() => 0);
    this.#findBar();
    this.#findChain();
    this.#choose();
  }

  /** Starts to follow an option from the first row that becomes known after `now`. */
  watch(contract: OptionContract, now: number): void {
    const series = this.tape.option(contract);
    if (!series) return;
    this.watched.push({ contract, series, row: firstAfter(series, now) });
    this.usedSeries.add(series);
    this.#findOption();
    this.#choose();
  }

  unwatch(contract: OptionContract): void {
    const at = this.watched.findIndex((w) => w.contract.id === contract.id);
    if (at < 0) return;
    this.watched.splice(at, 1);
    this.#findOption();
    this.#choose();
  }

  /** The index bar was told. */
  passBar(): void {
    this.barRow++;
    this.#findBar();
    this.#choose();
  }

  /** The snapshot of the next chain was told. */
  passChain(): void {
    this.chainRows[this.nextStream] = (this.chainRows[this.nextStream] as number) + 1;
    this.#findChain();
    this.#choose();
  }

  /** The row of the next option was told. */
  passOption(): void {
    (this.watched[this.nextStream] as WatchedOption).row++;
    this.#findOption();
    this.#choose();
  }

  #findBar(): void {
    const { index } = this;
    this.#barAt = this.barRow < index.length ? (index.time[this.barRow] as number) : Number.POSITIVE_INFINITY;
  }

  #findChain(): void {
    this.#chainAt = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.chains.length; c++) {
      const chain = this.chains[c] as ChainTape;
      const row = this.chainRows[c] as number;
      if (row >= chain.length || !((chain.availableAt[row] as number) < this.#chainAt)) continue;
      this.#chainAt = chain.availableAt[row] as number;
      this.#chain = c;
    }
  }

  #findOption(): void {
    this.#optionAt = Number.POSITIVE_INFINITY;
    for (let w = 0; w < this.watched.length; w++) {
      const { series, row } = this.watched[w] as WatchedOption;
      if (row >= series.length || !((series.availableAt[row] as number) < this.#optionAt)) continue;
      this.#optionAt = series.availableAt[row] as number;
      this.#option = w;
    }
  }

  #choose(): void {
    const bar = this.#barAt;
    const chain = this.#chainAt;
    const option = this.#optionAt;
    if (option <= chain && option <= bar) this.#next(option, RANK_OPTION, this.#option);
    else if (chain <= bar) this.#next(chain, RANK_CHAIN, this.#chain);
    else this.#next(bar, RANK_BAR, -1);
    if (this.nextAt === Number.POSITIVE_INFINITY) this.nextRank = RANK_NONE;
  }

  #next(at: number, rank: number, stream: number): void {
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
