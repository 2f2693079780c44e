import path from 'node:path';
import { isAppError, type AppError } from '@sos/domain';
import { mergeInto, totalOf } from './faults.js';
import { dataFiles, datasetFolder } from './files/data-files.js';
import { hashFiles } from './files/hash-files.js';
import { spool } from './files/spool.js';
import type { ImportSink, ImportTransaction, ImportUnit, QuarantinedRows } from './import-sink.js';
import { SummaryBuilder, type ImportSummary } from './import-summary.js';
import { importerFor, knownImporter } from './importers.js';
import type { ImportBatch, Importer, ImportFile, ImportOptions } from './importer.js';

/** How far an import is. */
export interface ImportProgress {
  /** Unit being worked on. */
  readonly unit: string;
  readonly unitsDone: number;
  readonly unitsTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** What to import, and where to. */
export interface ImportRequest {
  readonly kind: string;
  readonly path: string;
  readonly sink: ImportSink;
  /** With the path `-`: the text or bytes to read, as they come (`process.stdin`). Needs `dataset` or takes the kind as its name. */
  readonly input?: AsyncIterable<string | Uint8Array>;
  /** Name under which the data is kept; default: the name of its folder. */
  readonly dataset?: string;
  readonly options?: ImportOptions;
  /** Called after each unit. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops between two pieces of data; the unit being written is rolled back. */
  readonly signal?: AbortSignal;
}

/** The path that means standard input. */
const STREAM_PATH = '-';

interface Hashed {
  readonly file: ImportFile;
  readonly unit: ImportUnit;
}

class ImportRun {
  readonly importer: Importer;
  readonly request: ImportRequest;
  readonly dataset: string;
  readonly total = new SummaryBuilder();
  readonly failures: AppError[] = [];
  readonly counts = { total: 0, imported: 0, skipped: 0, failed: 0 };
  private bytesDone = 0;
  private bytesTotal = 0;

  constructor(importer: Importer, request: ImportRequest, dataset: string) {
    this.importer = importer;
    this.request = request;
    this.dataset = dataset;
  }

  async run(): Promise<ImportSummary> {
    const files = await this.importer.files(this.request.path, this.request.options);
    const units: Hashed[] = [];
    for (const file of files) units.push(await this.hashed(file));
    this.counts.total = units.length;
    this.bytesTotal = units.reduce((sum, { unit }) => sum + unit.size, 0);
    for (const hashed of units) await this.unit(hashed);
    const { importer, dataset, counts, failures, total } = this;
    return {
      kind: importer.kind,
      dataset,
      variants: [...new Set(files.map((file) => file.variant))].sort(),
      units: counts,
      rowsRead: total.rowsRead,
      written: total.written,
      rows: total.rows,
      repaired: total.repaired,
      quarantined: total.quarantined,
      gaps: total.gaps,
      ignored: await this.ignored(files),
      failures,
    };
  }

  private async ignored(files: readonly ImportFile[]): Promise<string[]> {
    const used = new Set(files.flatMap((file) => file.paths));
    const present = await dataFiles(this.request.path, this.importer.endings);
    return present.filter((file) => !used.has(file)).map((file) => path.basename(file));
  }

  private async hashed(file: ImportFile): Promise<Hashed> {
    this.request.signal?.throwIfAborted();
    const { importer } = this;
    const references = (await importer.references?.(file, this.request.options ?? {})) ?? [];
    const { sha256, size } = await hashFiles(file.paths, references);
    const name = `${this.dataset}/${file.name}`;
    return { file, unit: { kind: importer.kind, name, size, sha256, revision: importer.revision } };
  }

  private progress(unit: string): void {
    const { bytesDone, bytesTotal, counts } = this;
    const unitsDone = counts.imported + counts.skipped + counts.failed;
    this.request.onProgress?.({ unit, unitsDone, unitsTotal: counts.total, bytesDone, bytesTotal });
  }

  /** One unit; a damaged file among others is reported and left out, and the others are written without it. */
  private async unit(hashed: Hashed): Promise<void> {
    const { file, unit } = hashed;
    const { sink } = this.request;
    const begun = this.bytesDone;
    this.progress(unit.name);
    if (await sink.isImported(unit)) this.counts.skipped++;
    else {
      try {
        await this.write(hashed);
        this.counts.imported++;
      } catch (error) {
        const damaged = this.damagedFile(error, file);
        const rest = file.paths.filter((one) => one !== damaged);
        if (rest.length > 0) {
          this.bytesDone = begun;
          return this.unit(await this.hashed({ ...file, paths: rest }));
        }
        this.counts.failed++;
      }
    }
    this.bytesDone = begun + unit.size;
    this.progress(unit.name);
  }

  /** The file of a unit that an error names; every other error ends the import. */
  private damagedFile(error: unknown, unit: ImportFile): string {
    const file = isAppError(error) && error.code === 'SOS_DATA_CORRUPT' ? error.context['file'] : null;
    if (!isAppError(error) || typeof file !== 'string' || !unit.paths.includes(file)) throw error;
    this.failures.push(error);
    return file;
  }

  private async write({ file, unit }: Hashed): Promise<void> {
    const summary = new SummaryBuilder();
    const context = {
      options: this.request.options ?? {},
      onBytes: (bytes: number) => {
        this.bytesDone += bytes;
        this.progress(unit.name);
      },
    };
    await this.request.sink.importUnit(unit, async (transaction) => {
      for await (const batch of this.importer.read(file, context)) {
        this.request.signal?.throwIfAborted();
        await this.apply(batch, transaction, summary);
      }
    });
    this.total.merge(summary);
  }

  private async setAside(rows: QuarantinedRows, to: ImportTransaction, summary: SummaryBuilder): Promise<void> {
    summary.addQuarantine(rows);
    await to.quarantine({ ...rows, file: path.basename(rows.file) });
  }

  private async writeStats(
    { file, stats }: Extract<ImportBatch, { type: 'stats' }>,
    to: ImportTransaction,
    summary: SummaryBuilder,
  ): Promise<void> {
    if (to.marketStats) {
      summary.addWrite(await to.marketStats(stats, this.dataset));
      summary.written.statRows += stats.length;
      return;
    }
    const sample = `${stats.underlying} put-call ratio and spot`;
    await this.setAside({ file, line: null, reason: 'no-place', rows: stats.length, sample }, to, summary);
  }

  private async apply(batch: ImportBatch, to: ImportTransaction, summary: SummaryBuilder): Promise<void> {
    switch (batch.type) {
      case 'candles':
        summary.addWrite(await to.candles(batch, this.dataset));
        summary.written[batch.source === 'derived' ? 'derivedBars' : 'bars'] += batch.bars.length;
        break;
      case 'option-series':
        summary.addWrite(await to.optionSeries(batch.series, this.dataset));
        summary.written.optionBars += batch.series.reduce((sum, series) => sum + series.length, 0);
        break;
      case 'chains':
        summary.addWrite(await to.chains(batch.tapes, this.dataset));
        summary.written.chainRows += batch.rows;
        break;
      case 'stats':
        await this.writeStats(batch, to, summary);
        break;
      case 'quarantine':
        for (const rows of batch.rows) await this.setAside(rows, to, summary);
        break;
      case 'read':
        summary.rowsRead += batch.rows;
        mergeInto(summary.repaired, batch.repairs);
        to.count({ read: batch.rows, repaired: totalOf(batch.repairs), gaps: 0 });
        break;
      case 'gaps':
        summary.gaps.push(...batch.gaps);
        to.count({ read: 0, repaired: 0, gaps: batch.gaps.length });
        break;
    }
  }
}

/** A request for what comes in by a stream, turned into one for a file. */
async function spooledImport(
  request: ImportRequest,
  input: AsyncIterable<string | Uint8Array>,
): Promise<ImportSummary> {
  const ending = knownImporter(request.kind).endings[0] ?? '';
  const spooled = await spool(input, ending);
  try {
    return await runImport({ ...request, path: spooled.folder, dataset: request.dataset ?? request.kind });
  } finally {
    await spooled.remove();
  }
}

/**
 * Imports what a file, a folder or a stream (path `-` with `input`) holds: each unit in one transaction, units that are already there skipped,
 * damaged files reported and left out. Killed at any moment and run again, it ends with the same rows.
 * @throws SOS_INPUT for an unknown kind, a missing path, or data of another kind; whatever the sink throws
 */
export async function runImport(request: ImportRequest): Promise<ImportSummary> {
  if (request.path === STREAM_PATH && request.input) return spooledImport(request, request.input);
  const importer = await importerFor(request.kind, request.path, request.options);
  const dataset = request.dataset ?? path.basename(await datasetFolder(request.path));
  return new ImportRun(importer, request, dataset).run();
}
