import { assertNever } from '@sos/domain';
import { INVALID, type Checked, type CheckedBoolean, type CheckedNumber } from './checked.js';
import { checkCall } from './check-call.js';
import { bothOf, checkCompare, compareNumbers, labelMembership } from './check-comparison.js';
import { checkName } from './check-name.js';
import { ExpressionError } from './expression-error.js';
import {
  addIntervals,
  divideIntervals,
  multiplyIntervals,
  negateInterval,
  pointInterval,
  type Interval,
} from './interval.js';
import type { Scope } from './scope.js';
import type { ArithmeticOperator, Syntax } from './syntax.js';
import { productUnit, quotientUnit, sumUnit, wordsOf, type Unit } from './units.js';
import type { PureOp } from '../graph/graph-node.js';

function numberOf(syntax: Syntax, scope: Scope): CheckedNumber | null {
  const checked = checkExpression(syntax, scope);
  if (checked.type === 'number') return checked;
  if (checked.type !== 'invalid')
    scope.problems.push(new ExpressionError('type', `expected a number, found a ${checked.type}`, syntax));
  return null;
}

function booleanOf(syntax: Syntax, scope: Scope): CheckedBoolean | null {
  const checked = checkExpression(syntax, scope);
  if (checked.type === 'boolean') return checked;
  if (checked.type !== 'invalid')
    scope.problems.push(new ExpressionError('type', `expected a condition, found a ${checked.type}`, syntax));
  return null;
}

interface Arithmetic {
  readonly op: PureOp;
  readonly verb: string;
  unit(a: Unit, b: Unit): Unit | null;
  range(a: Interval, b: Interval): Interval;
}

const ARITHMETIC: Readonly<Record<ArithmeticOperator, Arithmetic>> = {
  '+': { op: 'add', verb: 'add', unit: (a, b) => sumUnit('+', a, b), range: addIntervals },
  '-': {
    op: 'sub',
    verb: 'subtract',
    unit: (a, b) => sumUnit('-', a, b),
    range: (a, b) => addIntervals(a, negateInterval(b)),
  },
  '*': { op: 'mul', verb: 'multiply', unit: productUnit, range: multiplyIntervals },
  '/': { op: 'div', verb: 'divide', unit: quotientUnit, range: divideIntervals },
};

function checkArithmetic(syntax: Extract<Syntax, { kind: 'arithmetic' }>, scope: Scope): Checked {
  const a = numberOf(syntax.left, scope);
  const b = numberOf(syntax.right, scope);
  if (a === null || b === null) return INVALID;
  const { op, verb, ...rules } = ARITHMETIC[syntax.op];
  const unit = rules.unit(a.unit, b.unit) ?? (scope.trusted ? 'number' : null);
  if (unit === null) {
    const message = `cannot ${verb} ${wordsOf(a.unit)} and ${wordsOf(b.unit)}`;
    scope.problems.push(new ExpressionError('unit', message, syntax));
    return INVALID;
  }
  const node = scope.graph.pure(op, a.node, b.node);
  return { type: 'number', node, unit, range: rules.range(a.range, b.range), warmUp: Math.max(a.warmUp, b.warmUp) };
}

function checkBetween(syntax: Extract<Syntax, { kind: 'between' }>, scope: Scope): Checked {
  const value = numberOf(syntax.value, scope);
  const low = numberOf(syntax.low, scope);
  const high = numberOf(syntax.high, scope);
  if (value === null || low === null || high === null) return INVALID;
  const above = compareNumbers(value, low, { op: '>=', scope, span: syntax });
  const below = compareNumbers(value, high, { op: '<=', scope, span: syntax });
  if (above.type !== 'boolean' || below.type !== 'boolean') return INVALID;
  if (low.range.low > high.range.high) {
    scope.problems.push(new ExpressionError('impossible', 'can never be true: the bounds are reversed', syntax));
    return INVALID;
  }
  return bothOf(above, below, scope);
}

function checkIn(syntax: Extract<Syntax, { kind: 'in' }>, scope: Scope): Checked {
  const value = checkExpression(syntax.value, scope);
  if (value.type === 'label')
    return labelMembership(value, syntax.items, { negated: syntax.negated, scope, span: syntax });
  if (value.type !== 'invalid') {
    const message = `"in" asks whether a label is in a list, found a ${value.type} (use between or comparisons)`;
    scope.problems.push(new ExpressionError('type', message, syntax.value));
  }
  return INVALID;
}

function checkLogic(syntax: Extract<Syntax, { kind: 'and' | 'or' }>, scope: Scope): Checked {
  const a = booleanOf(syntax.left, scope);
  const b = booleanOf(syntax.right, scope);
  if (a === null || b === null) return INVALID;
  if (syntax.kind === 'and') return bothOf(a, b, scope);
  const node = scope.graph.pure('or', a.node, b.node);
  return { type: 'boolean', node, facts: [], vacuous: a.vacuous || b.vacuous, warmUp: Math.max(a.warmUp, b.warmUp) };
}

function checkNot(syntax: Extract<Syntax, { kind: 'not' }>, scope: Scope): Checked {
  const arg = booleanOf(syntax.arg, scope);
  if (arg === null) return INVALID;
  const node = scope.graph.pure('not', arg.node);
  return { type: 'boolean', node, facts: [], vacuous: false, warmUp: arg.warmUp };
}

function checkNegate(syntax: Extract<Syntax, { kind: 'negate' }>, scope: Scope): Checked {
  const arg = numberOf(syntax.arg, scope);
  if (arg === null) return INVALID;
  if ((arg.unit === 'price' || arg.unit === 'time') && !scope.trusted) {
    scope.problems.push(new ExpressionError('unit', `cannot negate ${wordsOf(arg.unit)}`, syntax));
    return INVALID;
  }
  return { ...arg, node: scope.graph.pure('neg', arg.node), range: negateInterval(arg.range) };
}

function checkLiteral(value: number, unit: Unit, scope: Scope): Checked {
  return { type: 'number', node: scope.graph.constant(value), unit, range: pointInterval(value), warmUp: 0 };
}

/**
 * Checks names, types, units and possibility of an expression and adds it to the graph.
 * Defects go to `scope.problems`; a defective part is `invalid` and causes no further reports.
 */
export function checkExpression(syntax: Syntax, scope: Scope): Checked {
  switch (syntax.kind) {
    case 'number':
      return checkLiteral(syntax.value, 'literal', scope);
    case 'time':
      return checkLiteral(syntax.minute, 'time', scope);
    case 'name':
      return checkName(syntax, scope, checkExpression);
    case 'call':
      return checkCall(syntax, scope, checkExpression);
    case 'negate':
      return checkNegate(syntax, scope);
    case 'not':
      return checkNot(syntax, scope);
    case 'and':
    case 'or':
      return checkLogic(syntax, scope);
    case 'arithmetic':
      return checkArithmetic(syntax, scope);
    case 'compare':
      return checkCompare(syntax, scope, checkExpression);
    case 'between':
      return checkBetween(syntax, scope);
    case 'in':
      return checkIn(syntax, scope);
    default:
      return assertNever(syntax);
  }
}
