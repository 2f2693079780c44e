import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { Confidence } from '../dated/dated-row.js';
import type { LotRow } from '../rows/contract-rows.js';

const START = '2000-06-01';

type Change = readonly [
  lot: number,
  weeklyFrom: string | null,
  monthlyFrom: string,
  switchAfter: string | null,
  confidence: Confidence,
  source: string,
  note?: string,
];

const CHANGES: Readonly<Record<Underlying, readonly Change[]>> = {
  NIFTY: [
    [75, START, START, null, 'high', 'in force before 2019'],
    [
      50,
      '2021-08-05',
      '2021-07-29',
      '2021-06-25',
      'high',
      'NSE/FAOP/47854 (2021-03-31)',
      'weeklies of July 2021 stayed at 75',
    ],
    [
      25,
      '2024-05-02',
      '2024-05-30',
      '2024-04-25',
      'high',
      'NSE/FAOP/61415 (2024-04-02)',
      'all contracts changed at once',
    ],
    [
      75,
      '2025-01-02',
      '2025-02-27',
      '2024-12-26',
      'high',
      'NSE/FAOP/64625 (2024-10-18)',
      'the monthly 2025-01-30 stayed at 25',
    ],
    [65, '2026-01-06', '2026-01-27', '2025-12-30', 'high', 'NSE/FAOP/70616 (2025-10-03)', 'last with 75: 2025-12-30'],
  ],
  BANKNIFTY: [
    [20, START, START, null, 'medium', '2019 option files', '40 became 20 in about October 2018'],
    [
      25,
      '2020-08-06',
      '2020-07-30',
      null,
      'medium',
      'NSE revision of 2020 (circular not found)',
      'weeklies of July 2020 stayed at 20',
    ],
    [
      15,
      '2023-08-03',
      '2023-07-27',
      '2023-06-30',
      'high',
      'NSE revision of 2023 (circular not found)',
      'weeklies of July 2023 stayed at 25',
    ],
    [
      30,
      null,
      '2025-02-27',
      '2024-12-24',
      'high',
      'NSE/FAOP/64625 (2024-10-18)',
      'the monthly 2025-01-30 stayed at 15',
    ],
    [
      35,
      null,
      '2025-07-31',
      '2025-04-24',
      'high',
      'NSE revision of March/April 2025',
      'April, May and June 2025 stayed at 30',
    ],
    [30, null, '2026-01-27', '2025-12-30', 'high', 'NSE/FAOP/70616 (2025-10-03)', 'last with 35: 2025-12-30'],
  ],
  FINNIFTY: [
    [40, START, START, null, 'high', 'launch 2021-01-11'],
    [25, '2024-08-06', '2024-07-30', null, 'high', 'NSE/FAOP/61415 (2024-04-02)', 'weeklies of July 2024 stayed at 40'],
    [65, null, '2025-02-27', null, 'high', 'NSE/FAOP/64625 (2024-10-18)'],
    [60, null, '2026-01-27', null, 'high', 'NSE/FAOP/70616 (2025-10-03)'],
  ],
  MIDCPNIFTY: [
    [75, START, START, null, 'high', 'launch 2022-01-24'],
    [50, '2024-08-05', '2024-07-29', null, 'high', 'NSE/FAOP/61415 (2024-04-02)', 'weeklies of July 2024 stayed at 75'],
    [120, null, '2025-02-27', null, 'high', 'NSE/FAOP/64625 (2024-10-18)'],
    [140, null, '2025-07-31', null, 'high', 'NSE revision of 2025'],
    [120, null, '2026-01-27', null, 'high', 'NSE/FAOP/70616 (2025-10-03)'],
  ],
  SENSEX: [
    [10, START, START, null, 'high', 'relaunch 2023-05-15'],
    [
      20,
      '2025-01-07',
      '2025-01-28',
      '2025-01-06',
      'medium',
      'BSE revision of October 2024',
      'the first expiry with 20 and the day on which listed contracts switched are not proved by a file',
    ],
  ],
};

// In April 2024 even listed weeklies changed their lot overnight; every other time only the long-dated contracts waited.
const ALL_AT_ONCE: ReadonlySet<string> = new Set(['2024-04-25']);

function toRow(underlying: Underlying, change: Change): LotRow {
  const [lot, weeklyFrom, monthlyFrom, switchAfter, confidence, source, note] = change;
  return {
    underlying,
    lot,
    weeklyFrom: weeklyFrom === null ? null : day(weeklyFrom),
    monthlyFrom: day(monthlyFrom),
    switchAfter: switchAfter === null ? null : day(switchAfter),
    switches: switchAfter !== null && ALL_AT_ONCE.has(switchAfter) ? 'all' : 'long-dated',
    confidence,
    source,
    note,
  };
}

/** Every change of market lot, oldest first per underlying. */
export function lotRows(): LotRow[] {
  return (Object.keys(CHANGES) as Underlying[]).flatMap((u) => CHANGES[u].map((change) => toRow(u, change)));
}
