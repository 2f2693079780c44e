import { LABEL_SETS, labelNumber } from '../vocabulary/labels.js';
import type { PureOp } from '../graph/graph-node.js';
import { didYouMean } from '@sos/domain';
import { INVALID, type Checked, type CheckedBoolean, type CheckedLabel, type CheckedNumber } from './checked.js';
import { ExpressionError, type Span } from './expression-error.js';
import type { Fact } from './fact.js';
import type { Check, Scope } from './scope.js';
import type { ComparisonOperator, Syntax } from './syntax.js';
import { commonUnit, wordsOf } from './units.js';

const OPS: Readonly<Record<ComparisonOperator, PureOp>> = {
  '>': 'gt',
  '>=': 'ge',
  '<': 'lt',
  '<=': 'le',
  '==': 'eq',
  '!=': 'ne',
};
const FLIPPED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
};

function boundsOf(key: string, op: ComparisonOperator, { value, span }: { value: number; span: Span }): Fact {
  const above = op === '>' || op === '>=' || op === '==';
  const below = op === '<' || op === '<=' || op === '==';
  return {
    kind: 'bounds',
    key,
    low: above ? value : Number.NEGATIVE_INFINITY,
    lowOpen: op === '>',
    high: below ? value : Number.POSITIVE_INFINITY,
    highOpen: op === '<',
    span,
  };
}

function factOf(a: CheckedNumber, b: CheckedNumber, at: { op: ComparisonOperator; scope: Scope; span: Span }): Fact {
  const { op, scope, span } = at;
  const right = scope.graph.constantOf(b.node);
  if (right !== null) return boundsOf(`n${a.node}`, op, { value: right, span });
  const left = scope.graph.constantOf(a.node);
  if (left !== null) return boundsOf(`n${b.node}`, FLIPPED[op], { value: left, span });
  if (a.node < b.node) return boundsOf(`n${a.node}-n${b.node}`, op, { value: 0, span });
  return boundsOf(`n${b.node}-n${a.node}`, FLIPPED[op], { value: 0, span });
}

function isNever(op: ComparisonOperator, a: CheckedNumber, b: CheckedNumber): boolean {
  const { low, high } = a.range;
  if (op === '>') return high <= b.range.low;
  if (op === '>=') return high < b.range.low;
  if (op === '<') return low >= b.range.high;
  if (op === '<=') return low > b.range.high;
  return op === '==' && (high < b.range.low || low > b.range.high);
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

function rangeText(value: CheckedNumber): string {
  return value.range.low === value.range.high
    ? `${value.range.low}`
    : `between ${value.range.low} and ${value.range.high}`;
}

function unitHint(a: CheckedNumber, b: CheckedNumber): string {
  if (a.unit === 'time' || b.unit === 'time') return ' (write a time of day as 09:15)';
  const rupees = [a.unit, b.unit];
  return rupees.includes('price') && rupees.includes('points') ? ' (subtract two levels first)' : '';
}

/** Compares two numbers; reports unlike units and comparisons that can never be true. */
export function compareNumbers(
  a: CheckedNumber,
  b: CheckedNumber,
  at: { op: ComparisonOperator; scope: Scope; span: Span },
): Checked {
  const { op, scope, span } = at;
  if (commonUnit(a.unit, b.unit) === null && !scope.trusted) {
    const message = `cannot compare ${wordsOf(a.unit)} with ${wordsOf(b.unit)}${unitHint(a, b)}`;
    scope.problems.push(new ExpressionError('unit', message, span));
    return INVALID;
  }
  if (isNever(op, a, b)) {
    const message = `can never be true: the left side is ${rangeText(a)}, the right side ${rangeText(b)}`;
    scope.problems.push(new ExpressionError('impossible', message, span));
    return INVALID;
  }
  const node = scope.graph.pure(OPS[op], a.node, b.node);
  const vacuous = isNever(OPPOSITE[op], a, b);
  const facts = op === '!=' ? [] : [factOf(a, b, at)];
  return { type: 'boolean', node, facts, vacuous, warmUp: Math.max(a.warmUp, b.warmUp) };
}

function labelOf(syntax: Syntax, value: CheckedLabel, scope: Scope): number | null {
  const known = LABEL_SETS[value.labels] as readonly string[];
  const word = syntax.kind === 'name' ? syntax.name : null;
  const number = word === null ? -1 : labelNumber(value.labels, word);
  if (number >= 0) return number;
  const found = word === null ? 'an expression' : `"${word}"`;
  const hint = word === null ? '' : didYouMean(word, known);
  const message = `expected one of ${known.join(', ')}, found ${found}${hint}`;
  scope.problems.push(new ExpressionError(word === null ? 'type' : 'unknown-name', message, syntax));
  return null;
}

/** Membership of a label in a list of words. */
export function labelMembership(
  value: CheckedLabel,
  items: readonly Syntax[],
  at: { negated: boolean; scope: Scope; span: Span },
): Checked {
  const numbers = items.map((item) => labelOf(item, value, at.scope));
  if (numbers.includes(null)) return INVALID;
  const every = 2 ** LABEL_SETS[value.labels].length - 1;
  const listed = numbers.reduce<number>((mask, number) => mask | (1 << (number ?? 0)), 0);
  const mask = at.negated ? every & ~listed : listed;
  if (mask === 0) {
    at.scope.problems.push(new ExpressionError('impossible', 'can never be true: it excludes every label', at.span));
    return INVALID;
  }
  const node = at.scope.graph.pure('in', value.node, at.scope.graph.constant(mask));
  const fact: Fact = { kind: 'labels', key: `n${value.node}`, mask, span: at.span };
  return { type: 'boolean', node, facts: [fact], vacuous: mask === every, warmUp: value.warmUp };
}

type CompareSyntax = Extract<Syntax, { kind: 'compare' }>;

function compareLabel(value: CheckedLabel, other: Syntax, at: { syntax: CompareSyntax; scope: Scope }): Checked {
  const { syntax, scope } = at;
  if (syntax.op !== '==' && syntax.op !== '!=') {
    const message = `labels have no order: use ==, != or in [...], not ${syntax.op}`;
    scope.problems.push(new ExpressionError('type', message, syntax));
    return INVALID;
  }
  return labelMembership(value, [other], { negated: syntax.op === '!=', scope, span: syntax });
}

function compareTwoLabels(a: CheckedLabel, b: CheckedLabel, at: { syntax: CompareSyntax; scope: Scope }): Checked {
  const { syntax, scope } = at;
  if (a.labels !== b.labels || (syntax.op !== '==' && syntax.op !== '!=')) {
    const message = `cannot compare labels of ${a.labels} and ${b.labels} with ${syntax.op}`;
    scope.problems.push(new ExpressionError('type', message, syntax));
    return INVALID;
  }
  const node = scope.graph.pure(OPS[syntax.op], a.node, b.node);
  return { type: 'boolean', node, facts: [], vacuous: false, warmUp: Math.max(a.warmUp, b.warmUp) };
}

function isWord(syntax: Syntax, scope: Scope, check: Check<Syntax>): boolean {
  if (syntax.kind !== 'name' || syntax.name.includes('.')) return false;
  const silent: Scope = { ...scope, problems: [] };
  return check(syntax, silent).type === 'invalid';
}

function wrongTypes(a: Checked, b: Checked, at: { syntax: CompareSyntax; scope: Scope }): Checked {
  if (a.type !== 'invalid' && b.type !== 'invalid') {
    const message = `cannot compare a ${a.type} with a ${b.type}`;
    at.scope.problems.push(new ExpressionError('type', message, at.syntax));
  }
  return INVALID;
}

/** Checks `a op b`: numbers of like units, or a label with a word of its set. */
export function checkCompare(syntax: CompareSyntax, scope: Scope, check: Check<Syntax>): Checked {
  const { left, right } = syntax;
  const leftIsWord = isWord(left, scope, check);
  const a = leftIsWord ? INVALID : check(left, scope);
  if (a.type === 'label' && isWord(right, scope, check)) return compareLabel(a, right, { syntax, scope });
  const b = check(right, scope);
  if (leftIsWord && b.type === 'label') return compareLabel(b, left, { syntax, scope });
  if (leftIsWord) check(left, scope);
  if (a.type === 'number' && b.type === 'number')
    return compareNumbers(a, b, { op: syntax.op, scope, span: { at: syntax.at, end: syntax.end } });
  if (a.type === 'label' && b.type === 'label') return compareTwoLabels(a, b, { syntax, scope });
  return wrongTypes(a, b, { syntax, scope });
}

/** Both must hold: their facts add up. */
export function bothOf(a: CheckedBoolean, b: CheckedBoolean, scope: Scope): CheckedBoolean {
  return {
    type: 'boolean',
    node: scope.graph.pure('and', a.node, b.node),
    facts: [...a.facts, ...b.facts],
    vacuous: a.vacuous && b.vacuous,
    warmUp: Math.max(a.warmUp, b.warmUp),
  };
}
