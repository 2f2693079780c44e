import type { GateProblem, GateSource } from '../gate-file/gate-problem.js';
import type { GateFile } from '../gate-file/gate-schema.js';
import type { Graph } from '../graph/graph.js';
import { findContradictions, type PlacedFact } from '../language/fact.js';
import { pathText } from '../gate-file/json-position.js';
import type { GateProfile } from '../signal-source.js';
import type { CompiledCondition, CompiledGate, CompiledPhase } from './compiled-gate.js';
import { ExpressionCompiler, type ParameterValues } from './expression-compiler.js';

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

function stepsOf(moneyness: string): number {
  const distance = Number(moneyness.slice(3));
  return moneyness.startsWith('ITM') ? -distance : distance;
}

function profileOf(file: GateFile): GateProfile {
  const { id, bias, option, exits, priority, session } = file;
  return {
    id,
    bias,
    option: { steps: stepsOf(option.moneyness), expiry: option.expiry },
    timeExitMinutes: exits.timeMinutes,
    breakEvenAt: exits.breakEvenAt,
    priority,
    entryFromMinute: minuteOf(session.entryFrom),
    entryToMinute: minuteOf(session.entryTo),
    execution: file.execution ?? null,
  };
}

function compilePhases(file: GateFile, compiler: ExpressionCompiler): CompiledPhase[] {
  return file.phases.map((phase, index) => {
    const path = ['phases', index];
    const when = phase.when.map((text, at) => compiler.condition(text, [...path, 'when', at]));
    const captures = Object.entries(phase.capture ?? {}).map(([name, text]) => ({
      name,
      node: compiler.capture(name, text, [...path, 'capture', name]),
    }));
    return {
      id: phase.id,
      when,
      captures,
      timeoutBars: phase.timeout?.bars ?? 0,
      timeoutMinutes: phase.timeout?.minutes ?? 0,
      sameBar: phase.sameBar ?? false,
    };
  });
}

function compileLevels(file: GateFile, compiler: ExpressionCompiler): CompiledGate['levels'] {
  const { entry, stop, target } = file.levels;
  return {
    entry: compiler.level(entry, ['levels', 'entry'], [])?.node ?? 0,
    stop: compiler.level(stop, ['levels', 'stop'], ['entry'])?.node ?? 0,
    target: compiler.level(target, ['levels', 'target'], ['entry', 'stop', 'risk'])?.node ?? 0,
  };
}

function placed(conditions: readonly CompiledCondition[]): PlacedFact[] {
  return conditions.flatMap(({ facts, path, text }) => facts.map((fact) => ({ fact, path: pathText(path), text })));
}

// The filter is asked again at the trigger, so the first and the last phase must be possible together with it.
function contradictions(
  gate: { filter: readonly CompiledCondition[]; phases: readonly CompiledPhase[] },
  source: GateSource,
): GateProblem[] {
  const problems = new Map<string, GateProblem>();
  for (const [index, phase] of gate.phases.entries()) {
    const isGuarded = index === 0 || index === gate.phases.length - 1;
    const facts = placed(isGuarded ? [...gate.filter, ...phase.when] : phase.when);
    for (const { earlier, later } of findContradictions(facts)) {
      const at = [...gate.filter, ...phase.when].find((c) => pathText(c.path) === later.path);
      const message = `can never be true together with "${earlier.text}" (${earlier.path})`;
      const offset = later.fact.span.at;
      if (at !== undefined)
        problems.set(later.path, source.problem({ path: at.path, rule: 'contradiction', message, offset }));
    }
  }
  return [...problems.values()];
}

function structureProblems(file: GateFile, source: GateSource): GateProblem[] {
  const problems: GateProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string): void => {
    problems.push(source.problem({ path, rule: 'structure', message }));
  };
  const ids = new Set<string>();
  for (const [index, phase] of file.phases.entries()) {
    if (ids.has(phase.id)) report(['phases', index, 'id'], `expected every phase id once, found "${phase.id}" again`);
    ids.add(phase.id);
    if (index === 0 && phase.timeout !== undefined)
      report(['phases', 0, 'timeout'], 'the first phase waits as long as it takes: a timeout has no meaning here');
    if (index === 0 && phase.sameBar === true)
      report(['phases', 0, 'sameBar'], 'the first phase has no phase before it on the same bar');
    if (index > 0 && phase.timeout === undefined)
      report(['phases', index], `phase ${phase.id} needs a timeout in bars or minutes: nothing waits for ever`);
  }
  const { entryFrom, entryTo } = file.session;
  if (minuteOf(entryFrom) >= minuteOf(entryTo))
    report(['session', 'entryTo'], `expected a time after ${entryFrom}, found ${entryTo}`);
  if (!Object.values(file.regimes).some((regime) => regime.allow))
    report(['regimes'], 'expected at least one regime that allows entries');
  for (const [name, { value, min, max }] of Object.entries(file.params ?? {}))
    if (!(min <= value && value <= max))
      report(['params', name, 'value'], `expected a value from ${min} to ${max}, found ${value}`);
  return problems;
}

function duplicateCaptures(file: GateFile, source: GateSource): GateProblem[] {
  const seen = new Set<string>();
  const problems: GateProblem[] = [];
  for (const [index, phase] of file.phases.entries()) {
    for (const name of Object.keys(phase.capture ?? {})) {
      const path = ['phases', index, 'capture', name];
      if (seen.has(name))
        problems.push(source.problem({ path, rule: 'structure', message: `"${name}" is captured twice` }));
      seen.add(name);
    }
  }
  return problems;
}

/** Compiles one gate into the shared graph; the gate is usable only when `problems` is empty. */
export function compileGate(
  source: GateSource,
  file: GateFile,
  into: { graph: Graph; values: ParameterValues },
): { gate: CompiledGate; problems: readonly GateProblem[] } {
  const compiler = new ExpressionCompiler(source, file, into);
  const filter = file.filter.map((text, at) => compiler.condition(text, ['filter', at]));
  const phases = compilePhases(file, compiler);
  const levels = compileLevels(file, compiler);
  const captured = file.phases.flatMap((phase) => Object.keys(phase.capture ?? {}));
  const gate: CompiledGate = {
    profile: profileOf(file),
    file,
    source,
    filter,
    phases,
    levels,
    warmUpBars: compiler.warmUpBars,
    unusedParams: Object.keys(file.params ?? {}).filter((name) => !compiler.usedParams.has(name)),
    unusedCaptures: captured.filter((name) => !compiler.usedCaptures.has(name)),
  };
  const problems = [
    ...compiler.problems,
    ...contradictions(gate, source),
    ...structureProblems(file, source),
    ...duplicateCaptures(file, source),
  ];
  return { gate, problems };
}
