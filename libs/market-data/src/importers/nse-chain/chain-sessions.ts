import type { EpochMs, IstDate, Underlying } from '@sos/domain';
import { lotSize, tickSize } from '@sos/rulebook';
import { indexContract } from '@sos/symbol-master';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import type { QuarantinedRows } from '../import-sink.js';
import type { ImportBatch } from '../importer.js';
import { barsOfSnapshots } from '../parity/bars-of-snapshots.js';
import { underlyingOfChains } from '../parity/underlying-of-chains.js';
import { sessionWindows } from '../session-windows.js';
import { admitPage } from './admit-page.js';
import { chainTapesOf, type TimedPage } from './chain-day.js';
import type { ChainPage } from './chain-page.js';
import type { RefusedRows } from './refused-rows.js';
import { pageGaps } from './page-gaps.js';

/** Pages of one unit, admitted to their sessions. */
export class ChainSessions {
  readonly pages = new Map<string, { underlying: Underlying; date: IstDate; pages: TimedPage[] }>();
  readonly quarantined: QuarantinedRows[] = [];
  readonly repairs: Tally<RepairReason> = {};
  rows = 0;
  private before: ChainPage | null = null;

  /** Takes the next page, in order of availability per underlying. */
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
    this.refuseNameless(page);
    session.pages.push({ page, eventTime, availableAt });
    this.pages.set(key, session);
  }

  /** Sets rows aside that their reader refused. */
  refuseRows({ refused, file, rows, sample }: RefusedRows): void {
    this.rows += rows;
    this.quarantined.push({ file, line: null, reason: refused, rows, sample });
  }

  /** Rows whose expiry or strike cannot be read are on no tape. */
  private refuseNameless(page: ChainPage): void {
    const rows = page.expiry.filter((expiry, row) => expiry === '' || !((page.strike[row] as number) > 0)).length;
    const sample = `${page.underlying} rows without a readable expiry or strike`;
    if (rows > 0) this.quarantined.push({ file: page.file, line: null, reason: 'unknown-contract', rows, sample });
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

/** The chains, derived underlyings and holes of all sessions; call once, at the end. */
export function* sessionBatches(sessions: ChainSessions): Generator<ImportBatch> {
  for (const { underlying, date, pages } of sessions.pages.values()) {
    const lot = (expiry: IstDate): number => lotSize(underlying, expiry, date);
    const tick = tickSize('option', underlying, date);
    const day = { underlying, date, pages, lotSize: lot, tickPaise: tick };
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
