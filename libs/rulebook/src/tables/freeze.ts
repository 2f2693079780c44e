import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { Confidence } from '../dated/dated-row.js';
import type { FreezeRow } from '../rows/contract-rows.js';

const SLAB = 'NSE slab on the index level, in force from 2021-08-02';
const BACKWARDS = 'no source: the first slab value is applied backwards, which is the smaller and so the safer limit';
const MONTHLY = 'monthly NSE circular (FAOP69431..75521)';
const LOT_BASED = 'NSE/FAOP/76693 (2026-10-01)';
const MASTER = 'Upstox master (floored to whole lots)';

type Step = readonly [from: string, units: number, confidence: Confidence, source: string];

const STEPS: Readonly<Record<Underlying, readonly Step[]>> = {
  NIFTY: [
    ['2000-06-01', 2800, 'low', BACKWARDS],
    ['2021-08-02', 2800, 'medium', SLAB],
    ['2021-10-01', 1800, 'medium', `${SLAB}; the month (September or October) is not sure`],
    ['2025-07-01', 1800, 'high', MONTHLY],
    ['2026-10-05', 3510, 'high', LOT_BASED],
  ],
  BANKNIFTY: [
    ['2000-06-01', 1200, 'low', BACKWARDS],
    ['2021-08-02', 1200, 'medium', SLAB],
    ['2022-01-01', 900, 'medium', `${SLAB}; month by month not verified`],
    ['2025-07-01', 600, 'high', MONTHLY],
    ['2025-09-01', 900, 'high', MONTHLY],
    ['2025-11-03', 600, 'high', MONTHLY],
    ['2026-04-01', 900, 'high', MONTHLY],
    ['2026-07-01', 600, 'high', MONTHLY],
    ['2026-10-05', 1440, 'high', LOT_BASED],
  ],
  FINNIFTY: [
    ['2021-01-11', 1800, 'low', 'slab value of the index level; month by month not verified'],
    ['2025-08-01', 1800, 'high', MONTHLY],
    ['2025-12-01', 1200, 'high', MONTHLY],
    ['2026-02-01', 1800, 'high', MONTHLY],
    ['2026-03-02', 1200, 'high', MONTHLY],
    ['2026-04-01', 1800, 'high', MONTHLY],
    ['2026-10-05', 3240, 'high', LOT_BASED],
  ],
  MIDCPNIFTY: [
    ['2022-01-24', 2800, 'low', 'no source before December 2025: the value seen then is applied backwards'],
    ['2025-12-23', 2800, 'high', MASTER],
    ['2026-10-05', 5760, 'high', LOT_BASED],
  ],
  SENSEX: [['2023-05-15', 1000, 'high', 'BSE; seen 2024-2026']],
};

function lastDayBefore(next: Step | undefined): FreezeRow['to'] {
  if (next === undefined) return null;
  const before = new Date(Date.parse(`${next[0]}T00:00:00Z`) - 86_400_000);
  return day(before.toISOString().slice(0, 10));
}

/** The largest order the exchange accepts, in units. */
export function freezeRows(): FreezeRow[] {
  return (Object.keys(STEPS) as Underlying[]).flatMap((underlying) =>
    STEPS[underlying].map(([from, units, confidence, source], i, steps) => ({
      underlying,
      from: day(from),
      to: lastDayBefore(steps[i + 1]),
      units,
      confidence,
      source,
    })),
  );
}
