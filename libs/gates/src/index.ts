export type {
  ConditionCount,
  GateProfile,
  GateSession,
  OptionChoice,
  ResetReason,
  Signal,
  SignalSink,
  SignalSource,
} from './signal-source.js';
