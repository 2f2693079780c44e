import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { DatedRow } from '../dated/dated-row.js';
import type { ListingStructure } from '../rows/contract-rows.js';

export interface ListingRow extends DatedRow<ListingStructure> {
  readonly underlying: Underlying;
}

const EVERY_MASTER = 'every instrument master 2024-06-13..2026-08-18';

/** How many weekly, monthly, quarterly and half-yearly contracts are listed at once. Weeklies do not count the monthly. */
export const LISTING_ROWS: readonly ListingRow[] = [
  {
    underlying: 'NIFTY',
    from: day('2000-06-01'),
    to: day('2023-12-31'),
    value: { weeklies: 7, months: 3, quarters: 3, halfYears: 8 },
    confidence: 'low',
    source: 'NSE/FAOP circulars; the month in which seven weeklies became four is not known',
  },
  {
    underlying: 'NIFTY',
    from: day('2024-01-01'),
    to: null,
    value: { weeklies: 4, months: 3, quarters: 3, halfYears: 8 },
    confidence: 'high',
    source: EVERY_MASTER,
  },
  {
    underlying: 'BANKNIFTY',
    from: day('2005-06-01'),
    to: null,
    value: { weeklies: 4, months: 3, quarters: 3, halfYears: 0 },
    confidence: 'high',
    source: EVERY_MASTER,
    note: 'before 2024 the number of weeklies is not verified',
  },
  {
    underlying: 'FINNIFTY',
    from: day('2021-01-11'),
    to: null,
    value: { weeklies: 4, months: 3, quarters: 0, halfYears: 0 },
    confidence: 'high',
    source: EVERY_MASTER,
  },
  {
    underlying: 'MIDCPNIFTY',
    from: day('2022-01-24'),
    to: null,
    value: { weeklies: 4, months: 3, quarters: 0, halfYears: 0 },
    confidence: 'high',
    source: EVERY_MASTER,
  },
  {
    underlying: 'SENSEX',
    from: day('2023-05-15'),
    to: null,
    value: { weeklies: 5, months: 3, quarters: 3, halfYears: 8 },
    confidence: 'medium',
    source: 'Upstox masters 2024-06..10 and a Kite master of 2026-08-18',
    note: 'six weeklies were seen on 2024-07-31 and 2024-10-08',
  },
];
