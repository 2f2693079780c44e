import { isUnderlying, parseIstDate, type IstDate, type Right, type Underlying } from '@sos/domain';
import type { QuarantineReason } from '../faults.js';
import type { QuarantinedRows } from '../import-sink.js';
import { makePageSide, PAGE_FIELDS, type ChainPage, type PageField, type PageSide } from '../nse-chain/chain-page.js';
import { parseNseDate } from '../nse-chain/nse-date.js';
import type { ChainMapping } from './mapping-schema.js';
import { mappedRows, numberOfCell, type MappedRow } from './mapped-rows.js';
import { timeReader } from './time-reader.js';

/** The chain pages of one file, ascending by time per underlying, with the rows that belong to none. */
export interface MappedPages {
  readonly pages: readonly ChainPage[];
  readonly quarantined: readonly QuarantinedRows[];
  /** Rows that were set aside; those on pages are counted by the pages. */
  readonly refused: number;
}

type SideColumns = Partial<Record<PageField, string | undefined>>;

interface Part {
  readonly expiry: IstDate;
  readonly strike: number;
  readonly spot: number;
  readonly row: MappedRow;
  readonly right: Right | null;
}

const SAMPLE_LENGTH = 160;

function columnsOf(mapping: ChainMapping): string[] {
  const { call = {}, put = {}, ...flat } = mapping.columns;
  const named = typeof mapping.underlying === 'object' ? [mapping.underlying.column] : [];
  const all = [...Object.values(flat), ...Object.values(call), ...Object.values(put)];
  return [...named, ...[mapping.time.column].flat(), ...all.filter((name) => name !== undefined)];
}

function expiryOf(text: string): IstDate | null {
  const nse = parseNseDate(text);
  if (nse) return nse;
  try {
    return parseIstDate(text.slice(0, 10));
  } catch {
    return null;
  }
}

class PageReader {
  readonly quarantined: QuarantinedRows[] = [];
  readonly parts = new Map<string, { underlying: Underlying; at: number; parts: Part[] }>();
  private readonly file: string;
  private readonly mapping: ChainMapping;
  private readonly timeOf: (value: string | number) => number;

  constructor(file: string, mapping: ChainMapping) {
    this.file = file;
    this.mapping = mapping;
    this.timeOf = timeReader(mapping.time);
  }

  add(row: MappedRow): void {
    const reason = row.isWhole ? this.take(row) : 'column-count';
    if (reason === null) return;
    const sample = row.text().slice(0, SAMPLE_LENGTH);
    this.quarantined.push({ file: this.file, line: row.line, reason, rows: 1, sample });
  }

  private take(row: MappedRow): QuarantineReason | null {
    const { columns, time, underlying } = this.mapping;
    const name = typeof underlying === 'string' ? underlying : String(row.value(underlying.column)).toUpperCase();
    const stamp = [time.column].flat().map((column) => row.value(column));
    const at = this.timeOf(stamp.length === 1 ? (stamp[0] ?? '') : stamp.join(' '));
    const expiry = expiryOf(String(row.value(columns.expiry)));
    const strike = numberOfCell(row.value(columns.strike));
    const right = columns.right === undefined ? null : String(row.value(columns.right)).toUpperCase();
    if (!isUnderlying(name) || !expiry || !(right === null || right === 'CE' || right === 'PE'))
      return 'unknown-contract';
    if (Number.isNaN(at) || !(strike > 0)) return 'bad-number';
    const key = `${name} ${at}`;
    const page = this.parts.get(key) ?? { underlying: name, at, parts: [] };
    const spot = columns.spot === undefined ? Number.NaN : numberOfCell(row.value(columns.spot));
    page.parts.push({ expiry, strike, spot, row, right });
    this.parts.set(key, page);
    return null;
  }
}

function writeSide(side: PageSide, at: number, from: { readonly row: MappedRow; readonly columns: SideColumns }): void {
  for (const field of PAGE_FIELDS) {
    const column = from.columns[field];
    if (column !== undefined) side[field][at] = numberOfCell(from.row.value(column));
  }
}

function pageOf(
  file: string,
  mapping: ChainMapping,
  found: { readonly underlying: Underlying; readonly at: number; readonly parts: readonly Part[] },
): ChainPage {
  const places = new Map<string, number>();
  const strikes: Part[] = [];
  for (const part of found.parts) {
    const key = `${part.expiry} ${part.strike}`;
    if (places.has(key)) continue;
    places.set(key, strikes.length);
    strikes.push(part);
  }
  const [call, put] = [makePageSide(strikes.length), makePageSide(strikes.length)];
  const { columns, units } = mapping;
  for (const { expiry, strike, right, row } of found.parts) {
    const at = places.get(`${expiry} ${strike}`) ?? 0;
    if (right !== null) writeSide(right === 'CE' ? call : put, at, { row, columns });
    else {
      writeSide(call, at, { row, columns: columns.call ?? {} });
      writeSide(put, at, { row, columns: columns.put ?? {} });
    }
  }
  return {
    file,
    underlying: found.underlying,
    eventTime: Number.NaN,
    availableAt: found.at,
    spot: found.parts.find((part) => part.spot > 0)?.spot ?? Number.NaN,
    inLots: { volume: units.volume === 'lots', openInterest: units.openInterest === 'lots' },
    rows: strikes.length,
    inputRows: found.parts.length,
    expiry: strikes.map((part) => part.expiry),
    strike: Float64Array.from(strikes, (part) => part.strike),
    call,
    put,
  };
}

/** Reads one file of chain rows as its mapping says. @throws SOS_DATA_CORRUPT for a file of another layout */
export async function readMappedChain(
  file: string,
  mapping: ChainMapping,
  onBytes: (bytes: number) => void,
): Promise<MappedPages> {
  const reader = new PageReader(file, mapping);
  for await (const row of mappedRows({ file, mapping, needed: columnsOf(mapping), onBytes })) reader.add(row);
  const found = [...reader.parts.values()].sort((a, b) =>
    a.underlying < b.underlying ? -1 : a.underlying > b.underlying ? 1 : a.at - b.at,
  );
  const pages = found.map((one) => pageOf(file, mapping, one));
  return { pages, quarantined: reader.quarantined, refused: reader.quarantined.length };
}
