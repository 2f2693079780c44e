import { AppError, type EpochMs, type Regime } from '@sos/domain';
import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { Graph } from '../graph/graph.js';
import type { GraphNode, PureOp } from '../graph/graph-node.js';
import type { Evaluator } from '../machine/evaluator.js';
import { LABEL_SETS } from '../vocabulary/labels.js';
import { variableNamed } from '../vocabulary/vocabulary.js';
import { describeNode } from './describe-node.js';

/** One comparison inside a condition: what it compares, the two values now, and how far they are from passing. */
export interface ExplainedTest {
  readonly left: string;
  readonly operator: '>' | '>=' | '<' | '<=' | '==' | '!=' | 'in' | 'is';
  readonly right: string;
  /** NaN = unknown. */
  readonly value: number;
  /** NaN = unknown; for `in` a bit mask of labels. */
  readonly threshold: number;
  /** How far `value` is on the passing side of `threshold` (negative: how much is missing); NaN when unknown or not a distance. */
  readonly distance: number;
  readonly passes: boolean | null;
  /** `value` in words where it is a label. */
  readonly label: string | null;
}

/** One condition at the bar last seen. */
export interface ExplainedCondition {
  readonly stage: 'filter' | 'phase';
  readonly text: string;
  /** null = unknown for lack of data. */
  readonly passes: boolean | null;
  readonly tests: readonly ExplainedTest[];
}

/** Why a gate stands where it stands. */
export interface GateExplanation {
  readonly gate: string;
  readonly time: EpochMs;
  /** Phase it waits in. */
  readonly phase: string;
  readonly regime: Regime;
  readonly regimeAllows: boolean;
  /** Minutes since the exchange's time of the last chain snapshot; NaN when there was none. */
  readonly chainAgeMinutes: number;
  readonly conditions: readonly ExplainedCondition[];
}

/** Where the values are. */
export interface ExplainContext {
  readonly graph: Graph;
  readonly evaluator: Evaluator;
  readonly slotOf: Int32Array;
  readonly phase: number;
  readonly regime: Regime;
  readonly chainAgeMinutes: number;
  readonly time: number;
}

const OPERATORS: Partial<Readonly<Record<PureOp, ExplainedTest['operator']>>> = {
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
  eq: '==',
  ne: '!=',
  in: 'in',
};

function truthOf(value: number): boolean | null {
  return Number.isNaN(value) ? null : value === 1;
}

function distanceOf(op: PureOp, value: number, threshold: number): number {
  if (op === 'gt' || op === 'ge') return value - threshold;
  if (op === 'lt' || op === 'le') return threshold - value;
  return Number.NaN;
}

function labelOf(node: GraphNode, value: number): string | null {
  const variable = node.kind === 'variable' ? variableNamed(node.name) : undefined;
  return variable?.type === 'label' ? (LABEL_SETS[variable.labels][value] ?? null) : null;
}

/** Where the tests of a condition find their values. */
interface TestValues {
  readonly graph: Graph;
  value(node: number): number;
}

function testOf(number: number, node: GraphNode, { graph, value: now }: TestValues): ExplainedTest {
  const operator = node.kind === 'pure' ? OPERATORS[node.op] : undefined;
  if (node.kind !== 'pure' || operator === undefined) {
    const value = now(number);
    const passes = truthOf(value);
    return {
      left: describeNode(graph, number),
      operator: 'is',
      right: 'true',
      value,
      threshold: 1,
      distance: Number.NaN,
      passes,
      label: null,
    };
  }
  const [left = 0, right = 0] = node.args;
  const value = now(left);
  const threshold = now(right);
  return {
    left: describeNode(graph, left),
    operator,
    right: describeNode(graph, right, node.op === 'in' ? left : null),
    value,
    threshold,
    distance: distanceOf(node.op, value, threshold),
    passes: truthOf(now(number)),
    label: labelOf(graph.node(left), value),
  };
}

/** The comparisons that a condition is made of, with their values now. */
export function explainTests(number: number, values: TestValues): ExplainedTest[] {
  const node = values.graph.node(number);
  const isJoint = node.kind === 'pure' && (node.op === 'and' || node.op === 'or');
  return isJoint ? node.args.flatMap((arg) => explainTests(arg, values)) : [testOf(number, node, values)];
}

function explainCondition(
  stage: ExplainedCondition['stage'],
  { text, node }: CompiledCondition,
  context: ExplainContext,
): ExplainedCondition {
  const { graph, evaluator, slotOf } = context;
  const value = (of: number): number => evaluator.value(slotOf[of] as number);
  return { stage, text, passes: truthOf(value(node)), tests: explainTests(node, { graph, value }) };
}

/** Evaluates every condition that a gate is waiting for, with values, thresholds and distances, at the bar that the evaluator holds. */
export function explainGate(gate: CompiledGate | undefined, context: ExplainContext): GateExplanation {
  const phase = gate?.phases[context.phase];
  if (gate === undefined || phase === undefined)
    throw new AppError('SOS_UNKNOWN_GATE', 'expected the number of a gate of this source, found none such');
  return {
    gate: gate.profile.id,
    time: context.time as EpochMs,
    phase: phase.id,
    regime: context.regime,
    regimeAllows: gate.file.regimes[context.regime].allow,
    chainAgeMinutes: context.chainAgeMinutes,
    conditions: [
      ...gate.filter.map((condition) => explainCondition('filter', condition, context)),
      ...phase.when.map((condition) => explainCondition('phase', condition, context)),
    ],
  };
}
