import { tickSize } from '@sos/rulebook';
import { istDateOf, type EpochMs } from '@sos/domain';
import type { QuarantineReason } from '../faults.js';
import { isFreakPrint, isOnTick } from '../price-checks.js';
import { istDayNumber } from './stamp.js';
import type { RawBars } from './raw-bars.js';

/** Checks the prices of bars against the tick of their contract, and against the bars beside them. */
export class BarPriceCheck {
  private readonly raw: RawBars;
  private readonly after = new Map<number, number>();
  private before = Number.NaN;
  private tick = 0;
  private tickDay = Number.NaN;

  /** @param rows in order of time */
  constructor(raw: RawBars, rows: readonly number[]) {
    this.raw = raw;
    rows.forEach((row, i) => this.after.set(row, raw.open[rows[i + 1] ?? -1] ?? Number.NaN));
  }

  /** Why the prices of a row cannot be, or null. */
  fault(row: number): QuarantineReason | null {
    const { open, high, low, close } = this.raw;
    const after = this.after.get(row) ?? Number.NaN;
    const [top, bottom] = [high[row] as number, low[row] as number];
    if (isFreakPrint(top, this.before, after) || isFreakPrint(bottom, this.before, after)) return 'freak-print';
    const tick = this.tickOf(row);
    if (tick === 0) return null;
    const prices = [open[row] as number, top, bottom, close[row] as number];
    return prices.every((price) => isOnTick(price, tick)) ? null : 'off-tick';
  }

  /** Tells that a row was kept. */
  keep(row: number): void {
    this.before = this.raw.close[row] as number;
  }

  /** The tick of the contract on the row's day in paise, 0 for an index: it is computed, not traded. */
  private tickOf(row: number): number {
    const { contract } = this.raw;
    if (contract.kind === 'index') return 0;
    const at = this.raw.stamp[row] as number;
    const day = istDayNumber(at);
    if (day !== this.tickDay) {
      this.tickDay = day;
      this.tick = tickSize(contract.kind, contract.underlying, istDateOf(at as EpochMs));
    }
    return this.tick;
  }
}
