import { day } from '../dated/ist-day.js';
import type { DatedRow } from '../dated/dated-row.js';
import type { TradingHours } from '../rows/calendar-rows.js';

/** The clock of an ordinary day in index derivatives. */
export const TRADING_HOURS_ROWS: readonly DatedRow<TradingHours>[] = [
  {
    from: day('2010-10-18'),
    to: day('2026-08-02'),
    value: { open: '09:15', close: '15:30', indexUsableUntil: null, settlementFixed: '15:30' },
    confidence: 'high',
    source: 'NSE market timings; 375 one-minute bars a day',
    note: "settlement = index close = the constituents' VWAP of 15:00-15:30",
  },
  {
    from: day('2026-08-03'),
    to: null,
    value: { open: '09:15', close: '15:40', indexUsableUntil: '15:15', settlementFixed: '15:35' },
    confidence: 'high',
    source: 'SEBI 2026-01-16; NSE/CMTR/74466, NSE/FAOP/74467 (2026-05-29), NSE/CMTR/75479',
    note: 'closing auction 15:15-15:35 in the cash market: the index stands still, then jumps to the auction value that also settles expiries',
  },
];
