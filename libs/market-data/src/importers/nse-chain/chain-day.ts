import {
  makeChainTape,
  type ChainSide,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { addTo, type RepairReason, type Tally } from '../faults.js';
import { isSideMissing, type ChainPage, type PageSide } from './chain-page.js';

/** A page with its admitted times. */
export interface TimedPage {
  readonly page: ChainPage;
  readonly eventTime: EpochMs;
  readonly availableAt: EpochMs;
}

/** What is needed to lay a session's pages out as tapes. */
export interface ChainDay {
  readonly underlying: Underlying;
  readonly date: IstDate;
  /** Ascending by availability. */
  readonly pages: readonly TimedPage[];
  /** Units of one lot of an expiry on that day. */
  lotSize(expiry: IstDate): number;
}

interface ExpiryRows {
  readonly page: TimedPage;
  readonly rows: number[];
}

function rowsByExpiry(pages: readonly TimedPage[]): Map<IstDate, ExpiryRows[]> {
  const found = new Map<IstDate, ExpiryRows[]>();
  for (const page of pages) {
    const { expiry } = page.page;
    for (let row = 0; row < expiry.length; row++) {
      const key = expiry[row];
      if (!key) continue;
      const list = found.get(key) ?? [];
      if (list.at(-1)?.page !== page) list.push({ page, rows: [] });
      list.at(-1)?.rows.push(row);
      found.set(key, list);
    }
  }
  return found;
}

function strikesOf(expiryRows: readonly ExpiryRows[]): Float64Array {
  const strikes = new Set<number>();
  for (const { page, rows } of expiryRows) for (const row of rows) strikes.add(page.page.strike[row] as number);
  return Float64Array.from(strikes).sort();
}

/** A price or size of 0 on NSE's page means there is none. */
function orUnknown(value: number): number {
  return value > 0 ? value : Number.NaN;
}

class SideWriter {
  readonly lot: number;
  readonly repairs: Tally<RepairReason>;

  constructor(lot: number, repairs: Tally<RepairReason>) {
    this.lot = lot;
    this.repairs = repairs;
  }

  write(from: PageSide, row: number, to: { readonly side: ChainSide; readonly cell: number }): void {
    const { side, cell } = to;
    if (isSideMissing(from, row)) {
      addTo(this.repairs, 'side-missing');
      return;
    }
    if (from.ltp[row] === 0) addTo(this.repairs, 'never-traded');
    side.ltp[cell] = orUnknown(from.ltp[row] as number);
    side.bid[cell] = orUnknown(from.bid[row] as number);
    side.ask[cell] = orUnknown(from.ask[row] as number);
    side.bidQty[cell] = orUnknown(from.bidQty[row] as number);
    side.askQty[cell] = orUnknown(from.askQty[row] as number);
    side.volume[cell] = Math.round((from.volume[row] as number) * this.lot);
    const lots = from.openInterest[row] as number;
    if (!Number.isInteger(lots) && !Number.isNaN(lots)) addTo(this.repairs, 'fraction-of-lot');
    side.openInterest[cell] = Math.round(lots * this.lot);
  }
}

/**
 * NSE's page blanks single rows for one publication. Where the day's cumulative volume falls below what was reported, it is unknown, and so
 * is an open interest of 0 in the same row; where open interest falls to 0 without a trade, it is unknown too.
 */
function blankImpossible(side: ChainSide, strikes: number, repairs: Tally<RepairReason>): void {
  const highest = new Float64Array(strikes);
  const interest = new Float64Array(strikes);
  for (let cell = 0; cell < side.volume.length; cell++) {
    const strike = cell % strikes;
    const volume = side.volume[cell] as number;
    const before = highest[strike] as number;
    const vanished = side.openInterest[cell] === 0 && (interest[strike] as number) > 0 && volume <= before;
    if (vanished) side.openInterest[cell] = Number.NaN;
    if (volume < before) {
      side.volume[cell] = Number.NaN;
      addTo(repairs, 'volume-fell');
    } else {
      if (vanished) addTo(repairs, 'interest-vanished');
      if (volume > before) highest[strike] = volume;
    }
    if (!Number.isNaN(side.openInterest[cell] as number)) interest[strike] = side.openInterest[cell] as number;
  }
}

function tapeOf(
  day: ChainDay,
  at: { readonly expiry: IstDate; readonly rows: readonly ExpiryRows[] },
  repairs: Tally<RepairReason>,
): ChainTape {
  const strikes = strikesOf(at.rows);
  const index = new Map([...strikes].map((strike, i) => [strike, i]));
  const { underlying } = day;
  const tape = makeChainTape({ underlying, expiry: at.expiry, source: 'recorded', strikes, length: at.rows.length });
  const writer = new SideWriter(day.lotSize(at.expiry), repairs);
  at.rows.forEach(({ page, rows }, snapshot) => {
    tape.eventTime[snapshot] = page.eventTime;
    tape.availableAt[snapshot] = page.availableAt;
    tape.spot[snapshot] = page.page.spot;
    for (const row of rows) {
      const cell = snapshot * strikes.length + (index.get(page.page.strike[row] as number) as number);
      writer.write(page.page.call, row, { side: tape.call, cell });
      writer.write(page.page.put, row, { side: tape.put, cell });
    }
  });
  blankImpossible(tape.call, strikes.length, repairs);
  blankImpossible(tape.put, strikes.length, repairs);
  return tape;
}

/** Lays the admitted pages of one session out as one tape per expiry, ascending by expiry; counts what was mended. */
export function chainTapesOf(day: ChainDay, repairs: Tally<RepairReason>): ChainTape[] {
  const byExpiry = [...rowsByExpiry(day.pages)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byExpiry.map(([expiry, rows]) => tapeOf(day, { expiry, rows }, repairs));
}
