import { day } from '../dated/ist-day.js';
import type { ChaseDefaults, ExecutionRow } from '../rows/execution-rows.js';

// 15 seconds for an entry, then the idea is gone; at most 4 re-prices.
const ENTRY: ChaseDefaults = {
  bufferPoints: 0.25,
  bufferShare: 0.005,
  stepTicks: 2,
  intervalMs: 3_000,
  maxChase: 4,
  escalation: 1,
  collarShare: 0.03,
  bandPoints: 0,
  bandShare: 0,
  quoteMaxAgeMs: 90_000,
};

const EXIT: ChaseDefaults = {
  bufferPoints: 0.25,
  bufferShare: 0.005,
  stepTicks: 2,
  intervalMs: 2_000,
  maxChase: 5,
  escalation: 1.6,
  collarShare: 0.25,
  bandPoints: 1,
  bandShare: 0.03,
  quoteMaxAgeMs: 90_000,
};

/** Our own defaults, not exchange rules: how orders are worked where a gate sets nothing itself. */
export const EXECUTION_ROWS: readonly ExecutionRow[] = [
  {
    from: day('2019-01-01'),
    to: day('2026-03-31'),
    entry: ENTRY,
    exit: EXIT,
    noEntryBeforeExpiryMinutes: 30,
    confidence: 'low',
    source:
      'default of SOS: limit orders beyond the touch, although plain market orders were still taken until 2025-07-23',
  },
  {
    from: day('2026-04-01'),
    to: null,
    entry: ENTRY,
    exit: { ...EXIT, intervalMs: 3_000 },
    noEntryBeforeExpiryMinutes: 30,
    confidence: 'low',
    source:
      'default of SOS: exits re-priced every 3 seconds, so that ten at once stay far below 10 messages a second and 2,000 in half an hour',
  },
];
