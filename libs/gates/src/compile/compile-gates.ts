import { Graph } from '../graph/graph.js';
import type { GateProblem } from '../gate-file/gate-problem.js';
import { readGate, type GateText } from '../gate-file/read-gate.js';
import { compileGate } from './compile-gate.js';
import type { CompiledGate, CompiledGates } from './compiled-gate.js';
import type { ParameterValues } from './expression-compiler.js';

/** How gate files are compiled. */
export interface CompileOptions {
  /** Values of parameters that differ from the files, by gate id: how a sweep makes variants. */
  readonly params?: Readonly<Record<string, ParameterValues>>;
}

/** The gates that compiled, and every problem of those that did not. */
export interface CompileResult {
  /** The gates without a problem, ready for `createSignalSource`. */
  readonly gates: CompiledGates;
  /** Every problem of every file; a file with one is not among `gates`. */
  readonly problems: readonly GateProblem[];
}

function byPriority(a: CompiledGate, b: CompiledGate): number {
  return b.profile.priority - a.profile.priority || (a.profile.id < b.profile.id ? -1 : 1);
}

function compileOne(
  text: GateText,
  into: { graph: Graph; options: CompileOptions },
): {
  gate: CompiledGate | null;
  problems: readonly GateProblem[];
} {
  const read = readGate(text);
  if (read.file === null) return { gate: null, problems: read.problems };
  const values = into.options.params?.[read.file.id] ?? {};
  const unknown = Object.keys(values).filter((name) => read.file.params?.[name] === undefined);
  const overrides = unknown.map((name) =>
    read.source.problem({
      path: ['params'],
      rule: 'unknown-name',
      message: `a value was given for the unknown parameter "${name}"`,
    }),
  );
  const { gate, problems } = compileGate(read.source, read.file, { graph: into.graph, values });
  return { gate, problems: [...read.problems, ...overrides, ...problems] };
}

/**
 * Compiles gate files: JSON, schema, names, types, units, possibility. Reads no file itself; nothing is thrown for a bad gate, every problem of every file is
 * returned with its place. All gates share one graph, in which each distinct sub-expression exists once.
 */
export function compileGates(files: readonly GateText[], options: CompileOptions = {}): CompileResult {
  const graph = new Graph();
  const gates: CompiledGate[] = [];
  const problems: GateProblem[] = [];
  const owners = new Map<string, string>();
  for (const file of files) {
    const compiled = compileOne(file, { graph, options });
    problems.push(...compiled.problems);
    if (compiled.gate === null) continue;
    const { id } = compiled.gate.profile;
    const owner = owners.get(id);
    if (owner !== undefined) {
      const message = `expected every gate id once, found "${id}" also in ${owner}`;
      problems.push(compiled.gate.source.problem({ path: ['id'], rule: 'structure', message }));
    }
    owners.set(id, file.path);
    if (owner === undefined && compiled.problems.length === 0) gates.push(compiled.gate);
  }
  gates.sort(byPriority);
  const warmUpBars = gates.reduce((most, gate) => Math.max(most, gate.warmUpBars), 0);
  return { gates: { graph, gates, warmUpBars }, problems };
}
