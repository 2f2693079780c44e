import path from 'node:path';
import { compileGates, formatProblem } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { readGateFiles } from './read-gate-files.js';

export interface ValidateOptions {
  readonly path: string | undefined;
  readonly json?: boolean;
}

/** `sos gates validate`: every problem of every file with its place; exit code 2 when a file has an error. */
export async function validateGates(context: CommandContext, options: ValidateOptions): Promise<void> {
  const { io, settings, palette } = context;
  const target = options.path === undefined ? settings.strategiesDir : path.resolve(io.cwd, options.path);
  const files = await readGateFiles(target, io.cwd);
  const { gates, problems } = compileGates(files);
  const errors = problems.filter((p) => p.severity === 'error').length;
  if (errors > 0) context.exitWith(2);
  const broken = new Set(problems.filter((p) => p.severity === 'error').map((p) => p.file)).size;
  if (options.json === true) {
    context.print(JSON.stringify({ files: files.length, valid: gates.gates.length, broken, problems }, null, 2));
    return;
  }
  for (const p of problems)
    context.print(p.severity === 'error' ? palette.error(formatProblem(p)) : palette.warning(formatProblem(p)));
  const warnings = problems.length - errors;
  context.print(
    `${files.length} files: ${files.length - broken} valid, ${broken} broken (${errors} errors, ${warnings} warnings)`,
  );
}
