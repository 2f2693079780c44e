import type { GateProblem, GateSource } from '../gate-file/gate-problem.js';
import type { GateFile } from '../gate-file/gate-schema.js';
import type { Graph } from '../graph/graph.js';
import { checkExpression } from '../language/check-expression.js';
import { INVALID, type Checked, type CheckedNumber } from '../language/checked.js';
import { ExpressionError } from '../language/expression-error.js';
import { parseExpression } from '../language/parse-expression.js';
import type { LevelName, Scope, ScopeParameter } from '../language/scope.js';
import { wordsOf } from '../language/units.js';
import type { CompiledCondition } from './compiled-gate.js';

export type ParameterValues = Readonly<Record<string, number>>;

function scopeParameters(file: GateFile, values: ParameterValues): Map<string, ScopeParameter> {
  const entries = Object.entries(file.params ?? {});
  return new Map(
    entries.map(([name, param]) => {
      const value = values[name] ?? param.value;
      return [name, { value, unit: param.unit, range: { low: param.min, high: param.max } }];
    }),
  );
}

/** Compiles the expressions of one gate in the order in which they are evaluated, collecting every problem with its place. */
export class ExpressionCompiler {
  readonly problems: GateProblem[] = [];
  warmUpBars = 0;
  readonly #source: GateSource;
  readonly #scope: Scope;
  readonly #captured = new Map<string, Checked>();

  constructor(source: GateSource, file: GateFile, { graph, values }: { graph: Graph; values: ParameterValues }) {
    this.#source = source;
    this.#scope = {
      gate: file.id,
      graph,
      params: scopeParameters(file, values),
      captured: this.#captured,
      capturedAnywhere: new Set(file.phases.flatMap((phase) => Object.keys(phase.capture ?? {}))),
      levels: new Set(),
      trusted: false,
      problems: [],
      usedParams: new Set(),
      usedCaptures: new Set(),
    };
  }

  get usedParams(): ReadonlySet<string> {
    return this.#scope.usedParams;
  }

  get usedCaptures(): ReadonlySet<string> {
    return this.#scope.usedCaptures;
  }

  condition(text: string, path: readonly PropertyKey[]): CompiledCondition {
    const checked = this.#check(text, path, new Set());
    if (checked.type === 'boolean') {
      const { node, facts, vacuous } = checked;
      return { text, path, node, facts, vacuous };
    }
    if (checked.type !== 'invalid')
      this.#report({ path, rule: 'type', message: `expected a condition, found a ${checked.type}` });
    return { text, path, node: 0, facts: [], vacuous: false };
  }

  capture(name: string, text: string, path: readonly PropertyKey[]): number {
    const checked = this.#check(text, path, new Set());
    this.#captured.set(name, this.#asLocal(name, checked, path));
    return checked.type === 'invalid' ? 0 : checked.node;
  }

  level(text: string, path: readonly PropertyKey[], known: readonly LevelName[]): CheckedNumber | null {
    const checked = this.#check(text, path, new Set(known));
    if (checked.type === 'invalid') return null;
    if (checked.type === 'number' && (checked.unit === 'price' || checked.unit === 'literal')) return checked;
    const found = checked.type === 'number' ? wordsOf(checked.unit) : `a ${checked.type}`;
    this.#report({ path, rule: 'unit', message: `expected a price level, found ${found}` });
    return null;
  }

  #asLocal(name: string, checked: Checked, path: readonly PropertyKey[]): Checked {
    if (checked.type === 'invalid') return INVALID;
    const { graph, gate } = this.#scope;
    const node = graph.local(gate, `captured.${name}`);
    if (checked.type === 'boolean') {
      this.#report({ path, rule: 'type', message: 'expected a number or a label to capture, found a condition' });
      return INVALID;
    }
    return { ...checked, node };
  }

  #check(text: string, path: readonly PropertyKey[], levels: ReadonlySet<LevelName>): Checked {
    const problems: ExpressionError[] = [];
    const scope: Scope = { ...this.#scope, levels, problems };
    const checked = this.#parseAndCheck(text, scope);
    problems.sort((a, b) => a.span.at - b.span.at);
    for (const problem of problems)
      this.#report({ path, rule: problem.fault, message: problem.message, offset: problem.span.at });
    if (checked.type !== 'invalid') this.warmUpBars = Math.max(this.warmUpBars, checked.warmUp);
    return checked;
  }

  #parseAndCheck(text: string, scope: Scope): Checked {
    try {
      return checkExpression(parseExpression(text), scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      scope.problems.push(error);
      return INVALID;
    }
  }

  #report(problem: Parameters<GateSource['problem']>[0]): void {
    this.problems.push(this.#source.problem(problem));
  }
}
