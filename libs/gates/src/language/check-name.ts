import { didYouMean } from '@sos/domain';
import { LABEL_SETS } from '../vocabulary/labels.js';
import type { NumberVariable, Variable } from '../vocabulary/variable.js';
import { VARIABLES, variableNamed } from '../vocabulary/vocabulary.js';
import { INVALID, type Checked } from './checked.js';
import { ExpressionError, type Span } from './expression-error.js';
import { parseExpression } from './parse-expression.js';
import type { Check, LevelName, Scope } from './scope.js';
import type { Syntax } from './syntax.js';

const SCREENER_MEMORY = 10 * 375;
const ALL_LABELS: ReadonlySet<string> = new Set(Object.values(LABEL_SETS).flat());

function report(scope: Scope, message: string, span: Span): Checked {
  scope.problems.push(new ExpressionError('unknown-name', message, span));
  return INVALID;
}

function checkParam(name: string, scope: Scope, span: Span): Checked {
  const key = name.slice('params.'.length);
  const param = scope.params.get(key);
  if (param === undefined)
    return report(scope, `unknown parameter "${name}"${didYouMean(key, scope.params.keys())}`, span);
  scope.usedParams.add(key);
  const node = scope.graph.constant(param.value);
  return { type: 'number', node, unit: param.unit, range: param.range, warmUp: 0 };
}

function checkCaptured(name: string, scope: Scope, span: Span): Checked {
  const key = name.slice('captured.'.length);
  const value = scope.captured.get(key);
  if (value !== undefined) {
    scope.usedCaptures.add(key);
    return value;
  }
  if (scope.capturedAnywhere.has(key)) {
    const message = `"${name}" is captured only later; a value can be used after the phase that captures it`;
    scope.problems.push(new ExpressionError('order', message, span));
    return INVALID;
  }
  return report(scope, `nothing captures "${name}"${didYouMean(key, scope.capturedAnywhere)}`, span);
}

function isLevel(name: string): name is LevelName {
  return name === 'entry' || name === 'stop' || name === 'risk';
}

function checkGateVariable(variable: NumberVariable, scope: Scope, span: Span): Checked {
  const { name, unit, low, high } = variable;
  if (isLevel(name) && !scope.levels.has(name)) {
    scope.problems.push(new ExpressionError('order', `"${name}" is not known here: ${variable.description}`, span));
    return INVALID;
  }
  return { type: 'number', node: scope.graph.local(scope.gate, name), unit, range: { low, high }, warmUp: 0 };
}

function checkFormula(variable: NumberVariable, scope: Scope, check: Check<Syntax>): Checked {
  const meaning = check(parseExpression(variable.formula ?? ''), { ...scope, trusted: true });
  if (meaning.type !== 'number') return INVALID;
  return { ...meaning, unit: variable.unit, range: { low: variable.low, high: variable.high } };
}

// Two words are values with memory of their own and not columns that somebody feeds.
function memoryNode(name: string, { graph }: Scope): number | null {
  const column = (word: string): number => graph.variable(word);
  if (name === 'screener.rvol') return graph.stateful('rvol', ['volume', 'session.minutes'].map(column), 10);
  return name === 'vwap' ? graph.stateful('vwap', ['high', 'low', 'close', 'volume'].map(column), 1) : null;
}

function checkVariable(variable: Variable, scope: Scope): Checked {
  const node = memoryNode(variable.name, scope) ?? scope.graph.variable(variable.name);
  const warmUp = variable.anchor === 'continuous' ? SCREENER_MEMORY : 0;
  if (variable.type === 'label') return { type: 'label', node, labels: variable.labels, warmUp };
  return { type: 'number', node, unit: variable.unit, range: { low: variable.low, high: variable.high }, warmUp };
}

function unknownName(name: string, scope: Scope, span: Span): Checked {
  if (ALL_LABELS.has(name)) {
    const message = `"${name}" is a label; compare it with == or in [...] to a word such as chain.regime`;
    scope.problems.push(new ExpressionError('type', message, span));
    return INVALID;
  }
  const known = [
    ...VARIABLES.map((v) => v.name),
    ...[...scope.params.keys()].map((key) => `params.${key}`),
    ...[...scope.capturedAnywhere].map((key) => `captured.${key}`),
  ];
  return report(scope, `unknown name "${name}"${didYouMean(name, known)}`, span);
}

/** Resolves a word: parameter, captured value, level, or a word of the vocabulary. */
export function checkName(syntax: Extract<Syntax, { kind: 'name' }>, scope: Scope, check: Check<Syntax>): Checked {
  const { name } = syntax;
  if (name.startsWith('params.')) return checkParam(name, scope, syntax);
  if (name.startsWith('captured.')) return checkCaptured(name, scope, syntax);
  const variable = variableNamed(name);
  if (variable === undefined) return unknownName(name, scope, syntax);
  if (variable.type === 'number' && variable.anchor === 'gate') return checkGateVariable(variable, scope, syntax);
  if (variable.type === 'number' && variable.formula !== undefined) return checkFormula(variable, scope, check);
  return checkVariable(variable, scope);
}
