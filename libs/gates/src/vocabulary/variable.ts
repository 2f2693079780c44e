import type { DeclaredUnit } from '../language/units.js';
import type { LabelSet } from './labels.js';

/**
 * Over which stretch of time a value is formed: one `bar`; the `session` so far (restarts at each open); session-`continuous` bars (yesterday's bars
 * count); the last usable `chain` snapshot; the `gate`'s own memory.
 */
export type Anchor = 'bar' | 'session' | 'continuous' | 'chain' | 'gate';

interface VariableBase {
  readonly name: string;
  readonly anchor: Anchor;
  readonly description: string;
  /** Where the value comes from, in words. */
  readonly source: string;
}

/** A numeric word of the gate language. Unknown = NaN. */
export interface NumberVariable extends VariableBase {
  readonly type: 'number';
  readonly unit: DeclaredUnit;
  readonly low: number;
  readonly high: number;
  /** Definition in the gate language itself; such a word costs nothing unless it is used. */
  readonly formula?: string;
}

/** A word whose value is one of a closed set of labels. Unknown = NaN. */
export interface LabelVariable extends VariableBase {
  readonly type: 'label';
  readonly labels: LabelSet;
}

/** A word of the gate language, numeric or of labels. */
export type Variable = NumberVariable | LabelVariable;
