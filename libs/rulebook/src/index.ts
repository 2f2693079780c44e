export type { Holiday } from './calendar/calendar.js';
export type { Session, SessionWindow } from './calendar/session.js';
export type { BrokeragePlan, ChargeOptions, ChargeRates, ChargeSchedule } from './charges/charge-schedule.js';
export type { ContractNote, ContractNoteRequest, NoteFill } from './charges/contract-note.js';
export type { ExerciseRequest } from './charges/exercise-stt.js';
export type { Confidence, DatedRow, Provenance } from './dated/dated-row.js';
export {
  allowedOrderTypes,
  chargeScheduleOn,
  chargesFor,
  contractNote,
  defaultRulebook,
  exerciseStt,
  expiryAt,
  expiryInstant,
  freezeQuantity,
  holidayOn,
  isExpiry,
  isMonthlyExpiry,
  isTradingDay,
  limitPriceBand,
  listedExpiries,
  lotSize,
  maxLotsPerOrder,
  monthlyExpiry,
  nextTradingDay,
  orderRateLimits,
  previousTradingDay,
  rulesDiff,
  rulesOn,
  sessionOf,
  settlementInstant,
  strikeStep,
  tickSize,
  tradingDays,
} from './default-rulebook.js';
export type { Expiry, ExpiryChoice, ExpiryKind } from './expiries/expiry.js';
export type { RuleChange } from './explain/diff-law.js';
export type { LawOfDay, RuleFact } from './explain/law-of-day.js';
export type { PriceBand, PriceBandRequest } from './orders/order-rules.js';
export type { ChaseDefaults, ExecutionRow } from './rows/execution-rows.js';
export type { ExchangeOrderType, OrderRateRow, OrderTypeRow, PriceProtectionRow } from './rows/order-rows.js';
export { parseRuleRows, type RuleRow } from './rows/rule-row-schema.js';
export type { RuleTables } from './rows/rule-tables.js';
export { Rulebook, createRulebook, type ChargeRequest, type ContractMonth } from './rulebook.js';
export { LAST_REVIEWED, RULEBOOK_VERSION } from './version.js';
