import type { Span } from '../language/expression-error.js';

export type SeedOperator = '+' | '-' | '*' | '/';
export type SeedComparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** A parsed expression of the first seed's language (Python-like). Every node knows its place. */
export type SeedSyntax =
  | ({ readonly kind: 'number'; readonly value: number } & Span)
  | ({ readonly kind: 'text'; readonly value: string } & Span)
  | ({ readonly kind: 'truth'; readonly value: boolean } & Span)
  | ({ readonly kind: 'nothing' } & Span)
  | ({ readonly kind: 'name'; readonly name: string } & Span)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly SeedSyntax[] } & Span)
  | ({ readonly kind: 'list'; readonly items: readonly SeedSyntax[] } & Span)
  | ({ readonly kind: 'negate' | 'not'; readonly arg: SeedSyntax } & Span)
  | ({ readonly kind: 'and' | 'or'; readonly left: SeedSyntax; readonly right: SeedSyntax } & Span)
  | ({
      readonly kind: 'arithmetic';
      readonly op: SeedOperator;
      readonly left: SeedSyntax;
      readonly right: SeedSyntax;
    } & Span)
  | ({
      readonly kind: 'compare';
      readonly op: SeedComparison;
      readonly left: SeedSyntax;
      readonly right: SeedSyntax;
    } & Span)
  | ({ readonly kind: 'in'; readonly left: SeedSyntax; readonly right: SeedSyntax; readonly negated: boolean } & Span);
