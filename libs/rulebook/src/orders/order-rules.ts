import { AppError, type IstDate } from '@sos/domain';
import type { TradingCalendar } from '../calendar/calendar.js';
import { covers, rowOn } from '../dated/row-on.js';
import type { ExecutionRow } from '../rows/execution-rows.js';
import type { OrderRateRow, OrderTypeRow, PriceProtectionRow } from '../rows/order-rows.js';
import type { RuleTables } from '../rows/rule-tables.js';

/** Lowest and highest limit price that the exchange takes, in paise. */
export interface PriceBand {
  readonly lowest: number;
  readonly highest: number;
}

/** The reference price, day and exchange of a limit order whose band is asked. */
export interface PriceBandRequest {
  /** The average trade price of the last 30 seconds, in paise. */
  readonly referencePaise: number;
  readonly on: IstDate;
  readonly exchange?: 'NSE' | 'BSE' | undefined;
}

/** What the exchange and brokers let a program send. */
export class OrderRules {
  readonly #tables: RuleTables;
  readonly #calendar: TradingCalendar;

  constructor(tables: RuleTables, calendar: TradingCalendar) {
    this.#tables = tables;
    this.#calendar = calendar;
  }

  types(on: IstDate): OrderTypeRow {
    this.#calendar.check(on);
    const row = rowOn(this.#tables.orderType, on);
    if (row === null) throw new AppError('SOS_DATE_RANGE', `expected known order types on ${on}, found none`);
    return row;
  }

  rates(on: IstDate): OrderRateRow[] {
    this.#calendar.check(on);
    const byScope = new Map<string, OrderRateRow>();
    for (const row of this.#tables.orderRate) if (covers(row, on)) byScope.set(row.scope, row);
    return [...byScope.values()];
  }

  protection(on: IstDate, exchange: 'NSE' | 'BSE'): PriceProtectionRow | null {
    this.#calendar.check(on);
    return rowOn(
      this.#tables.priceProtection.filter((row) => row.exchange === exchange),
      on,
    );
  }

  execution(on: IstDate): ExecutionRow {
    this.#calendar.check(on);
    const row = rowOn(this.#tables.execution, on);
    if (row === null) throw new AppError('SOS_DATE_RANGE', `expected execution defaults on ${on}, found none`);
    return row;
  }

  band({ referencePaise, on, exchange = 'NSE' }: PriceBandRequest): PriceBand | null {
    if (!(referencePaise > 0))
      throw new AppError('SOS_INPUT', `expected a reference price above 0, found ${referencePaise}`);
    const row = this.protection(on, exchange);
    if (row === null) return null;
    const width = Math.max(row.minimumPaise, Math.floor((referencePaise * row.percent) / 100));
    return { lowest: Math.max(0, referencePaise - width), highest: referencePaise + width };
  }
}
