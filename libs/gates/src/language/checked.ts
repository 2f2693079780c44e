import type { LabelSet } from '../vocabulary/labels.js';
import type { Fact } from './fact.js';
import type { Interval } from './interval.js';
import type { Unit } from './units.js';

/** A numeric expression after checking: its node in the graph, unit and possible values. */
export interface CheckedNumber {
  readonly type: 'number';
  readonly node: number;
  readonly unit: Unit;
  readonly range: Interval;
  readonly warmUp: number;
}

/** A truth value; `facts` are what must hold for it to be true. */
export interface CheckedBoolean {
  readonly type: 'boolean';
  readonly node: number;
  readonly facts: readonly Fact[];
  /** True when it can never be false (but may be unknown): worth a remark. */
  readonly vacuous: boolean;
  readonly warmUp: number;
}

export interface CheckedLabel {
  readonly type: 'label';
  readonly node: number;
  readonly labels: LabelSet;
  readonly warmUp: number;
}

/** Something is wrong inside; it has been reported, do not report its consequences. */
export interface Invalid {
  readonly type: 'invalid';
}

export type Checked = CheckedNumber | CheckedBoolean | CheckedLabel | Invalid;

export const INVALID: Invalid = { type: 'invalid' };
