import { AppError, didYouMean } from '@sos/domain';
import { compileGates, gateProblemsError, type CompiledGates } from '@sos/gates';
import { parseList } from '../options/lists.js';
import type { CommandContext } from '../commands/command-context.js';
import { readGateFiles, type GateFileText } from './read-gate-files.js';

/** The gates of a run: compiled, and as text for the record. */
export interface LoadedGates {
  readonly compiled: CompiledGates;
  readonly files: readonly GateFileText[];
}

function idOf(text: string): string {
  return /"id"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? '';
}

function chosen(files: readonly GateFileText[], wanted: readonly string[]): GateFileText[] {
  const byId = new Map(files.map((f) => [idOf(f.text), f]));
  return wanted.map((id) => {
    const file = byId.get(id);
    if (file !== undefined) return file;
    throw new AppError('SOS_UNKNOWN_GATE', `expected the id of a gate, found "${id}"${didYouMean(id, byId.keys())}`);
  });
}

/** Which gates a command wants: ids, or all shipped ones, with or without the extras. */
export interface GateChoice {
  /** Comma-separated gate ids, extras among them. */
  readonly ids?: string | undefined;
  /** Also the gates of the `extras` folder (mirrors and variants). */
  readonly extras?: boolean | undefined;
}

const isExtra = (file: GateFileText): boolean => file.path.split(/[\\/]/).includes('extras');

function wantedFiles(all: readonly GateFileText[], choice: GateChoice): readonly GateFileText[] {
  if (choice.ids === undefined) return choice.extras === true ? all : all.filter((file) => !isExtra(file));
  const ids = parseList(choice.ids);
  if (ids.length === 0) throw new AppError('SOS_INPUT', 'expected gate ids after --gates, found none');
  return chosen(all, ids);
}

/**
 * Compiles gates of the strategies folder.
 * @throws SOS_UNKNOWN_GATE, SOS_GATE_INVALID when any file has an error: a run never silently leaves a gate out
 */
export async function loadGates(context: CommandContext, choice: GateChoice): Promise<LoadedGates> {
  const files = wantedFiles(await readGateFiles(context.settings.strategiesDir, context.io.cwd), choice);
  const { gates, problems } = compileGates(files);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw gateProblemsError(errors);
  return { compiled: gates, files };
}
