import type { Graph } from '../graph/graph.js';
import { absInterval, hullOf, type Interval } from '../language/interval.js';
import type { Unit } from '../language/units.js';
import type { Anchor } from './variable.js';

/** What may stand at a place of a call. Lengths and factors must be known at load: a number or a parameter. */
export interface FunctionParameter {
  readonly name: string;
  readonly kind: 'value' | 'length' | 'factor' | 'any';
  readonly low?: number;
  readonly high?: number;
}

/** Arguments as the graph sees them: nodes of the values, numbers of lengths and factors, in the order of the parameters. */
export interface BuiltCall {
  readonly graph: Graph;
  readonly nodes: readonly number[];
  readonly numbers: readonly number[];
}

/** A function of the gate language: one table for checker, compiler, lint and documentation. */
export interface GateFunction {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  readonly result: 'number' | 'boolean';
  /** `same` as the values, their `difference`, or a fixed unit. */
  readonly unit: 'same' | 'difference' | Unit;
  readonly anchor: Anchor;
  readonly description: string;
  /** Range of the result from the ranges of the values. */
  range(values: readonly Interval[]): Interval;
  /** Adds the call to the graph; gives its node. */
  build(call: BuiltCall): number;
  /** Bars of history after which the value no longer depends on older ones (to 1e-10 for recursive averages). */
  warmUp(numbers: readonly number[]): number;
}

export const ALWAYS: Interval = { low: 0, high: 1 };

export const first = (values: readonly Interval[]): Interval => values[0] as Interval;
export const hull = (values: readonly Interval[]): Interval => values.reduce(hullOf);
export const magnitude = (values: readonly Interval[]): Interval => absInterval(first(values));
export const spread = (values: readonly Interval[]): Interval => ({
  low: 0,
  high: first(values).high - first(values).low,
});
export const none = (): number => 0;
export const length = (numbers: readonly number[]): number => numbers[0] ?? 0;

export const VALUE: FunctionParameter = { name: 'series', kind: 'value' };
export const LENGTH: FunctionParameter = { name: 'bars', kind: 'length', low: 1, high: 2000 };
export const WINDOW: FunctionParameter = { name: 'bars', kind: 'length', low: 2, high: 2000 };
