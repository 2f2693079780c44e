import path from 'node:path';
import { runImport, type ImportSummary } from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { printFailure } from '../failure/print-failure.js';
import { startProgress } from '../terminal/progress.js';
import { importSummaryText } from './import-summary-text.js';
import { storeSink } from './store-sink.js';

/** Options of `sos import` as given. */
export interface ImportOptions {
  readonly master?: string;
  readonly dataset?: string;
  readonly json?: boolean;
}

/** What to import. */
export interface ImportRequest extends ImportOptions {
  readonly kind: string;
  readonly path: string;
}

const MEGABYTE = 1_000_000;

async function read(context: CommandContext, request: ImportRequest): Promise<ImportSummary> {
  const { io } = context;
  const master = request.master === undefined ? undefined : path.resolve(io.cwd, request.master);
  return withStore(context, async (store) => {
    const progress = await startProgress(io, 'Import (MB)');
    try {
      return await runImport({
        kind: request.kind,
        path: path.resolve(io.cwd, request.path),
        sink: storeSink(store),
        ...(request.dataset === undefined ? {} : { dataset: request.dataset }),
        options: { master },
        onProgress: (p) => {
          const detail = `${p.unitsDone} of ${p.unitsTotal}: ${p.unit}`;
          progress.update(Math.round(p.bytesDone / MEGABYTE), Math.max(1, Math.round(p.bytesTotal / MEGABYTE)), detail);
        },
      });
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
