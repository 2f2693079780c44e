import {
  makeChainTape,
  type ChainSide,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { addTo, type RepairReason, type Tally } from '../faults.js';
import { isFreakPrint, isOnTick } from '../price-checks.js';
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
  /** Price grid of options on that day, paise. */
  readonly tickPaise: number;
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
      if (!key || !((page.page.strike[row] as number) > 0)) continue;
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

/** A quantity as units; unknown where it is negative or not there. */
function unitsOf(quantity: number, factor: number): number {
  return quantity >= 0 ? Math.round(quantity * factor) : Number.NaN;
}

class SideWriter {
  readonly day: ChainDay;
  readonly lot: number;
  readonly repairs: Tally<RepairReason>;

  constructor(day: ChainDay, expiry: IstDate, repairs: Tally<RepairReason>) {
    this.day = day;
    this.lot = day.lotSize(expiry);
    this.repairs = repairs;
  }

  write(
    page: ChainPage,
    row: number,
    to: { readonly from: PageSide; readonly side: ChainSide; readonly cell: number },
  ): void {
    const { from, side, cell } = to;
    if (isSideMissing(from, row)) {
      addTo(this.repairs, 'side-missing');
      return;
    }
    if (from.ltp[row] === 0) addTo(this.repairs, 'never-traded');
    side.ltp[cell] = this.price(from.ltp[row] as number);
    this.writeQuote(from, row, { side, cell });
    side.volume[cell] = unitsOf(from.volume[row] as number, page.inLots.volume ? this.lot : 1);
    const interest = from.openInterest[row] as number;
    if (!Number.isInteger(interest) && !Number.isNaN(interest)) addTo(this.repairs, 'fraction-of-lot');
    side.openInterest[cell] = unitsOf(interest, page.inLots.openInterest ? this.lot : 1);
  }

  private writeQuote(from: PageSide, row: number, { side, cell }: { side: ChainSide; cell: number }): void {
    const bid = this.price(from.bid[row] as number);
    const ask = this.price(from.ask[row] as number);
    if (bid > ask) {
      addTo(this.repairs, 'crossed-quote');
      return;
    }
    side.bid[cell] = bid;
    side.ask[cell] = ask;
    side.bidQty[cell] = orUnknown(from.bidQty[row] as number);
    side.askQty[cell] = orUnknown(from.askQty[row] as number);
  }

  private price(printed: number): number {
    const price = orUnknown(printed);
    if (Number.isNaN(price) || isOnTick(price, this.day.tickPaise)) return price;
    addTo(this.repairs, 'off-tick-price');
    return Number.NaN;
  }
}

/** Makes last prices unknown that lie eight times away from what the same contract printed before and after. */
function blankFreakPrices(side: ChainSide, strikes: number, repairs: Tally<RepairReason>): void {
  const { ltp } = side;
  for (let strike = 0; strike < strikes; strike++) {
    let before = Number.NaN;
    let at = -1;
    for (let cell = strike; cell < ltp.length; cell += strikes) {
      const price = ltp[cell] as number;
      if (Number.isNaN(price)) continue;
      if (at >= 0 && isFreakPrint(ltp[at] as number, before, price)) {
        ltp[at] = Number.NaN;
        addTo(repairs, 'freak-price');
      } else if (at >= 0) before = ltp[at] as number;
      at = cell;
    }
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
  const writer = new SideWriter(day, at.expiry, repairs);
  at.rows.forEach(({ page, rows }, snapshot) => {
    tape.eventTime[snapshot] = page.eventTime;
    tape.availableAt[snapshot] = page.availableAt;
    tape.spot[snapshot] = page.page.spot;
    for (const row of rows) {
      const cell = snapshot * strikes.length + (index.get(page.page.strike[row] as number) as number);
      writer.write(page.page, row, { from: page.page.call, side: tape.call, cell });
      writer.write(page.page, row, { from: page.page.put, side: tape.put, cell });
    }
  });
  for (const side of [tape.call, tape.put]) {
    blankImpossible(side, strikes.length, repairs);
    blankFreakPrices(side, strikes.length, repairs);
  }
  return tape;
}

/** Lays the admitted pages of one session out as one tape per expiry, ascending by expiry; counts what was mended. */
export function chainTapesOf(day: ChainDay, repairs: Tally<RepairReason>): ChainTape[] {
  const byExpiry = [...rowsByExpiry(day.pages)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byExpiry.map(([expiry, rows]) => tapeOf(day, { expiry, rows }, repairs));
}
