import { ExpressionError, type Span } from '../language/expression-error.js';
import type { Unit } from '../language/units.js';

/** What the repair of a seed file is about; a stable word for machines. */
export type SeedRepairKind =
  | 'name'
  | 'unit'
  | 'condition'
  | 'timeout'
  | 'filter'
  | 'regimes'
  | 'levels'
  | 'option'
  | 'session'
  | 'capture'
  | 'dropped';

/** A translated expression: text in our language, how tightly it binds, and what it measures. */
export interface Piece {
  readonly text: string;
  /** Binding strength: 1 or, 2 and, 3 not, 4 comparison, 5 sum, 6 product, 7 sign, 8 word. */
  readonly binds: number;
  readonly unit: Unit | 'label' | 'boolean';
}

/** Where an expression stands and what it may name there. */
export interface SeedScope {
  /** In levels the seed's `prev_candle` is the bar of the trigger itself (defect D32 of the seed). */
  readonly place: 'condition' | 'capture' | 'stop' | 'target' | 'entry';
  /** Names captured so far with their units. */
  readonly captured: ReadonlyMap<string, Piece['unit']>;
  repair(kind: SeedRepairKind, message: string): void;
}

/** What cannot be translated, with its place. */
export function untranslatable(what: string, span: Span): ExpressionError {
  return new ExpressionError('unknown-name', what, span);
}

/** The text of a piece as part of something that binds at least so tightly. */
export function inside(piece: Piece, binds: number): string {
  return piece.binds < binds ? `(${piece.text})` : piece.text;
}
