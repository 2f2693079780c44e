import { MS_PER_MINUTE, istDateOf, makeBarColumns, type BarColumns, type Contract, type EpochMs } from '@sos/domain';
import type { QuarantineReason } from '../../importers/faults.js';
import type { QuarantinedRows } from '../../importers/import-sink.js';
import type { ProvidedCandles } from '../provider.js';
import { sessionFault } from '../session-fault.js';
import type { CandleRow } from './upstox-client.js';

const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** What rows are mapped for. */
export interface CandleContext {
  readonly contract: Contract;
  /** Bars that close later are not finished. */
  readonly now: EpochMs;
  /** Name of the request, for quarantined rows. */
  readonly request: string;
  /** Only rows of this day: the intraday interface was seen to send others. */
  readonly only?: string;
}

interface DatedRow {
  readonly start: number;
  readonly row: CandleRow;
}

/** The start of a row's minute, NaN where it has no time with a zone. */
function startOf([stamp]: CandleRow): number {
  return ZONED.test(stamp) ? Date.parse(stamp) : Number.NaN;
}

function rowFault({ start, row }: DatedRow, contract: Contract): QuarantineReason | null {
  const [, open, high, low, close, volume, interest] = row;
  if (!Number.isFinite(start + open + high + low + close + volume + interest)) return 'bad-number';
  if (low <= 0) return 'bad-price';
  if (high < Math.max(open, close) || low > Math.min(open, close)) return 'ohlc-order';
  return sessionFault(start, contract);
}

function columnsOf(rows: readonly DatedRow[], contract: Contract): BarColumns {
  const bars = makeBarColumns(rows.length);
  rows.forEach(({ start, row: [, open, high, low, close, volume, interest] }, i) => {
    bars.time[i] = start + MS_PER_MINUTE;
    bars.open[i] = open;
    bars.high[i] = high;
    bars.low[i] = low;
    bars.close[i] = close;
    // An index is not traded: its 0 is no figure.
    if (contract.kind === 'index') return;
    bars.volume[i] = volume;
    bars.openInterest[i] = interest;
  });
  return bars;
}

/** Vendor rows, newest first and dated at their start, as finished bars dated at their close; what cannot be used is quarantined. */
export function mapCandles(rows: readonly CandleRow[], context: CandleContext): ProvidedCandles {
  const { contract, now, request, only } = context;
  const quarantined: QuarantinedRows[] = [];
  const kept: DatedRow[] = [];
  const dated = rows.map((row) => ({ start: startOf(row), row })).sort((a, b) => a.start - b.start);
  for (const item of dated) {
    const foreign = only !== undefined && Number.isFinite(item.start) && istDateOf(item.start as EpochMs) !== only;
    if (foreign || item.start + MS_PER_MINUTE > now) continue;
    const twin = kept.at(-1)?.start === item.start;
    const reason = rowFault(item, contract) ?? (twin ? 'duplicate-time' : null);
    if (reason === null) kept.push(item);
    else quarantined.push({ file: request, line: null, reason, rows: 1, sample: JSON.stringify(item.row) });
  }
  const bars = columnsOf(kept, contract);
  return { candles: { contract, minutes: 1, bars, source: 'recorded', repaired: null }, quarantined };
}
