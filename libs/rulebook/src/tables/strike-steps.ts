import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { StrikeStepRow } from '../rows/contract-rows.js';

function near(underlying: Underlying, step: number, note: string): StrikeStepRow {
  return {
    underlying,
    from: day('2000-06-01'),
    to: null,
    step,
    confidence: 'high',
    source: 'measured on ten instrument masters 2024-06..2026-07',
    note,
  };
}

/** Points between neighbouring strikes near the money in the near contracts; wings and long-dated contracts are coarser, so take listed strikes from the data when there are any. */
export const STRIKE_STEP_ROWS: readonly StrikeStepRow[] = [
  near(
    'NIFTY',
    50,
    'weeklies and the first three months; long-dated 500, 1000 and (from 2025-12-31, NSE/FAOP/71819) 1500',
  ),
  near('BANKNIFTY', 100, '500 in the wings, 1500 long-dated'),
  near('FINNIFTY', 50, 'current month; 100 in the next months'),
  near('MIDCPNIFTY', 25, '100 in the wings'),
  near('SENSEX', 100, '1000 long-dated from 2026-06-29'),
];
