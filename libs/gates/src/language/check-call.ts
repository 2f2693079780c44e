import { didYouMean } from '@sos/domain';
import { FUNCTIONS, functionNamed } from '../vocabulary/functions.js';
import type { FunctionParameter, GateFunction } from '../vocabulary/gate-function.js';
import { INVALID, type Checked, type CheckedNumber } from './checked.js';
import { ExpressionError } from './expression-error.js';
import type { Check, Scope } from './scope.js';
import type { Syntax } from './syntax.js';
import { commonUnit, differenceUnit, wordsOf, type Unit } from './units.js';

type CallSyntax = Extract<Syntax, { kind: 'call' }>;

function signature(fn: GateFunction): string {
  return `${fn.name}(${fn.parameters.map((p) => p.name).join(', ')})`;
}

function fixedNumber(arg: Checked, parameter: FunctionParameter, at: { syntax: Syntax; scope: Scope }): number | null {
  const { syntax, scope } = at;
  if (arg.type === 'invalid') return null;
  const value = arg.type === 'number' ? scope.graph.constantOf(arg.node) : null;
  const { low = 0, high = Number.POSITIVE_INFINITY, kind, name } = parameter;
  const whole = kind !== 'length' || (value !== null && Number.isInteger(value));
  if (value !== null && whole && value >= low && value <= high) return value;
  const what = kind === 'length' ? 'a whole number' : 'a number';
  const message = `"${name}" must be ${what} from ${low} to ${high} or a parameter, found ${value ?? 'something that changes'}`;
  scope.problems.push(new ExpressionError('argument', message, syntax));
  return null;
}

interface Collected {
  readonly values: CheckedNumber[];
  readonly nodes: number[];
  readonly numbers: number[];
  warmUp: number;
  valid: boolean;
}

function takeValue(into: Collected, arg: Checked, at: { syntax: Syntax; scope: Scope }): void {
  if (arg.type === 'number') {
    into.values.push(arg);
    into.nodes.push(arg.node);
    into.warmUp = Math.max(into.warmUp, arg.warmUp);
    return;
  }
  into.valid = false;
  if (arg.type === 'invalid') return;
  at.scope.problems.push(new ExpressionError('type', `expected a number, found a ${arg.type}`, at.syntax));
}

function collect(fn: GateFunction, args: readonly Syntax[], at: { scope: Scope; check: Check<Syntax> }): Collected {
  const { scope, check } = at;
  const into: Collected = { values: [], nodes: [], numbers: [], warmUp: 0, valid: true };
  for (const [index, parameter] of fn.parameters.entries()) {
    const syntax = args[index] as Syntax;
    const arg = check(syntax, scope);
    if (parameter.kind === 'value') takeValue(into, arg, { syntax, scope });
    else if (parameter.kind === 'any') {
      if (arg.type === 'invalid') into.valid = false;
      else into.nodes.push(arg.node);
    } else {
      const number = fixedNumber(arg, parameter, { syntax, scope });
      if (number === null) into.valid = false;
      else into.numbers.push(number);
    }
  }
  return into;
}

function sharedUnit(values: readonly CheckedNumber[]): Unit | null {
  let unit: Unit | null = values[0]?.unit ?? 'number';
  for (const value of values) unit = unit === null ? null : commonUnit(unit, value.unit);
  return unit;
}

function resultUnit(fn: GateFunction, shared: Unit): Unit {
  if (fn.unit === 'same') return shared;
  return fn.unit === 'difference' ? differenceUnit(shared) : fn.unit;
}

function remembers(fn: GateFunction): boolean {
  return fn.anchor !== 'bar' && fn.result === 'number';
}

function buildCall(fn: GateFunction, syntax: CallSyntax, at: { scope: Scope; into: Collected }): Checked {
  const { scope, into } = at;
  const unit = sharedUnit(into.values);
  if (unit === null) {
    const units = into.values.map((value) => wordsOf(value.unit)).join(' and ');
    scope.problems.push(new ExpressionError('unit', `${fn.name} needs values of one unit, found ${units}`, syntax));
    return INVALID;
  }
  if (remembers(fn) && into.nodes.some((node) => scope.graph.isLocal(node))) {
    const message = `${fn.name} needs a series of the market; captured values, regime figures and levels have no history`;
    scope.problems.push(new ExpressionError('argument', message, syntax));
    return INVALID;
  }
  const node = fn.build({ graph: scope.graph, nodes: into.nodes, numbers: into.numbers });
  const warmUp = into.warmUp + fn.warmUp(into.numbers);
  if (fn.result === 'boolean') return { type: 'boolean', node, facts: [], vacuous: false, warmUp };
  const range = fn.range(into.values.map((value) => value.range));
  return { type: 'number', node, unit: resultUnit(fn, unit), range, warmUp };
}

/** Checks a call: the function exists, has as many arguments, of the right kinds, in like units. */
export function checkCall(syntax: CallSyntax, scope: Scope, check: Check<Syntax>): Checked {
  const fn = functionNamed(syntax.name);
  if (fn === undefined) {
    const hint = didYouMean(
      syntax.name,
      FUNCTIONS.map((f) => f.name),
    );
    scope.problems.push(new ExpressionError('unknown-name', `unknown function "${syntax.name}"${hint}`, syntax));
    return INVALID;
  }
  if (syntax.args.length !== fn.parameters.length) {
    const message = `${signature(fn)} takes ${fn.parameters.length} arguments, found ${syntax.args.length}`;
    scope.problems.push(new ExpressionError('argument', message, syntax));
    return INVALID;
  }
  const into = collect(fn, syntax.args, { scope, check });
  return into.valid ? buildCall(fn, syntax, { scope, into }) : INVALID;
}
