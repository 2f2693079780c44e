import path from 'node:path';
import { AppError, isAppError, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import { lotSize } from '@sos/rulebook';
import { parseContractId } from '@sos/symbol-master';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import { corruptFile } from '../files/corrupt-file.js';
import type { QuarantinedRows } from '../import-sink.js';
import { RawBars } from '../index-bars/raw-bars.js';
import { withoutNoise } from '../index-bars/read-raw-bars.js';
import { isOhlc } from '../price-checks.js';
import type { BarMapping } from './mapping-schema.js';
import { isBlank, mappedRows, numberOfCell, type MappedRow } from './mapped-rows.js';
import { fitsPattern } from './name-pattern.js';
import { timeReader } from './time-reader.js';

/** Bars of one file as its mapping reads them, stamps not yet understood. */
export interface MappedBars {
  readonly series: readonly RawBars[];
  readonly quarantined: QuarantinedRows[];
  readonly repairs: Tally<RepairReason>;
  readonly rows: number;
}

const SAMPLE_LENGTH = 160;

function columnsOf(mapping: BarMapping): string[] {
  const { contract, time, columns } = mapping;
  const named = typeof contract === 'object' && 'column' in contract ? [contract.column] : [];
  return [...named, ...[time.column].flat(), ...Object.values(columns)];
}

/** The contract that a whole file is of, or null when a column tells it row by row. @throws SOS_DATA_CORRUPT, SOS_UNKNOWN_SYMBOL */
function contractOfFile(file: string, mapping: BarMapping): Contract | null {
  const { contract } = mapping;
  if (typeof contract === 'string') return parseContractId(contract);
  if ('column' in contract) return null;
  const base = path.basename(file);
  const found = Object.entries(contract.files).find(([pattern]) => fitsPattern(base, pattern));
  if (found) return parseContractId(found[1]);
  throw corruptFile(file, 'expected its contract under "contract.files" of the mapping, found no pattern that fits');
}

class BarReader {
  readonly series = new Map<string, RawBars | null>();
  readonly quarantined: QuarantinedRows[] = [];
  readonly repairs: Tally<RepairReason> = {};
  rows = 0;
  private readonly file: string;
  private readonly mapping: BarMapping;
  private readonly whole: Contract | null;
  private readonly timeOf: (value: string | number) => number;
  private readonly lots = new Map<string, number>();

  constructor(file: string, mapping: BarMapping) {
    this.file = file;
    this.mapping = mapping;
    this.whole = contractOfFile(file, mapping);
    this.timeOf = timeReader(mapping.time);
  }

  add(row: MappedRow): void {
    this.rows++;
    const reason = row.isWhole ? this.take(row) : 'column-count';
    if (reason === null) return;
    const sample = row.text().slice(0, SAMPLE_LENGTH);
    this.quarantined.push({ file: this.file, line: row.line, reason, rows: 1, sample });
  }

  private take(row: MappedRow): QuarantineReason | null {
    const target = this.seriesOf(row);
    if (!target) return 'unknown-contract';
    const { columns, time } = this.mapping;
    const at = this.timeOf(typeof time.column === 'string' ? row.value(time.column) : joined(row, time.column));
    const found = [columns.open, columns.high, columns.low, columns.close].map((c) => numberOfCell(row.value(c)));
    const [open = Number.NaN, high = Number.NaN, low = Number.NaN, close = Number.NaN] = found.map(withoutNoise);
    if (Number.isNaN(at) || Number.isNaN(open + high + low + close)) return 'bad-number';
    if (Math.min(open, high, low, close) <= 0) return 'bad-price';
    if (!isOhlc({ open, high, low, close })) return 'ohlc-order';
    const volume = this.quantity(row, 'volume', { contract: target.contract, at });
    const openInterest = this.quantity(row, 'openInterest', { contract: target.contract, at });
    if (volume === null || openInterest === null) return 'bad-number';
    const isNoisy = [open, high, low, close].some((price, i) => price !== found[i]);
    if (isNoisy) addTo(this.repairs, 'float-noise');
    target.push({ stamp: at, line: row.line ?? this.rows, open, high, low, close, volume, openInterest, isNoisy });
    return null;
  }

  private seriesOf(row: MappedRow): RawBars | null {
    const { contract } = this.mapping;
    const text = typeof contract === 'object' && 'column' in contract ? String(row.value(contract.column)) : '';
    const known = this.series.get(text);
    if (known !== undefined) return known;
    const found = this.whole ?? knownContract(text);
    const made = found ? new RawBars(found) : null;
    this.series.set(text, made);
    return made;
  }

  /** A quantity in units, NaN where the row says nothing of it, null where what it says is no quantity. */
  private quantity(
    row: MappedRow,
    name: 'volume' | 'openInterest',
    of: { readonly contract: Contract; readonly at: number },
  ): number | null {
    const column = this.mapping.columns[name];
    const cell = column === undefined ? '' : row.value(column);
    if (isBlank(cell)) return Number.NaN;
    const count = numberOfCell(cell);
    if (!(count >= 0)) return null;
    // An index is not traded: what vendors print as its volume 0 is unknown.
    if (of.contract.kind === 'index') return count > 0 && name === 'volume' ? count : Number.NaN;
    return this.mapping.units[name] === 'lots' ? count * this.lotOf(of.contract, of.at) : count;
  }

  private lotOf(contract: Exclude<Contract, { kind: 'index' }>, at: number): number {
    const date = istDateOf(at as EpochMs);
    const key = `${contract.id} ${date}`;
    const known = this.lots.get(key) ?? lotSize(contract.underlying, contract.expiry, date);
    this.lots.set(key, known);
    return known;
  }
}

function joined(row: MappedRow, columns: readonly string[]): string {
  return columns.map((column) => row.value(column)).join(' ');
}

function knownContract(id: string): Contract | null {
  try {
    return parseContractId(id);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** @throws SOS_INPUT for a mapping whose time column is missing, SOS_DATA_CORRUPT for a file of another layout */
export async function readMappedBars(
  file: string,
  mapping: BarMapping,
  onBytes: (bytes: number) => void,
): Promise<MappedBars> {
  const reader = new BarReader(file, mapping);
  for await (const row of mappedRows({ file, mapping, needed: columnsOf(mapping), onBytes })) reader.add(row);
  const series = [...reader.series.values()].filter((s) => s !== null && s.length > 0) as RawBars[];
  if (mapping.minutes !== 1 && series.some((s) => s.contract.kind === 'option'))
    throw new AppError('SOS_INPUT', `expected one-minute bars of options, found ${mapping.minutes}-minute bars`);
  return { series, quarantined: reader.quarantined, repairs: reader.repairs, rows: reader.rows };
}
