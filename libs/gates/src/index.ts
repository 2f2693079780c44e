export { DEFAULT_CHAIN_OPTIONS, type ChainOptions } from './chain/chain-options.js';
export type { CompiledGate, CompiledGates } from './compile/compiled-gate.js';
export { compileGates, type CompileOptions, type CompileResult } from './compile/compile-gates.js';
export { ExplainingSource, stopText, type ExplainOptions, type WhatIf } from './explain/explaining-source.js';
export type {
  Evaluated,
  EvaluatedCondition,
  EvaluationOutcome,
  EvaluationStop,
  GateEvaluation,
} from './explain/gate-evaluation.js';
export { whatWouldPass, type NeededValue, type WhatWouldPass } from './explain/what-would-pass.js';
export { WhyNot, type StopCount, type WhyNotReport } from './explain/why-not.js';
export type { WordSource } from './explain/word-source.js';
export type { ExplainedCondition, ExplainedTest, GateExplanation } from './explain/explain-gate.js';
export { formatProblem, gateProblemsError, type GateProblem } from './gate-file/gate-problem.js';
export { gateJsonSchema, type GateFile } from './gate-file/gate-schema.js';
export type { GateText } from './gate-file/read-gate.js';
export { lintGates } from './lint/lint-gates.js';
export { remedyOf } from './lint/remedies.js';
export { createSignalSource } from './machine/create-signal-source.js';
export type { GateSignalSource, SignalSourceOptions } from './machine/signal-machine.js';
export { importSeedGate, type SeedImport, type SeedImportOptions } from './seed-format/import-seed-gate.js';
export type { SeedRepair } from './seed-format/seed-notes.js';
export type { SeedRepairKind } from './seed-format/seed-scope.js';
export type {
  ChaseOverride,
  ConditionCount,
  ExitOverride,
  GateExecution,
  GateProfile,
  GateSession,
  OptionChoice,
  ResetReason,
  Signal,
  SignalSink,
  SignalSource,
} from './signal-source.js';
export { FUNCTIONS as GATE_FUNCTIONS } from './vocabulary/functions.js';
export type { GateFunction } from './vocabulary/gate-function.js';
export type { Variable } from './vocabulary/variable.js';
export { VARIABLES as GATE_VARIABLES } from './vocabulary/vocabulary.js';
