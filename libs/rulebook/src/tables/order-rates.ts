import { day } from '../dated/ist-day.js';
import type { OrderRateRow } from '../rows/order-rows.js';

/** Ceilings on order messages: the exchange's for unregistered programs, and the brokers' own. */
export const ORDER_RATE_ROWS: readonly OrderRateRow[] = [
  {
    scope: 'exchange',
    from: day('2026-04-01'),
    to: null,
    perSecond: 10,
    perMinute: null,
    perHalfHour: null,
    perDay: null,
    modificationsPerOrder: null,
    confidence: 'high',
    source: 'SEBI/HO/MIRSD/MIRSD-PoD/P/CIR/2025/0000013; NSE/INVG/67858: above it the program must be registered',
    note: 'per client and exchange over all API keys',
  },
  {
    scope: 'upstox',
    from: day('2026-04-01'),
    to: null,
    perSecond: 10,
    perMinute: 500,
    perHalfHour: 2_000,
    perDay: null,
    modificationsPerOrder: null,
    confidence: 'medium',
    source: 'Upstox API documentation',
  },
  {
    scope: 'zerodha',
    from: day('2026-04-01'),
    to: null,
    perSecond: 10,
    perMinute: 400,
    perHalfHour: null,
    perDay: 5_000,
    modificationsPerOrder: 25,
    confidence: 'medium',
    source: 'Kite notes of 2026-09 (older pages: 200 a minute, 3,000 a day)',
  },
];
