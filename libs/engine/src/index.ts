export { makeEffects, type Effects, type WatchRequest } from './effects.js';
export { DEFAULT_ENGINE_CONFIG, canonicalConfig, makeEngineConfig, type EngineConfig } from './engine-config.js';
export type {
  BarEvent,
  ChainEvent,
  Command,
  CommandEvent,
  EngineEvent,
  OptionRowEvent,
  SessionCloseEvent,
  SessionOpenEvent,
} from './events.js';
export type { ChaseParameters, ExecutionParameters } from './execution/limit-chase/chase-parameters.js';
export type { PriceBounds, PriceProtection } from './execution/limit-chase/chase-price.js';
export {
  LimitChase,
  type ChaseInput,
  type ChaseOrder,
  type ChaseRequest,
  type ChaseState,
} from './execution/limit-chase/limit-chase.js';
export type { MarketQuote } from './execution/limit-chase/market-quote.js';
export { sliceUnits } from './execution/limit-chase/slice-units.js';
export type {
  Broker,
  BrokerCapabilities,
  BrokerSession,
  OrderAnswer,
  OrderListener,
  OrderStream,
} from './live/broker/broker.js';
export { readBooks } from './live/broker/broker.js';
export {
  isFinal,
  type BrokerBooks,
  type BrokerFunds,
  type BrokerOrder,
  type BrokerPosition,
  type BrokerTrade,
  type OrderChange,
  type OrderSlip,
  type OrderStatus,
  type OrderTag,
} from './live/broker/broker-words.js';
export { isOrderTag, orderTag } from './live/broker/order-tag.js';
export { lawOfRules, type ContractLaw, type LawOf } from './live/desk/contract-law.js';
export {
  RELEASE_WORDS,
  type DeskEffect,
  type DeskEvent,
  type EntryIntent,
  type MessageOutcome,
} from './live/desk/desk-event.js';
export type { DeskRecord } from './live/desk/desk-record.js';
export {
  applyRecord,
  grossOf,
  heldUnits,
  isLedgerComplete,
  isOver,
  isUncertain,
  makeDeskState,
  type DeskOrder,
  type DeskPosition,
  type DeskState,
} from './live/desk/desk-state.js';
export { explainBooks, type Difference } from './live/desk/explain-books.js';
export { LiveDesk, type LiveDeskOptions } from './live/desk/live-desk.js';
export {
  EMPTY_JOURNAL,
  JOURNAL_ROOT,
  canonicalJson,
  chainLine,
  verifyJournal,
  type JournalHead,
  type VerifiedJournal,
} from './live/journal/journal-chain.js';
export { checkEntry, dayResult, type EntryQuestion, type Veto } from './live/risk/check-entry.js';
export {
  OrderBudget,
  UPSTOX_ORDER_BUDGET,
  type OrderBudgetOptions,
  type OrderLane,
  type OrderWindow,
} from './live/risk/order-budget.js';
export { DEFAULT_RISK_LIMITS, makeRiskLimits, type RiskLimits } from './live/risk/risk-limits.js';
export { LiveShell, outcomeOf, type LiveShellOptions, type ShellEvent } from './live/shell/live-shell.js';
export type { DeskJournal, ShellClock, ShellPorts } from './live/shell/shell-ports.js';
export type { ContractTerms, MarketRules, SessionHours } from './market-rules.js';
export { rulebookRules, type RulebookRulesOptions } from './rulebook-rules.js';
export { makeEngineState, type EngineCounts, type EngineSetup, type EngineState } from './state/engine-state.js';
export { step } from './step.js';
export { ENGINE_VERSION } from './version.js';
