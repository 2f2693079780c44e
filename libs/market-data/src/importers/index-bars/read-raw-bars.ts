import { MS_PER_MINUTE, parseIstDate, type Contract } from '@sos/domain';
import { futureContract, indexContract } from '@sos/symbol-master';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import { corruptFile } from '../files/corrupt-file.js';
import { csvRows, type CsvRow } from '../files/csv-rows.js';
import type { QuarantinedRows } from '../import-sink.js';
import { isOhlc } from '../price-checks.js';
import { barLayout, seriesName, underlyingNamed, unknownName, type BarLayout } from './bar-layout.js';
import { RawBars } from './raw-bars.js';
import { parseCompactStamp, parseIsoStamp } from './stamp.js';

/** What one file of bars holds, before its stamps are understood. */
export interface RawBarFile {
  readonly series: readonly RawBars[];
  readonly quarantined: QuarantinedRows[];
  readonly repairs: Tally<RepairReason>;
  readonly rows: number;
}

const SAMPLE_LENGTH = 120;

class RawBarReader {
  readonly file: string;
  readonly layout: BarLayout;
  readonly series = new Map<string, RawBars | null>();
  readonly quarantined: QuarantinedRows[] = [];
  readonly repairs: Tally<RepairReason> = {};
  rows = 0;
  private short: CsvRow | null = null;

  constructor(file: string, layout: BarLayout) {
    this.file = file;
    this.layout = layout;
  }

  add(row: CsvRow): void {
    this.flushShort('column-count');
    this.rows++;
    if (row.cells.length < this.layout.columns) this.short = row;
    else if (row.cells.length > this.layout.columns) this.refuse(row, 'column-count');
    else this.addWhole(row);
  }

  /** A short row is cut off when it is the last of its file, malformed when others follow. */
  flushShort(reason: QuarantineReason): void {
    if (this.short) this.refuse(this.short, reason);
    this.short = null;
  }

  private refuse(row: CsvRow, reason: QuarantineReason): void {
    const sample = row.cells.join(',').slice(0, SAMPLE_LENGTH);
    this.quarantined.push({ file: this.file, line: row.line, reason, rows: 1, sample });
  }

  private addWhole(row: CsvRow): void {
    const target = this.seriesOf(row.cells);
    const stamp = this.stampOf(row.cells);
    if (!target) return this.refuse(row, 'unknown-contract');
    const { layout } = this;
    const prices = [layout.open, layout.high, layout.low, layout.close].map((at) => numberIn(row.cells, at));
    const [open = Number.NaN, high = Number.NaN, low = Number.NaN, close = Number.NaN] = prices.map(withoutNoise);
    const noisy = open !== prices[0] || high !== prices[1] || low !== prices[2] || close !== prices[3];
    if (Number.isNaN(stamp.at) || Number.isNaN(open + high + low + close)) return this.refuse(row, 'bad-number');
    if (Math.min(open, high, low, close) <= 0) return this.refuse(row, 'bad-price');
    if (!isOhlc({ open, high, low, close })) return this.refuse(row, 'ohlc-order');
    if (noisy) addTo(this.repairs, 'float-noise');
    target.dateOnly ||= stamp.dateOnly;
    const { contract } = target;
    target.push({
      stamp: stamp.at,
      line: row.line,
      open,
      high,
      low,
      close,
      volume: volumeOf(contract, numberIn(row.cells, layout.volume)),
      openInterest: contract.kind === 'index' ? Number.NaN : numberIn(row.cells, layout.openInterest),
      isNoisy: noisy,
    });
  }

  private stampOf(cells: readonly string[]): { readonly at: number; readonly dateOnly: boolean } {
    const { stamp, clock } = this.layout;
    if (clock >= 0) return { at: parseCompactStamp(cells[stamp] ?? '', cells[clock] ?? ''), dateOnly: false };
    return parseIsoStamp(cells[stamp] ?? '') ?? { at: Number.NaN, dateOnly: false };
  }

  private seriesOf(cells: readonly string[]): RawBars | null {
    const { symbol, expiry } = this.layout;
    const key = `${symbol < 0 ? '' : (cells[symbol] ?? '')}|${expiry < 0 ? '' : (cells[expiry] ?? '')}`;
    const known = this.series.get(key);
    if (known !== undefined) return known;
    const contract = this.contractOf(
      symbol < 0 ? null : (cells[symbol] ?? ''),
      expiry < 0 ? '' : (cells[expiry] ?? ''),
    );
    const made = contract ? new RawBars(contract) : null;
    this.series.set(key, made);
    return made;
  }

  private contractOf(symbol: string | null, expiry: string): Contract | null {
    const underlying = underlyingNamed(symbol ?? seriesName(this.file));
    if (!underlying && symbol === null) throw corruptFile(this.file, unknownName(seriesName(this.file)));
    if (!underlying) return null;
    if (expiry === '') return indexContract(underlying);
    return futureContract(underlying, parseIstDate(expiry));
  }
}

function numberIn(cells: readonly string[], at: number): number {
  const text = at < 0 ? '' : (cells[at] ?? '');
  return text === '' ? Number.NaN : Number(text);
}

/** Prices have two decimals; a value that is exactly the 32-bit float of such a price is that price. */
export function withoutNoise(price: number): number {
  const rounded = Math.round(price * 100) / 100;
  return rounded !== price && Math.fround(rounded) === price ? rounded : price;
}

/** An index is not traded: what a vendor prints as its volume 0 is unknown. */
function volumeOf(contract: Contract, volume: number): number {
  return contract.kind === 'index' && volume === 0 ? Number.NaN : volume;
}

/** A reader for the layout that the first row tells; that row is read too unless it is a header. */
function readerFor(file: string, row: CsvRow): RawBarReader {
  const first = row.cells.join(',');
  const layout = barLayout(first);
  if (!layout) {
    const expected = 'a header with time, open, high, low and close, or rows "SYMBOL,YYYYMMDD,HH:MM,o,h,l,c,…"';
    throw corruptFile(file, `expected ${expected}, found "${first.slice(0, SAMPLE_LENGTH)}"`);
  }
  const reader = new RawBarReader(file, layout);
  if (!layout.hasHeader) reader.add(row);
  return reader;
}

/** Reads one file of bars into columns per contract; rows that cannot be bars are set aside with their reason. */
export async function readRawBars(file: string, onBytes: (bytes: number) => void): Promise<RawBarFile> {
  let reader: RawBarReader | null = null;
  for await (const rows of csvRows(file, onBytes)) {
    for (const row of rows) {
      if (reader) reader.add(row);
      else reader = readerFor(file, row);
    }
  }
  if (!reader) throw corruptFile(file, 'expected bars, found an empty file');
  reader.flushShort('truncated-row');
  const series = [...reader.series.values()].filter((s) => s !== null);
  return { series, quarantined: reader.quarantined, repairs: reader.repairs, rows: reader.rows };
}

/** Length of a bar in minutes: the shortest distance between neighbouring stamps, 1440 for bare days. */
export function barMinutes(raw: RawBars): number {
  if (raw.dateOnly) return 1440;
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < raw.length; i++) {
    const apart = ((raw.stamp[i] as number) - (raw.stamp[i - 1] as number)) / MS_PER_MINUTE;
    if (apart > 0 && apart < shortest) shortest = apart;
  }
  return Number.isFinite(shortest) ? shortest : 1;
}
