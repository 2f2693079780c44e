import { MS_PER_MINUTE, makeBarColumns, type BarColumns, type Contract } from '@sos/domain';
import type { QuarantineReason } from '../../importers/faults.js';
import type { QuarantinedRows } from '../../importers/import-sink.js';
import { isOhlc } from '../../importers/price-checks.js';
import type { ProvidedCandles } from '../provider.js';
import { sessionFault } from '../session-fault.js';
import type { TvRow } from './tradingview-schema.js';

/** What rows are mapped for. */
export interface BarContext {
  readonly contract: Contract;
  /** Bars that close later are not finished. */
  readonly finishedUntil: number;
  /** Name of the request, for quarantined rows. */
  readonly request: string;
}

const known = (value: number | null | undefined): number => value ?? Number.NaN;

function rowFault(row: TvRow, contract: Contract): QuarantineReason | null {
  const [time, open, high, low, close] = [row[0], known(row[1]), known(row[2]), known(row[3]), known(row[4])];
  if (!Number.isFinite(open + high + low + close) || (time * 1000) % MS_PER_MINUTE !== 0) return 'bad-number';
  if (low <= 0) return 'bad-price';
  if (!isOhlc({ open, high, low, close })) return 'ohlc-order';
  return sessionFault(time * 1000, contract);
}

function columnsOf(rows: readonly TvRow[]): BarColumns {
  const bars = makeBarColumns(rows.length);
  rows.forEach((row, i) => {
    bars.time[i] = row[0] * 1000 + MS_PER_MINUTE;
    bars.open[i] = known(row[1]);
    bars.high[i] = known(row[2]);
    bars.low[i] = known(row[3]);
    bars.close[i] = known(row[4]);
    // Of an index it is what its shares traded.
    bars.volume[i] = known(row[5]);
  });
  return bars;
}

/** Vendor rows dated at their start, in any order, as finished bars dated at their close; what cannot be used is quarantined. Open interest is unknown. */
export function mapBars(rows: Iterable<TvRow>, context: BarContext): ProvidedCandles {
  const { contract, finishedUntil, request } = context;
  const quarantined: QuarantinedRows[] = [];
  const kept: TvRow[] = [];
  for (const row of [...rows].sort((a, b) => a[0] - b[0])) {
    if (row[0] * 1000 + MS_PER_MINUTE > finishedUntil) continue;
    const reason = rowFault(row, contract);
    if (reason === null) kept.push(row);
    else quarantined.push({ file: request, line: null, reason, rows: 1, sample: JSON.stringify(row) });
  }
  const candles = { contract, minutes: 1, bars: columnsOf(kept), source: 'recorded', repaired: null } as const;
  return { candles, quarantined };
}
