import { istDateOf, makeBarColumns, MS_PER_MINUTE, type EpochMs, type IstDate } from '@sos/domain';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import type { CandleBatch, QuarantinedRows } from '../import-sink.js';
import type { ImportGap } from '../importer.js';
import { missingBars } from '../minute-gaps.js';
import type { SessionWindow } from '@sos/rulebook';
import { indexWindows, sessionWindows } from '../session-windows.js';
import { BarPriceCheck } from './bar-price-check.js';
import type { RawBars } from './raw-bars.js';
import { istDayNumber } from './stamp.js';
import type { StampConvention } from './stamp-convention.js';

/** How a series is to be read. */
export interface BarReading {
  readonly file: string;
  readonly minutes: number;
  readonly convention: StampConvention;
}

/** Bars dated at their close, with what was left out and what is missing. */
export interface AssembledBars {
  readonly batch: CandleBatch;
  readonly quarantined: readonly QuarantinedRows[];
  readonly repairs: Tally<RepairReason>;
  readonly gaps: readonly ImportGap[];
}

const MINUTES_PER_DAY = 1440;

/** The trading windows of the day of an instant, remembered per day. */
export class WindowsByDay {
  readonly isIndex: boolean;
  private readonly known = new Map<number, readonly SessionWindow[]>();

  constructor(isIndex: boolean) {
    this.isIndex = isIndex;
  }

  at(instant: number): readonly SessionWindow[] {
    const key = istDayNumber(instant);
    const found = this.known.get(key);
    if (found) return found;
    const date: IstDate = istDateOf(instant as EpochMs);
    const windows = this.isIndex ? indexWindows(date) : sessionWindows(date);
    this.known.set(key, windows);
    return windows;
  }
}

function closeOf(stamp: number, reading: BarReading, windows: readonly SessionWindow[]): number {
  if (reading.minutes === MINUTES_PER_DAY) return windows.at(-1)?.close ?? stamp;
  return reading.convention === 'start' ? stamp + reading.minutes * MS_PER_MINUTE : stamp;
}

function whyOutside(close: number, minutes: number, windows: readonly SessionWindow[]): QuarantineReason | null {
  const last = windows.at(-1);
  const first = windows[0];
  if (!first || !last) return 'no-session';
  if (minutes === MINUTES_PER_DAY) return null;
  if (close <= first.open) return 'before-session';
  if (close > last.close) return 'after-close';
  return windows.some((w) => close > w.open && close <= w.close) ? null : 'between-sessions';
}

function sampleOf(raw: RawBars, row: number): string {
  const clock = new Date(raw.stamp[row] as number).toISOString();
  return `${raw.contract.id} ${clock} ${raw.open[row]} ${raw.high[row]} ${raw.low[row]} ${raw.close[row]}`;
}

/** Rows in order of time. Vendors write ascending files, so sorting happens only where one is not. */
function ascendingRows(raw: RawBars, repairs: Tally<RepairReason>): number[] {
  const rows = Array.from({ length: raw.length }, (_, i) => i);
  let disorder = 0;
  for (let i = 1; i < raw.length; i++) if ((raw.stamp[i] as number) < (raw.stamp[i - 1] as number)) disorder++;
  addTo(repairs, 'out-of-order', disorder);
  if (disorder > 0) rows.sort((a, b) => (raw.stamp[a] as number) - (raw.stamp[b] as number) || a - b);
  return rows;
}

/** Makes bars of what was read: dated at their close, ascending, inside their sessions, one per time. */
export function assembleBars(raw: RawBars, reading: BarReading, days: WindowsByDay): AssembledBars {
  const quarantined: QuarantinedRows[] = [];
  const repairs: Tally<RepairReason> = {};
  const kept: number[] = [];
  const closes: number[] = [];
  const rows = ascendingRows(raw, repairs);
  const prices = new BarPriceCheck(raw, rows);
  for (const row of rows) {
    const windows = days.at(raw.stamp[row] as number);
    const close = closeOf(raw.stamp[row] as number, reading, windows);
    const isSame = close === closes.at(-1);
    const reason = isSame ? 'duplicate-time' : (whyOutside(close, reading.minutes, windows) ?? prices.fault(row));
    if (reason) {
      const line = raw.line[row] ?? null;
      quarantined.push({ file: reading.file, line, reason, rows: 1, sample: sampleOf(raw, row) });
      continue;
    }
    kept.push(row);
    prices.keep(row);
    closes.push(close);
  }
  const gaps = reading.minutes === MINUTES_PER_DAY ? [] : gapsOf(raw, closes, { reading, days });
  return { batch: toBatch(raw, kept, { closes, reading }), quarantined, repairs, gaps };
}

function toBatch(
  raw: RawBars,
  kept: readonly number[],
  rest: { readonly closes: readonly number[]; readonly reading: BarReading },
): CandleBatch {
  const bars = makeBarColumns(kept.length);
  const repaired = new Uint8Array(kept.length);
  for (let i = 0; i < kept.length; i++) {
    const row = kept[i] as number;
    bars.time[i] = rest.closes[i] as number;
    bars.open[i] = raw.open[row] as number;
    bars.high[i] = raw.high[row] as number;
    bars.low[i] = raw.low[row] as number;
    bars.close[i] = raw.close[row] as number;
    bars.volume[i] = raw.volume[row] as number;
    bars.openInterest[i] = raw.openInterest[row] as number;
    repaired[i] = raw.repaired[row] as number;
  }
  return { contract: raw.contract, minutes: rest.reading.minutes, bars, source: 'recorded', repaired };
}

function gapsOf(
  raw: RawBars,
  closes: readonly number[],
  by: { readonly reading: BarReading; readonly days: WindowsByDay },
): ImportGap[] {
  const present = new Map<number, Set<number>>();
  for (const close of closes) {
    const day = istDayNumber(close);
    const set = present.get(day) ?? new Set<number>();
    set.add(close);
    present.set(day, set);
  }
  const gaps: ImportGap[] = [];
  for (const set of present.values()) {
    const windows = by.days.at(set.values().next().value ?? Number.NaN);
    gaps.push(...missingBars(set, { series: raw.contract.id, windows, minutes: by.reading.minutes }));
  }
  return gaps;
}
