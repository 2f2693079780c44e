import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { Graph } from '../graph/graph.js';
import type { SampleMarket } from './sample-market.js';

/** What a rule looks at: one gate, the graph it shares with the others, and plausible bars on which its words have values. */
export interface LintSubject {
  readonly gate: CompiledGate;
  readonly graph: Graph;
  readonly market: SampleMarket;
}

/** One rule of the semantic lint: what is legal but cannot be meant. */
export type LintRule = (subject: LintSubject) => readonly ProblemAt[];

/** All conditions of a gate with the phase they belong to; -1 is the filter. */
export function placedConditions(gate: CompiledGate): { condition: CompiledCondition; phase: number }[] {
  const filter = gate.filter.map((condition) => ({ condition, phase: -1 }));
  const phases = gate.phases.flatMap(({ when }, phase) => when.map((condition) => ({ condition, phase })));
  return [...filter, ...phases];
}

/** What must hold together with the conditions of a phase: the filter guards the first and the last. */
export function conjunctionOf(gate: CompiledGate, phase: number): readonly CompiledCondition[] {
  const own = gate.phases[phase]?.when ?? [];
  const isGuarded = phase === 0 || phase === gate.phases.length - 1;
  return isGuarded ? [...gate.filter, ...own] : own;
}
