import { bytesToHex } from '@noble/hashes/utils';
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

/** What was hashed of series and days that several runs read; neither may change while it is remembered here. */
export type KnownDigests = WeakMap<object, string>;

function lineOf(label: string, columns: readonly Float64Array[]): string {
  return `${label} ${columns.map(fingerprint).join(' ')}\n`;
}

function barsLine(label: string, bars: BarColumns): string {
  return lineOf(
    `${label} ${bars.length}`,
    BAR_COLUMNS.map((name) => bars[name].subarray(0, bars.length)),
  );
}

function chainLine(chain: ChainTape): string {
  const { length, eventTime, availableAt, spot, strikes } = chain;
  const sideColumns = (side: ChainSide): Float64Array[] => SIDE_COLUMNS.map((name) => side[name]);
  const columns = [eventTime, availableAt, spot, strikes, ...sideColumns(chain.call), ...sideColumns(chain.put)];
  return lineOf(`chain ${chain.expiry} ${chain.source} ${length}`, columns);
}

function seriesLine(series: OptionSeries): string {
  const { contract, kind, source, length } = series;
  return lineOf(
    `option ${contract.id} ${kind} ${source} ${length}`,
    SERIES_COLUMNS.map((name) => series[name]),
  );
}

/** What a day tells every run, whatever it asks for beside it: SHA-256 (hex) of index, future and chains, or of the key that stands for the last two. */
function dayDigest(tape: DayTape): string {
  const sha = sha256.create();
  sha.update(barsLine('index', tape.index));
  if (tape.contentKey !== undefined) sha.update(`key ${JSON.stringify(tape.contentKey)}\n`);
  else {
    if (tape.future) sha.update(barsLine('future', tape.future));
    for (const chain of tape.chains) sha.update(chainLine(chain));
  }
  return bytesToHex(sha.digest());
}

/** SHA-256 over the content of everything a run read: a line per day and per series, with the fingerprint of each column, in the order read. */
export class DataHash {
  readonly #sha = sha256.create();
  readonly #known: KnownDigests;

  /** @param known shared by runs over the same days, so that each column is read once */
  constructor(known: KnownDigests = new WeakMap()) {
    this.#known = known;
  }

  #once<T extends object>(thing: T, digest: (thing: T) => string): string {
    const found = this.#known.get(thing) ?? digest(thing);
    this.#known.set(thing, found);
    return found;
  }

  /** Index or future bars. */
  bars(label: string, bars: BarColumns): void {
    this.#sha.update(`${label} ${this.#once(bars, (b) => barsLine('bars', b))}`);
  }

  /**
   * One session: index, future and chains whole, and the option series that the run asked for. Where a content key stands for the columns, the key is read instead of them,
   * and of each series only its name: a modelled day has a million numbers that follow from a few.
   */
  day(tape: DayTape, used: Iterable<OptionSeries>): void {
    const { underlying, date, indexSource, previousClose, contentKey } = tape;
    this.#sha.update(`day ${underlying} ${date} ${indexSource} ${previousClose} ${this.#once(tape, dayDigest)}\n`);
    const series = [...used].sort((a, b) => (a.contract.id < b.contract.id ? -1 : 1));
    if (contentKey === undefined) for (const one of series) this.#sha.update(this.#once(one, seriesLine));
    else this.#sha.update(`used ${JSON.stringify(series.map(({ contract, length }) => `${contract.id} ${length}`))}\n`);
  }

  /** The hash so far, hex. */
  hex(): string {
    return bytesToHex(this.#sha.clone().digest());
  }
}
