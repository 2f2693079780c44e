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
export type { ContractTerms, MarketRules, SessionHours } from './market-rules.js';
export { rulebookRules, type RulebookRulesOptions } from './rulebook-rules.js';
export { makeEngineState, type EngineCounts, type EngineSetup, type EngineState } from './state/engine-state.js';
export { step } from './step.js';
export { ENGINE_VERSION } from './version.js';
