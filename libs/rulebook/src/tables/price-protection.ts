import { day } from '../dated/ist-day.js';
import type { PriceProtectionRow } from '../rows/order-rows.js';

/** Limit price protection of index options. The reference is the average trade price of the last 30 seconds. */
export const PRICE_PROTECTION_ROWS: readonly PriceProtectionRow[] = [
  {
    exchange: 'NSE',
    from: day('2023-01-01'),
    to: null,
    percent: 40,
    minimumPaise: 2_000,
    confidence: 'medium',
    source: 'NSE/FAOP/54242',
    note: 'Rs 20 up to a reference of Rs 50, 40 % above; the day of the circular was not seen and is counted from 2023-01-01',
  },
  {
    exchange: 'BSE',
    from: day('2025-12-01'),
    to: null,
    percent: 40,
    minimumPaise: 2_000,
    confidence: 'high',
    source: 'BSE 20251128-56',
  },
];
