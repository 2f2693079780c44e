import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';
import {
  formatProblem,
  gateJsonSchema,
  importSeedGate,
  remedyOf,
  type GateProblem,
  type SeedImport,
  type SeedRepair,
} from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { readGateFiles } from './read-gate-files.js';

/** Options of `sos gates import` as given. */
export interface ImportGatesOptions {
  readonly path: string;
  readonly to: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const SCHEMA_FILE = 'gate.schema.json';

interface Converted {
  readonly made: SeedImport;
  /** File to be written; null when the strategy could not be converted. */
  readonly target: string | null;
}

async function textAt(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

// A reader of the folder sees the old file or the new one, never half of one.
async function writeWhole(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  await writeFile(partial, text);
  await rename(partial, file);
}

function targetOf(made: SeedImport, folder: string): string | null {
  if (made.text === null || made.id === null) return null;
  return path.join(folder, `${made.id.toLowerCase().replaceAll('_', '-')}.json`);
}

function checkNames(converted: readonly Converted[]): void {
  const owners = new Map<string, string>();
  for (const { made, target } of converted) {
    if (target === null) continue;
    const other = owners.get(target);
    if (other !== undefined)
      throw new AppError('SOS_INPUT', `expected every gate once, found ${made.id} in ${other} and in ${made.file}`);
    owners.set(target, made.file);
  }
}

async function checkTargets(converted: readonly Converted[], force: boolean): Promise<void> {
  for (const { made, target } of converted) {
    const there = target === null || force ? null : await textAt(target);
    if (there !== null && there !== made.text)
      throw new AppError(
        'SOS_INPUT',
        `expected to write ${target}, found another gate there: use --force or another --to`,
      );
  }
}

const repairLine = ({ file, line, column, path: at, kind, message }: SeedRepair): string =>
  `${file}:${line}:${column} ${at}: ${message} [${kind}]`;

function printProblem({ print, palette }: CommandContext, problem: GateProblem): void {
  print((problem.severity === 'error' ? palette.error : palette.warning)(formatProblem(problem)));
  if (problem.severity === 'warning') print(palette.faint(`    remedy: ${remedyOf(problem)}`));
}

function show(context: CommandContext, converted: readonly Converted[], folder: string): void {
  for (const { made, target } of converted) {
    context.print(`${made.file} → ${target === null ? 'not written' : (made.id ?? '')}`);
    for (const repair of made.repairs) context.print(context.palette.faint(`  repaired ${repairLine(repair)}`));
    for (const problem of made.problems) printProblem(context, problem);
  }
  const written = converted.filter(({ target }) => target !== null).length;
  const repairs = converted.reduce((sum, { made }) => sum + made.repairs.length, 0);
  context.print(`${written} of ${converted.length} strategies written to ${folder}, ${repairs} repairs`);
}

/** `sos gates import`: converts strategy files of the first seed; a file that cannot be converted whole is not written, and the exit code is then 2. */
export async function importGates(context: CommandContext, options: ImportGatesOptions): Promise<void> {
  const { cwd } = context.io;
  const folder = path.resolve(cwd, options.to);
  const files = await readGateFiles(path.resolve(cwd, options.path), cwd);
  const converted = files.map((file): Converted => {
    const made = importSeedGate(file, { schema: `./${SCHEMA_FILE}` });
    return { made, target: targetOf(made, folder) };
  });
  checkNames(converted);
  await checkTargets(converted, options.force === true);
  const written = converted.filter(({ target }) => target !== null);
  if (written.length > 0) {
    await mkdir(folder, { recursive: true });
    await writeWhole(path.join(folder, SCHEMA_FILE), `${JSON.stringify(gateJsonSchema(), null, 2)}\n`);
  }
  for (const { made, target } of written) await writeWhole(target ?? '', made.text ?? '');
  if (written.length < converted.length) context.exitWith(2);
  if (options.json !== true) return show(context, converted, folder);
  const told = converted.map(({ made: { file, id, repairs, problems }, target }) => ({
    file,
    id,
    written: target,
    repairs,
    problems,
  }));
  context.print(JSON.stringify({ folder, strategies: told }, null, 2));
}
