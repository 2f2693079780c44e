import { day } from '../dated/ist-day.js';
import type { BrokerageRow } from '../rows/charge-rows.js';

/** Flat fee per executed order, however many fills it has. */
export const BROKERAGE_ROWS: readonly BrokerageRow[] = [
  {
    plan: 'zerodha',
    from: day('2019-01-01'),
    to: null,
    flatPaise: 2_000,
    confidence: 'high',
    source: 'zerodha.com/charges; Rs 20 in every source 2019..2026-10',
    note: 'also Rs 20 for a leg exercised or assigned in the money, nothing for a worthless one',
  },
  {
    plan: 'upstox',
    from: day('2019-01-01'),
    to: null,
    flatPaise: 2_000,
    confidence: 'medium',
    source: 'Upstox plans; Rs 20 per executed order',
    note: 'a promotion of Rs 10 for API orders ended 2026-09-30 and is not applied; use { flatPaise: 1000 } for it. Each slice is an order of its own',
  },
];
