import type { Span } from './expression-error.js';

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** Parsed expression, untyped. Every node knows its place. */
export type Syntax =
  | ({ readonly kind: 'number'; readonly value: number } & Span)
  | ({ readonly kind: 'time'; readonly minute: number } & Span)
  | ({ readonly kind: 'name'; readonly name: string } & Span)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] } & Span)
  | ({ readonly kind: 'negate'; readonly arg: Syntax } & Span)
  | ({ readonly kind: 'not'; readonly arg: Syntax } & Span)
  | ({ readonly kind: 'and' | 'or'; readonly left: Syntax; readonly right: Syntax } & Span)
  | ({
      readonly kind: 'arithmetic';
      readonly op: ArithmeticOperator;
      readonly left: Syntax;
      readonly right: Syntax;
    } & Span)
  | ({
      readonly kind: 'compare';
      readonly op: ComparisonOperator;
      readonly left: Syntax;
      readonly right: Syntax;
    } & Span)
  | ({ readonly kind: 'between'; readonly value: Syntax; readonly low: Syntax; readonly high: Syntax } & Span)
  | ({
      readonly kind: 'in';
      readonly value: Syntax;
      readonly items: readonly Syntax[];
      readonly negated: boolean;
    } & Span);
