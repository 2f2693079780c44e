import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '@sos/backtester';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { resolveRunId } from '../reporting/report.js';
import { readDossier, type RunDossier } from '../run-folder/run-dossier.js';

/** A run to be compared, with what made it where that is known. */
export interface Subject {
  readonly result: RunResult;
  readonly dossier: RunDossier | null;
}

function isFile(context: CommandContext, wanted: string): boolean {
  const file = path.resolve(context.io.cwd, wanted);
  return existsSync(file) && statSync(file).isFile();
}

function storedSubject(context: CommandContext, wanted: string): Promise<Subject> {
  return withStore(context, async (store) => {
    const result = await store.loadRun(await resolveRunId(store, wanted));
    return { result, dossier: await readDossier(context.settings.dataDir, result.runId) };
  });
}

/** A run by its id, the beginning of it, `latest`, or the file of its bundle. @throws SOS_UNKNOWN_RUN, and for bundles as `readBundle` */
export async function loadSubject(context: CommandContext, wanted: string): Promise<Subject> {
  if (!isFile(context, wanted)) return storedSubject(context, wanted);
  const { readBundle } = await import('../bundle/read-bundle.js');
  return readBundle(context, wanted);
}
