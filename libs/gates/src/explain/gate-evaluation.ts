import type { EpochMs, Regime } from '@sos/domain';
import type { ExplainedTest } from './explain-gate.js';
import type { WordSource } from './word-source.js';

/** What came of one evaluation of a gate. */
export type EvaluationOutcome =
  'blocked' | 'waiting' | 'advanced' | 'fired' | 'vetoed' | 'timeout' | 'regime' | 'levels';

/** What stopped a gate at one bar. */
export interface EvaluationStop {
  readonly stage: 'regime' | 'filter' | 'phase' | 'entry time' | 'levels';
  /** Condition in the words of the gate file, or what else stopped it. */
  readonly text: string;
  /** It could not be evaluated for lack of data. */
  readonly unknown: boolean;
}

/** One evaluation of one gate: every gate has one at every bar of a session. */
export interface Evaluated {
  /** Index into `ExplainingSource.gates`. */
  readonly gate: number;
  readonly time: EpochMs;
  /** Phase in which it waited when the bar closed. */
  readonly phase: number;
  readonly outcome: EvaluationOutcome;
  readonly stop: EvaluationStop | null;
}

/** One condition with everything that its answer rests on. */
export interface EvaluatedCondition {
  readonly stage: 'filter' | 'phase';
  /** Id of the phase; FILTER for the filter. */
  readonly phase: string;
  readonly text: string;
  /** null = unknown for lack of data. */
  readonly passes: boolean | null;
  readonly tests: readonly ExplainedTest[];
  readonly sources: readonly WordSource[];
}

/** Why a gate decided what it decided at one bar. */
export interface GateEvaluation {
  readonly gate: string;
  readonly time: EpochMs;
  readonly phase: string;
  readonly outcome: EvaluationOutcome;
  readonly stop: EvaluationStop | null;
  readonly regime: Regime;
  readonly regimeAllows: boolean;
  readonly isEntryTime: boolean;
  /** Minutes since the exchange's time of the last chain snapshot; NaN when there was none. */
  readonly chainAgeMinutes: number;
  readonly conditions: readonly EvaluatedCondition[];
}
