import { day } from '../dated/ist-day.js';
import type { OrderTypeRow } from '../rows/order-rows.js';

/** What an order sent by a program may be. */
export const ORDER_TYPE_ROWS: readonly OrderTypeRow[] = [
  {
    from: day('2019-01-01'),
    to: day('2025-07-23'),
    types: ['LIMIT', 'MARKET', 'SL-LIMIT'],
    validities: ['DAY', 'IOC'],
    confidence: 'medium',
    source: 'NSE contract specification',
  },
  {
    from: day('2025-07-24'),
    to: null,
    types: ['LIMIT', 'SL-LIMIT'],
    validities: ['DAY', 'IOC'],
    confidence: 'medium',
    source: 'NSE/FAOP/69296, NSE/FAOP/69426: plain market orders from programs are refused',
    note: 'the circular summary says 2025-08-04, another source 2025-07-24: the earlier day is taken',
  },
];
