import {
  AppError,
  lots,
  paise,
  units,
  type IstDate,
  type Lots,
  type Paise,
  type Underlying,
  type Units,
} from '@sos/domain';
import type { TradingCalendar } from '../calendar/calendar.js';
import { rowOn } from '../dated/row-on.js';
import type { ExpiryLists } from '../expiries/expiry-list.js';
import type { LotRow } from '../rows/contract-rows.js';
import type { RuleTables } from '../rows/rule-tables.js';

interface UnderlyingPeriod {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate | null;
}

/** Lots, freeze quantities, ticks and strike steps of contracts on a day. */
export class ContractRules {
  readonly #tables: RuleTables;
  readonly #calendar: TradingCalendar;
  readonly #lists: ExpiryLists;
  readonly #lotCache = new Map<string, LotRow>();

  constructor(tables: RuleTables, calendar: TradingCalendar, lists: ExpiryLists) {
    this.#tables = tables;
    this.#calendar = calendar;
    this.#lists = lists;
  }

  /** The lot change that governs a contract on a day. */
  lotRow(underlying: Underlying, expiry: IstDate, on: IstDate): LotRow {
    const key = underlying + expiry + on;
    const cached = this.#lotCache.get(key);
    if (cached !== undefined) return cached;
    this.#calendar.check(on);
    const monthly = this.#lists.schedule(underlying).isMonthly(expiry);
    const rows = this.#tables.lot.filter((row) => row.underlying === underlying);
    const row = rows.findLast((r) => governs(r, expiry, { on, monthly }));
    if (row === undefined)
      throw new AppError('SOS_DATE_RANGE', `expected a known lot of ${underlying} for expiry ${expiry}, found none`);
    this.#lotCache.set(key, row);
    return row;
  }

  lotSize(underlying: Underlying, expiry: IstDate, on: IstDate): Units {
    return units(this.lotRow(underlying, expiry, on).lot);
  }

  freezeQuantity(underlying: Underlying, on: IstDate): Units {
    return units(this.#row(this.#tables.freeze, { underlying, on, what: 'freeze quantity' }).units);
  }

  maxLotsPerOrder(underlying: Underlying, expiry: IstDate, on: IstDate): Lots {
    return lots(Math.floor(this.freezeQuantity(underlying, on) / this.lotSize(underlying, expiry, on)));
  }

  strikeStep(underlying: Underlying, on: IstDate): number {
    return this.#row(this.#tables.strikeStep, { underlying, on, what: 'strike step' }).step;
  }

  tickSize(kind: 'option' | 'future', underlying: Underlying, on: IstDate): Paise {
    const rows = this.#tables.tick.filter((row) => row.kind === kind);
    return paise(this.#row(rows, { underlying, on, what: 'tick size' }).paise);
  }

  #row<Row extends UnderlyingPeriod>(rows: readonly Row[], { underlying, on, what }: RowQuestion): Row {
    this.#calendar.check(on);
    const row = rowOn(
      rows.filter((r) => r.underlying === underlying),
      on,
    );
    if (row === null)
      throw new AppError('SOS_DATE_RANGE', `expected a known ${what} of ${underlying} on ${on}, found none`);
    return row;
  }
}

interface RowQuestion {
  readonly underlying: Underlying;
  readonly on: IstDate;
  readonly what: string;
}

interface LotQuestion {
  readonly on: IstDate;
  readonly monthly: boolean;
}

function governs(row: LotRow, expiry: IstDate, { on, monthly }: LotQuestion): boolean {
  const from = monthly ? row.monthlyFrom : (row.weeklyFrom ?? row.monthlyFrom);
  if (expiry < from) return false;
  if (row.switchAfter === null || on > row.switchAfter) return true;
  // Months 03, 06, 09 and 12 were listed long before as quarterly or half-yearly contracts with the old lot.
  const longDated = monthly && Number(expiry.slice(5, 7)) % 3 === 0;
  return row.switches === 'long-dated' && !longDated;
}
