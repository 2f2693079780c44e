import type { ProblemAt } from '../gate-file/gate-problem.js';
import { parseExpression } from '../language/parse-expression.js';
import type { Syntax } from '../language/syntax.js';
import { placedConditions, type LintRule } from './lint-rule.js';

const PERCENT_WORDS = new Set(['session.gap', 'screener.changeFromOpen']);
const PERCENT_CALLS = new Set(['roc', 'rsi']);
/** Two hundredths of a percent of the index are five points: nobody means less. */
const SMALLEST = 0.02;

function isPercent(syntax: Syntax): boolean {
  if (syntax.kind === 'name') return PERCENT_WORDS.has(syntax.name);
  if (syntax.kind === 'negate') return isPercent(syntax.arg);
  return syntax.kind === 'call' && PERCENT_CALLS.has(syntax.name);
}

function numberIn(syntax: Syntax): { readonly value: number; readonly at: number } | null {
  if (syntax.kind === 'number') return { value: syntax.value, at: syntax.at };
  return syntax.kind === 'negate' ? numberIn(syntax.arg) : null;
}

function partsOf(syntax: Syntax): readonly Syntax[] {
  switch (syntax.kind) {
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return [syntax.left, syntax.right];
    case 'between':
      return [syntax.value, syntax.low, syntax.high];
    case 'not':
    case 'negate':
      return [syntax.arg];
    default:
      return [];
  }
}

function tinyPercents(syntax: Syntax): { readonly value: number; readonly at: number }[] {
  const parts = partsOf(syntax);
  const inner = parts.flatMap(tinyPercents);
  if ((syntax.kind !== 'compare' && syntax.kind !== 'between') || !parts.some(isPercent)) return inner;
  const bounds = parts.map(numberIn).filter((number) => number !== null);
  return [...inner, ...bounds.filter(({ value }) => value > 0 && value < SMALLEST)];
}

/** A percentage written as a ratio: `session.gap < -0.002` for 0.2 %. */
export const percentAsRatio: LintRule = ({ gate }) => {
  const conditions = placedConditions(gate).flatMap(({ condition: { text, path } }): ProblemAt[] =>
    tinyPercents(parseExpression(text)).map(({ value, at }) => ({
      path,
      offset: at,
      rule: 'percent-as-ratio',
      message: `expected a percentage, found ${value}, which is ${value} %: did you mean ${Number((100 * value).toPrecision(6))}?`,
    })),
  );
  const params = Object.entries(gate.file.params ?? {})
    .filter(([, { unit, value }]) => unit === 'percent' && value !== 0 && Math.abs(value) < SMALLEST)
    .map(([name, { value }]) => ({
      path: ['params', name, 'value'],
      rule: 'percent-as-ratio',
      message: `expected a percentage, found ${value}, which is ${value} %: did you mean ${Number((100 * value).toPrecision(6))}?`,
    }));
  return [...conditions, ...params];
};
