import { day } from '../dated/ist-day.js';
import type { SquareOffRow } from '../rows/order-rows.js';

/** Our own default, not an exchange rule: when intraday positions start to be closed. */
export const SQUARE_OFF_ROWS: readonly SquareOffRow[] = [
  {
    from: day('2019-01-01'),
    to: null,
    minutesBeforeClose: 15,
    confidence: 'low',
    source:
      'default of SOS: 15 minutes before the close of derivatives, never after the index stops being a usable price',
    note: "brokers' own intraday square-off times since 2026-08-03 are not known",
  },
];
