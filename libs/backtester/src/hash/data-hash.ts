import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import type { BarColumns, ChainSide, ChainTape, DayTape, OptionSeries } from '@sos/domain';
import { fingerprint } from './fingerprint.js';

const BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;
const SIDE_COLUMNS = ['ltp', 'bid', 'ask', 'bidQty', 'askQty', 'volume', 'openInterest'] as const;
const SERIES_COLUMNS = [
  'openTime',
  'time',
  'availableAt',
  'open',
  'high',
  'low',
  'close',
  'bid',
  'ask',
  'bidQty',
  'askQty',
  'volume',
  'openInterest',
] as const;

/** Hashed lines of series that several runs read; a series must not change while it is remembered here. */
export type SeriesFingerprints = WeakMap<object, Uint8Array>;

/** SHA-256 over the content of everything a run read: a line per series with the fingerprint of each column, in the order read. */
export class DataHash {
  readonly #sha = sha256.create();
  readonly #known: SeriesFingerprints | null;

  /** @param known shared by runs over the same series, so that each column is read once */
  constructor(known: SeriesFingerprints | null = null) {
    this.#known = known;
  }

  #line(label: string, series: object, columns: () => readonly Float64Array[]): void {
    const line = this.#known?.get(series) ?? utf8ToBytes(`${label} ${columns().map(fingerprint).join(' ')}\n`);
    this.#known?.set(series, line);
    this.#sha.update(line);
  }

  /** Index or future bars. */
  bars(label: string, bars: BarColumns): void {
    this.#line(`${label} ${bars.length}`, bars, () => BAR_COLUMNS.map((name) => bars[name].subarray(0, bars.length)));
  }

  #chain(chain: ChainTape): void {
    const { length, eventTime, availableAt, spot, strikes } = chain;
    const sideColumns = (side: ChainSide): Float64Array[] => SIDE_COLUMNS.map((name) => side[name]);
    const columns = (): Float64Array[] => [
      eventTime,
      availableAt,
      spot,
      strikes,
      ...sideColumns(chain.call),
      ...sideColumns(chain.put),
    ];
    this.#line(`chain ${chain.expiry} ${chain.source} ${length}`, chain, columns);
  }

  #series(series: OptionSeries): void {
    const { contract, kind, source, length } = series;
    const columns = (): Float64Array[] => SERIES_COLUMNS.map((name) => series[name]);
    this.#line(`option ${contract.id} ${kind} ${source} ${length}`, series, columns);
  }

  /**
   * One session: index, future and chains whole, and the option series that the run asked for. Where a content key stands for the columns, the key is read instead of them,
   * and of each series only its name: a modelled day has a million numbers that follow from a few.
   */
  day(tape: DayTape, used: Iterable<OptionSeries>): void {
    this.#sha.update(`day ${tape.underlying} ${tape.date} ${tape.indexSource} ${tape.previousClose}\n`);
    this.bars('index', tape.index);
    if (tape.contentKey === undefined) this.#columns(tape, used);
    else this.#key(tape.contentKey, used);
  }

  #key(contentKey: string, used: Iterable<OptionSeries>): void {
    const names = [...used].map(({ contract, length }) => `${contract.id} ${length}`).sort();
    this.#sha.update(`key ${JSON.stringify([contentKey, ...names])}\n`);
  }

  #columns(tape: DayTape, used: Iterable<OptionSeries>): void {
    if (tape.future) this.bars('future', tape.future);
    for (const chain of tape.chains) this.#chain(chain);
    for (const series of [...used].sort((a, b) => (a.contract.id < b.contract.id ? -1 : 1))) this.#series(series);
  }

  /** The hash so far, hex. */
  hex(): string {
    return bytesToHex(this.#sha.clone().digest());
  }
}
