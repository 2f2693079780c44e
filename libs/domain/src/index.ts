export type { Brand } from './brand.js';
export { assertNever } from './assert-never.js';
export { AppError, isAppError, type AppErrorOptions, type ErrorContext } from './errors/app-error.js';
export { ERROR_CODES, type ErrorCode, type ErrorKind } from './errors/error-codes.js';
export { CHARGE_HEADS, type ChargeBreakdown, type ChargeHead } from './ledger/charges.js';
export {
  EXIT_REASONS,
  REGIMES,
  type DecisionRecord,
  type ExitReason,
  type FillRecord,
  type OrderRecord,
  type Regime,
  type TradeRecord,
} from './ledger/ledger.js';
export { makeBarColumns, sliceBars, type BarColumns } from './market/bar-columns.js';
export { makeChainTape, type ChainSide, type ChainTape, type ChainTapeShape } from './market/chain-tape.js';
export type { Contract, ContractId, FutureContract, IndexContract, OptionContract } from './market/contract.js';
export type { DayTape } from './market/day-tape.js';
export type { OptionSeries } from './market/option-series.js';
export { SERIES_SOURCES, weakestSource, type SeriesSource } from './market/series-source.js';
export { UNDERLYINGS, isUnderlying, type Bias, type Right, type Side, type Underlying } from './market/underlying.js';
export { didYouMean, nearestNames } from './text/suggest.js';
export { MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND, type EpochMs, type IstDate } from './time/epoch-ms.js';
export {
  addDays,
  daysBetween,
  formatIst,
  formatIstClock,
  istDateOf,
  istInstant,
  istMinuteOfDay,
  parseIstDate,
  startOfIstDay,
  toIstIso,
  weekdayOf,
} from './time/ist.js';
export { formatPaise, paise, paiseFromRupees, rupeesOf, type Paise } from './units/money.js';
export { lots, units, unitsOfLots, type Lots, type Units } from './units/quantity.js';
export { roundToTick, type TickRounding } from './units/tick.js';
