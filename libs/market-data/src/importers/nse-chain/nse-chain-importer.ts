import type { EpochMs, IstDate, Underlying } from '@sos/domain';
import { lotSize } from '@sos/rulebook';
import { indexContract } from '@sos/symbol-master';
import { stat } from 'node:fs/promises';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import type { QuarantinedRows } from '../import-sink.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { barsOfSnapshots } from '../parity/bars-of-snapshots.js';
import { underlyingOfChains } from '../parity/underlying-of-chains.js';
import { sessionWindows } from '../session-windows.js';
import { admitPage } from './admit-page.js';
import { chainTapesOf, type TimedPage } from './chain-day.js';
import type { ChainPage } from './chain-page.js';
import { pageGaps } from './page-gaps.js';
import { CHAIN_ENDINGS, chainFiles, readPages } from './page-files.js';

/** Pages of one unit, admitted to their sessions. */
class Sessions {
  readonly pages = new Map<string, { underlying: Underlying; date: IstDate; pages: TimedPage[] }>();
  readonly quarantined: QuarantinedRows[] = [];
  readonly repairs: Tally<RepairReason> = {};
  rows = 0;
  private before: ChainPage | null = null;

  add(page: ChainPage): void {
    this.rows += page.inputRows;
    const admission = admitPage(page, this.before);
    this.before = page;
    if ('refused' in admission) return this.refuse(page, admission.refused);
    const { date, eventTime, repairs } = admission;
    for (const reason of repairs) addTo(this.repairs, reason);
    const key = `${page.underlying} ${date}`;
    const session = this.pages.get(key) ?? { underlying: page.underlying, date, pages: [] };
    const last = session.pages.at(-1)?.availableAt ?? 0;
    // Two pages cannot become known at one instant; the later file follows by a millisecond.
    const availableAt = Math.max(admission.availableAt, last + 1) as EpochMs;
    session.pages.push({ page, eventTime, availableAt });
    this.pages.set(key, session);
  }

  private refuse(page: ChainPage, reason: QuarantineReason): void {
    const at = new Date(page.availableAt).toISOString();
    const sample = `${page.underlying} chain of ${page.inputRows} rows fetched ${at}`;
    this.quarantined.push({ file: page.file, line: null, reason, rows: page.inputRows, sample });
  }
}

function countRows(pages: readonly TimedPage[]): number {
  return pages.reduce((sum, { page }) => sum + page.inputRows, 0);
}

function* sessionBatches(sessions: Sessions): Generator<ImportBatch> {
  for (const { underlying, date, pages } of sessions.pages.values()) {
    const day = { underlying, date, pages, lotSize: (expiry: IstDate) => lotSize(underlying, expiry, date) };
    const tapes = chainTapesOf(day, sessions.repairs);
    const windows = sessionWindows(date);
    yield { type: 'chains', tapes, rows: countRows(pages) };
    const bars = barsOfSnapshots(underlyingOfChains(tapes, date), windows);
    const contract = indexContract(underlying);
    if (bars.length > 0) yield { type: 'candles', contract, minutes: 1, bars, source: 'derived', repaired: null };
    const times = pages.map(({ eventTime }) => eventTime);
    const gaps = pageGaps(`${underlying} chain`, times, windows);
    if (gaps.length > 0) yield { type: 'gaps', gaps };
  }
}

async function* readUnit(file: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const sessions = new Sessions();
  for (const one of file.paths) {
    const streamed = file.variant === 'page-csv';
    for await (const page of readPages(file.variant, one, streamed ? context.onBytes : () => undefined))
      sessions.add(page);
    if (!streamed) context.onBytes((await stat(one)).size);
  }
  yield* sessionBatches(sessions);
  if (sessions.quarantined.length > 0) yield { type: 'quarantine', rows: sessions.quarantined };
  yield { type: 'read', rows: sessions.rows, repairs: sessions.repairs };
}

/** Recorded NSE option chains: parquet or CSV pages, or tables of quotes; one unit per underlying and session. */
export const nseChainImporter: Importer = {
  kind: 'nse-chain',
  describe: 'recorded NSE option-chain pages (parquet, CSV) or tables of option quotes (parquet)',
  revision: 1,
  endings: CHAIN_ENDINGS,
  async detect(target) {
    return (await chainFiles(target))[0]?.variant ?? null;
  },
  files: chainFiles,
  read: readUnit,
};
