import type { Graph } from '../graph/graph.js';
import type { Checked } from './checked.js';
import type { ExpressionError } from './expression-error.js';
import type { Interval } from './interval.js';
import type { DeclaredUnit } from './units.js';

export interface ScopeParameter {
  readonly value: number;
  readonly unit: DeclaredUnit;
  readonly range: Interval;
}

export type LevelName = 'entry' | 'stop' | 'risk';

/** What an expression may name at its place in a gate, and where its defects are collected. */
export interface Scope {
  readonly gate: string;
  readonly graph: Graph;
  readonly params: ReadonlyMap<string, ScopeParameter>;
  /** Captures made before this place. */
  readonly captured: ReadonlyMap<string, Checked>;
  /** Names captured anywhere in the gate. */
  readonly capturedAnywhere: ReadonlySet<string>;
  readonly levels: ReadonlySet<LevelName>;
  /** Formulas of the vocabulary itself: units are declared there, not derived. */
  readonly trusted: boolean;
  readonly problems: ExpressionError[];
  readonly usedParams: Set<string>;
  readonly usedCaptures: Set<string>;
}

export type Check<S> = (syntax: S, scope: Scope) => Checked;
