import { day } from '../dated/ist-day.js';
import type { CoverageRow } from '../rows/calendar-rows.js';

/** The years whose closed days are known. */
export const COVERAGE_ROWS: readonly CoverageRow[] = [
  {
    from: day('2019-01-01'),
    to: day('2026-12-31'),
    confidence: 'high',
    source: 'NSE holiday lists, proved day by day against cash bhavcopies 2019-10-01..2026-08-21',
    note: 'the 2027 list is published in the second week of December 2026',
  },
];

/** Contracts of years without a published list are set back from these days when listed (NSE only; BSE is not known to). */
export const FAR_DATED_HOLIDAYS: readonly string[] = ['12-25'];
