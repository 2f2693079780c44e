import { istDateOf, makeBarColumns, type BarColumns, type Contract, type EpochMs } from '@sos/domain';
import { tickSize } from '@sos/rulebook';
import type { QuarantineReason } from '../importers/faults.js';
import type { QuarantinedRows } from '../importers/import-sink.js';
import { isFreakPrint, isOnTick } from '../importers/price-checks.js';

const PRICES = ['open', 'high', 'low', 'close'] as const;
const COLUMNS = ['time', ...PRICES, 'volume', 'openInterest'] as const;

/** Bars that passed, and those that were refused. */
export interface CheckedBars {
  readonly bars: BarColumns;
  readonly refused: readonly QuarantinedRows[];
}

function faultOf(
  bars: BarColumns,
  row: number,
  { before, tick }: { before: number; tick: number },
): QuarantineReason | null {
  const after = bars.open[row + 1] ?? Number.NaN;
  const [high, low] = [bars.high[row] as number, bars.low[row] as number];
  if (isFreakPrint(high, before, after) || isFreakPrint(low, before, after)) return 'freak-print';
  if (tick > 0 && !PRICES.every((name) => isOnTick(bars[name][row] as number, tick))) return 'off-tick';
  return null;
}

function tickOf(contract: Contract, time: number): number {
  return contract.kind === 'index' ? 0 : tickSize(contract.kind, contract.underlying, istDateOf(time as EpochMs));
}

function rowsOf(bars: BarColumns, rows: readonly number[]): BarColumns {
  const kept = makeBarColumns(rows.length);
  for (const name of COLUMNS) rows.forEach((row, i) => (kept[name][i] = bars[name][row] as number));
  return kept;
}

/** Checks bars of a provider against the tick of their contract and against their neighbours, as importers do. */
export function checkPrices(contract: Contract, bars: BarColumns, request: string): CheckedBars {
  const kept: number[] = [];
  const refused: QuarantinedRows[] = [];
  let before = Number.NaN;
  for (let row = 0; row < bars.length; row++) {
    const reason = faultOf(bars, row, { before, tick: tickOf(contract, bars.time[row] as number) });
    if (reason === null) {
      kept.push(row);
      before = bars.close[row] as number;
      continue;
    }
    const sample = JSON.stringify(COLUMNS.map((name) => bars[name][row]));
    refused.push({ file: request, line: null, reason, rows: 1, sample });
  }
  return { bars: kept.length === bars.length ? bars : rowsOf(bars, kept), refused };
}
