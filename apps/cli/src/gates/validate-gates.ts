import path from 'node:path';
import { compileGates, formatProblem, lintGates, remedyOf, type GateProblem } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { readGateFiles } from './read-gate-files.js';

export interface ValidateOptions {
  readonly path: string | undefined;
  readonly json?: boolean;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(problems: readonly GateProblem[]): GateProblem[] {
  return [...problems].sort((a, b) => byText(a.file, b.file) || a.line - b.line || a.column - b.column);
}

/** `sos gates validate`: every problem of every file with its place, and what is legal but cannot be meant as warnings; exit code 2 when a file has an error. */
export async function validateGates(context: CommandContext, options: ValidateOptions): Promise<void> {
  const { io, settings, palette } = context;
  const target = options.path === undefined ? settings.strategiesDir : path.resolve(io.cwd, options.path);
  const files = await readGateFiles(target, io.cwd);
  const { gates, problems: defects } = compileGates(files);
  const problems = inOrder([...defects, ...lintGates(gates)]);
  const errors = problems.filter((p) => p.severity === 'error').length;
  if (errors > 0) context.exitWith(2);
  const broken = new Set(problems.filter((p) => p.severity === 'error').map((p) => p.file)).size;
  if (options.json === true) {
    const told = problems.map((problem) => ({ ...problem, remedy: remedyOf(problem) }));
    context.print(JSON.stringify({ files: files.length, valid: gates.gates.length, broken, problems: told }, null, 2));
    return;
  }
  for (const p of problems) {
    context.print(p.severity === 'error' ? palette.error(formatProblem(p)) : palette.warning(formatProblem(p)));
    context.print(palette.faint(`    remedy: ${remedyOf(p)}`));
  }
  const warnings = problems.length - errors;
  context.print(
    `${files.length} files: ${files.length - broken} valid, ${broken} broken (${errors} errors, ${warnings} warnings)`,
  );
}
