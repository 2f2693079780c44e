import type { DatedRow } from '../dated/dated-row.js';
import { BROKERAGE_ROWS } from '../tables/brokerage.js';
import { chargeRateRows } from '../tables/charge-rates.js';
import { COVERAGE_ROWS } from '../tables/coverage.js';
import { DISRUPTION_ROWS } from '../tables/disruptions.js';
import { EXECUTION_ROWS } from '../tables/execution.js';
import { expiryWeekdayRows } from '../tables/expiry-weekdays.js';
import { freezeRows } from '../tables/freeze.js';
import { holidayRows } from '../tables/holidays.js';
import { LISTING_ROWS, type ListingRow } from '../tables/listing-structure.js';
import { lotRows } from '../tables/lots.js';
import { ORDER_RATE_ROWS } from '../tables/order-rates.js';
import { ORDER_TYPE_ROWS } from '../tables/order-types.js';
import { PRICE_PROTECTION_ROWS } from '../tables/price-protection.js';
import { SPECIAL_SESSION_ROWS } from '../tables/special-sessions.js';
import { SQUARE_OFF_ROWS } from '../tables/square-off.js';
import { STRIKE_STEP_ROWS } from '../tables/strike-steps.js';
import { tickRows } from '../tables/ticks.js';
import { TRADING_HOURS_ROWS } from '../tables/trading-hours.js';
import type { CoverageRow, DisruptionRow, HolidayRow, SpecialSessionRow, TradingHours } from './calendar-rows.js';
import type { BrokerageRow, ChargeRateRow } from './charge-rows.js';
import type { ExpiryWeekdayRow, FreezeRow, LotRow, StrikeStepRow, TickRow } from './contract-rows.js';
import type { ExecutionRow } from './execution-rows.js';
import type { OrderRateRow, OrderTypeRow, PriceProtectionRow, SquareOffRow } from './order-rows.js';

export type TradingHoursRow = DatedRow<TradingHours>;

/** Every rule of the rulebook, table by table; a later row of a table wins over an earlier one. */
export interface RuleTables {
  readonly coverage: readonly CoverageRow[];
  readonly holiday: readonly HolidayRow[];
  readonly specialSession: readonly SpecialSessionRow[];
  readonly disruption: readonly DisruptionRow[];
  readonly tradingHours: readonly TradingHoursRow[];
  readonly expiryWeekday: readonly ExpiryWeekdayRow[];
  readonly listing: readonly ListingRow[];
  readonly lot: readonly LotRow[];
  readonly freeze: readonly FreezeRow[];
  readonly tick: readonly TickRow[];
  readonly strikeStep: readonly StrikeStepRow[];
  readonly chargeRate: readonly ChargeRateRow[];
  readonly brokerage: readonly BrokerageRow[];
  readonly orderType: readonly OrderTypeRow[];
  readonly orderRate: readonly OrderRateRow[];
  readonly priceProtection: readonly PriceProtectionRow[];
  readonly squareOff: readonly SquareOffRow[];
  readonly execution: readonly ExecutionRow[];
}

/** The tables that ship with this version. */
export function builtInTables(): RuleTables {
  return {
    coverage: COVERAGE_ROWS,
    holiday: holidayRows(),
    specialSession: SPECIAL_SESSION_ROWS,
    disruption: DISRUPTION_ROWS,
    tradingHours: TRADING_HOURS_ROWS,
    expiryWeekday: expiryWeekdayRows(),
    listing: LISTING_ROWS,
    lot: lotRows(),
    freeze: freezeRows(),
    tick: tickRows(),
    strikeStep: STRIKE_STEP_ROWS,
    chargeRate: chargeRateRows(),
    brokerage: BROKERAGE_ROWS,
    orderType: ORDER_TYPE_ROWS,
    orderRate: ORDER_RATE_ROWS,
    priceProtection: PRICE_PROTECTION_ROWS,
    squareOff: SQUARE_OFF_ROWS,
    execution: EXECUTION_ROWS,
  };
}
