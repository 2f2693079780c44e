import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { ChainSessions, sessionBatches } from './chain-sessions.js';
import { isRefused } from './refused-rows.js';
import { CHAIN_ENDINGS, chainFiles, readPages } from './page-files.js';

async function* readUnit(file: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const sessions = new ChainSessions();
  const { options, onBytes } = context;
  for (const one of file.paths)
    for await (const read of readPages({ variant: file.variant, file: one, options, onBytes })) {
      if (isRefused(read)) sessions.refuseRows(read);
      else sessions.add(read);
    }
  yield* sessionBatches(sessions);
  if (sessions.quarantined.length > 0) yield { type: 'quarantine', rows: sessions.quarantined };
  yield { type: 'read', rows: sessions.rows, repairs: sessions.repairs };
}

/** Recorded NSE option chains: parquet or CSV pages, or tables of quotes; one unit per underlying and session. */
export const nseChainImporter: Importer = {
  kind: 'nse-chain',
  describe:
    'recorded NSE option-chain pages (parquet, CSV, saved web tables, SQLite) or tables of option quotes (parquet)',
  revision: 2,
  endings: CHAIN_ENDINGS,
  async detect(target) {
    return (await chainFiles(target))[0]?.variant ?? null;
  },
  files: chainFiles,
  read: readUnit,
};
