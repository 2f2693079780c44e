import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError, parseIstDate } from '@sos/domain';
import { runImport } from '@sos/market-data';
import { parseUnderlying } from '@sos/symbol-master';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { printFailure } from '../failure/print-failure.js';
import { startProgress } from '../terminal/progress.js';
import { importResult, type ImportResult } from './import-result.js';
import { importSummaryText } from './import-summary-text.js';
import { storeSink } from './store-sink.js';

/** Options of `sos import` as given. */
export interface ImportOptions {
  readonly master?: string;
  readonly mapping?: string;
  readonly underlying?: string;
  readonly expiry?: string;
  readonly dataset?: string;
  readonly json?: boolean;
}

/** What to import. */
export interface ImportRequest extends ImportOptions {
  readonly kind: string;
  readonly path: string;
}

const MEGABYTE = 1_000_000;

function fileOf(option: string, cwd: string, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const file = path.resolve(cwd, given);
  if (existsSync(file)) return file;
  throw new AppError('SOS_INPUT', `expected a file after ${option}, found nothing at "${given}"`);
}

/** Checked before the database is started, so that a slip costs nothing. */
function readerOptions(cwd: string, { master, mapping, underlying, expiry }: ImportRequest) {
  return {
    master: fileOf('--master', cwd, master),
    mapping: fileOf('--mapping', cwd, mapping),
    underlying: underlying === undefined ? undefined : parseUnderlying(underlying),
    expiry: expiry === undefined ? undefined : parseIstDate(expiry),
  };
}

async function read(context: CommandContext, request: ImportRequest): Promise<ImportResult> {
  const { io } = context;
  const options = readerOptions(io.cwd, request);
  return withStore(context, async (store) => {
    const progress = await startProgress(io, 'Import (MB)');
    const sink = storeSink(store);
    try {
      const summary = await runImport({
        kind: request.kind,
        ...(request.path === '-' ? { path: '-', input: io.input } : { path: path.resolve(io.cwd, request.path) }),
        sink,
        ...(request.dataset === undefined ? {} : { dataset: request.dataset }),
        options,
        onProgress: (p) => {
          const detail = `${p.unitsDone} of ${p.unitsTotal}: ${p.unit}`;
          progress.update(Math.round(p.bytesDone / MEGABYTE), Math.max(1, Math.round(p.bytesTotal / MEGABYTE)), detail);
        },
      });
      return importResult(summary, sink.leftOut);
    } finally {
      progress.stop();
    }
  });
}

/** `sos import`: what could be read is kept; exit code 1 when a file was damaged. */
export async function importData(context: CommandContext, request: ImportRequest): Promise<void> {
  const summary = await read(context, request);
  if (request.json === true) {
    const failures = summary.failures.map((f) => ({ code: f.code, message: f.message, ...f.context }));
    context.print(JSON.stringify({ ...summary, failures }, null, 2));
  } else context.io.out.write(importSummaryText(summary, context.palette));
  for (const failure of summary.failures) printFailure(context.io, failure, context.settings.verbose);
  if (summary.failures.length > 0) context.exitWith(1);
}
