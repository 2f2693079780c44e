import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import { reportText } from '../render/report-text.js';
import type { Palette } from '../terminal/palette.js';
import { DOSSIER_FILE, type SourceFile } from './run-dossier.js';
import { runTables } from './run-tables.js';

/** A run to be written, with the settings that made it. */
export interface RunRecord {
  readonly result: RunResult;
  readonly report: Report;
  /** What was asked for, for `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What a reader must know before anything else, e.g. that data were missing. */
  readonly stamps?: readonly string[];
  /** The gate files and rows of law that decided it. */
  readonly gates?: readonly SourceFile[];
  readonly rules?: readonly SourceFile[];
}

const CHUNK_LINES = 4_000;

async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let chunk: string[] = [];
    for (const line of lines) {
      chunk.push(line);
      if (chunk.length < CHUNK_LINES) continue;
      await handle.write(chunk.join(''));
      chunk = [];
    }
    await handle.write(chunk.join(''));
    // The folder is renamed into place afterwards: what it holds must be on disk before it counts.
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

const json = (value: unknown): string[] => [`${JSON.stringify(value, null, 2)}\n`];

function documents(
  { result, report, config, stamps = [], gates = [], rules = [] }: RunRecord,
  plain: Palette,
): { file: string; lines: Iterable<string> }[] {
  const label = report.provenance.label;
  const { runId, source, dataHash, configHash, ledgerHash, rulebookVersion, engineVersion } = result;
  const hashes = { dataHash, configHash, ledgerHash, rulebookVersion, engineVersion };
  return [
    { file: 'config.json', lines: json({ runId, data: label ?? source, ...config, ...hashes }) },
    { file: DOSSIER_FILE, lines: json({ runId, data: label ?? source, config, gates, rules, stamps }) },
    { file: 'report.json', lines: json({ data: label ?? source, stamps, ...report }) },
    { file: 'report.txt', lines: [reportText(report, plain, { stamps })] },
    { file: 'trades.json', lines: json({ runId, data: label ?? source, trades: result.trades }) },
  ];
}

/**
 * Writes `<runs>/<run id>/` so that it is either whole or absent: into a partial folder first, renamed at the end.
 * @param between work that must also succeed before the run counts (the database)
 * @returns the folder
 */
export async function writeRunFolder(
  runsDir: string,
  record: RunRecord,
  options: { readonly plain: Palette; readonly between: () => Promise<void> },
): Promise<string> {
  const { runId } = record.result;
  const partial = path.join(runsDir, `.partial-${runId}`);
  const folder = path.join(runsDir, runId);
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const tables = runTables(record.result, record.report).map(({ file, lines }) => ({ file, lines: lines() }));
    const files = [...tables, ...documents(record, options.plain)];
    await Promise.all(files.map(({ file, lines }) => writeLines(path.join(partial, file), lines)));
    await options.between();
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return folder;
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}
