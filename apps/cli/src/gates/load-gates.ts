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

/**
 * Compiles the gates of the strategies folder.
 * @param ids comma-separated gate ids; undefined = all
 * @throws SOS_UNKNOWN_GATE, SOS_GATE_INVALID when any file has an error: a run never silently leaves a gate out
 */
export async function loadGates(context: CommandContext, ids?: string): Promise<LoadedGates> {
  const all = await readGateFiles(context.settings.strategiesDir, context.io.cwd);
  const wanted = ids === undefined ? null : parseList(ids);
  if (wanted?.length === 0) throw new AppError('SOS_INPUT', 'expected gate ids after --gates, found none');
  const files = wanted === null ? all : chosen(all, wanted);
  const { gates, problems } = compileGates(files);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw gateProblemsError(errors);
  return { compiled: gates, files };
}
