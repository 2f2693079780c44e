import { createHash } from 'node:crypto';
import type { BarColumns, Contract, IstDate } from '@sos/domain';
import type { ImportUnit, QuarantinedRows } from '../importers/import-sink.js';
import type { ImportGap } from '../importers/importer.js';
import type { SummaryBuilder } from '../importers/import-summary.js';
import type { IngestSource } from './ingest-source.js';
import type { AnsweredContractDay, IngestStore } from './ingest-store.js';
import type { DayRange } from './request-days.js';

// Raised when a rule of checking or mapping changes, so that the same answer counts as new.
const REVISION = 1;
const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;

/** Everything that one request of a provider brought. */
export interface ProviderAnswer {
  readonly source: IngestSource;
  readonly contract: Contract;
  readonly range: DayRange;
  readonly bars: BarColumns;
  readonly quarantined: readonly QuarantinedRows[];
  /** Days on which the provider has had its last word. */
  readonly answers: readonly AnsweredContractDay[];
  readonly gaps: readonly ImportGap[];
}

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

function unitOf({ source, contract, range, bars, quarantined, answers }: ProviderAnswer): ImportUnit {
  const hash = createHash('sha256');
  for (const name of COLUMNS) hash.update(bytesOf(bars[name].subarray(0, bars.length)));
  hash.update(JSON.stringify([quarantined, answers.map((a) => [a.day, a.answer])]));
  return {
    kind: `ingest-${source.provider.id}`,
    name: `${source.dataset}/${contract.id} ${range.from}..${range.to}`,
    size: bars.length * COLUMNS.length * Float64Array.BYTES_PER_ELEMENT,
    sha256: hash.digest('hex'),
    revision: REVISION,
  };
}

/** Writes an answer with its last words and refused rows, all of it or nothing; counts only what was written. */
export async function commitAnswer(store: IngestStore, answer: ProviderAnswer, summary: SummaryBuilder): Promise<void> {
  const { source, contract, bars, quarantined, answers, gaps } = answer;
  const { dataset } = source;
  await store.ingestUnit(unitOf(answer), async (tx) => {
    if (bars.length > 0)
      summary.addWrite(
        await tx.candles({ contract, minutes: 1, bars, source: source.source, repaired: null }, dataset),
      );
    for (const rows of quarantined) await tx.quarantine(rows);
    await tx.answered(answers, source);
    tx.count({ read: bars.length + quarantined.length, repaired: 0, gaps: gaps.length });
  });
  summary.rowsRead += bars.length + quarantined.length;
  summary.written[contract.kind === 'option' ? 'optionBars' : 'bars'] += bars.length;
  for (const rows of quarantined) summary.addQuarantine(rows);
  summary.gaps.push(...gaps);
}

/** Bars per day of an answer. */
export function barsByDay(bars: BarColumns, dayOf: (time: number) => IstDate): Map<IstDate, number> {
  const counts = new Map<IstDate, number>();
  for (let i = 0; i < bars.length; i++) {
    const day = dayOf(bars.time[i] as number);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}
