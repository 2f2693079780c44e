/** Where in an expression: character offsets, `end` exclusive. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** What is wrong with an expression; a stable word for machines. */
export type ExpressionFault =
  'syntax' | 'unknown-name' | 'type' | 'unit' | 'argument' | 'impossible' | 'contradiction' | 'order';

/** A defect of one expression with its place; internal to the compiler, reported as a `GateProblem`. */
export class ExpressionError extends Error {
  readonly fault: ExpressionFault;
  readonly span: Span;

  constructor(fault: ExpressionFault, message: string, span: Span) {
    super(message);
    this.fault = fault;
    this.span = span;
  }
}
