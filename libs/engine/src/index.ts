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
export type { ContractTerms, MarketRules, SessionHours } from './market-rules.js';
export { rulebookRules, type RulebookRulesOptions } from './rulebook-rules.js';
export { makeEngineState, type EngineCounts, type EngineSetup, type EngineState } from './state/engine-state.js';
export { step } from './step.js';
export { ENGINE_VERSION } from './version.js';
