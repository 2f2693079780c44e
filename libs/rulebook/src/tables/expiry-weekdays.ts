import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { Confidence } from '../dated/dated-row.js';
import type { ExpiryWeekday, ExpiryWeekdayRow } from '../rows/contract-rows.js';

const [MON, TUE, WED, THU, FRI] = [1, 2, 3, 4, 5] as const;
const NONE = null;

const TUESDAY = 'NSE/FAOP/68747 (2025-06-25); existing contracts re-dated at the end of 2025-07-31';
const THURSDAY_2025 = 'NSE/FAOP/65336 (2024-11-29)';
const NO_WEEKLIES = 'SEBI 2024-10-01, NSE/FAOP/64506: one weekly index per exchange';
const BSE_TUESDAY = 'BSE 2024-11-28';
const BSE_THURSDAY = 'BSE 20250617-11 (2025-06-17)';
const MASTERS = 'Upstox instrument masters 2024-06..2024-10';

type Rule = readonly [
  cycle: 'weekly' | 'monthly',
  expiryFrom: string,
  weekday: ExpiryWeekday,
  knownFrom: string,
  confidence: Confidence,
  source: string,
  note?: string,
];

// Order inside a cycle matters: a row holds until the next one of the same cycle.
const RULES: Readonly<Record<Underlying, readonly Rule[]>> = {
  NIFTY: [
    ['weekly', '2019-02-14', THU, '2019-02-11', 'high', 'weekly options launched 2019-02-11; bhavcopies'],
    [
      'weekly',
      '2025-09-01',
      TUE,
      '2025-08-01',
      'high',
      TUESDAY,
      'a move to Monday (NSE/FAOP/66938) was withdrawn by NSE/FAOP/67338',
    ],
    ['monthly', '2000-06-01', THU, '2000-06-01', 'high', 'NSE contract specification; bhavcopies'],
    ['monthly', '2025-09-01', TUE, '2025-08-01', 'high', TUESDAY],
  ],
  BANKNIFTY: [
    ['weekly', '2016-05-27', THU, '2016-05-27', 'high', 'raw option files'],
    [
      'weekly',
      '2023-09-01',
      WED,
      '2023-08-01',
      'high',
      'NSE circular effective 2023-09-04',
      'from which day lists showed Wednesdays is inferred',
    ],
    ['weekly', '2024-11-14', NONE, '2024-10-10', 'high', NO_WEEKLIES, 'last weekly 2024-11-13'],
    [
      'monthly',
      '2005-06-01',
      THU,
      '2005-06-01',
      'high',
      'raw option files',
      'a plan of July 2023 to use Friday was withdrawn',
    ],
    [
      'monthly',
      '2024-03-01',
      WED,
      '2024-03-01',
      'high',
      MASTERS,
      'announced in January 2024; re-dating counted from the effective day',
    ],
    ['monthly', '2025-01-01', THU, '2025-01-01', 'high', THURSDAY_2025, 're-dating counted from the effective day'],
    ['monthly', '2025-09-01', TUE, '2025-08-01', 'high', TUESDAY],
  ],
  FINNIFTY: [
    ['weekly', '2021-01-14', THU, '2021-01-11', 'medium', 'NSE launch 2021-01-11'],
    [
      'weekly',
      '2021-10-18',
      TUE,
      '2021-10-01',
      'high',
      MASTERS,
      'first Tuesday 2021-10-19; from which day lists showed it is inferred',
    ],
    ['weekly', '2024-11-20', NONE, '2024-10-10', 'high', NO_WEEKLIES, 'last weekly 2024-11-19'],
    ['monthly', '2021-01-01', THU, '2021-01-11', 'medium', 'NSE launch 2021-01-11'],
    ['monthly', '2021-10-18', TUE, '2021-10-01', 'high', MASTERS],
    ['monthly', '2025-01-01', THU, '2025-01-01', 'high', THURSDAY_2025, 're-dating counted from the effective day'],
    ['monthly', '2025-09-01', TUE, '2025-08-01', 'high', TUESDAY],
  ],
  MIDCPNIFTY: [
    ['weekly', '2022-01-25', WED, '2022-01-24', 'low', 'memory', 'the weekday before August 2023 is not verified'],
    ['weekly', '2023-08-17', MON, '2023-08-01', 'high', MASTERS, 'first Monday 2023-08-21'],
    ['weekly', '2024-11-19', NONE, '2024-10-10', 'high', NO_WEEKLIES, 'last weekly 2024-11-18'],
    ['monthly', '2022-01-25', WED, '2022-01-24', 'low', 'memory', 'the weekday before August 2023 is not verified'],
    ['monthly', '2023-08-17', MON, '2023-08-01', 'high', MASTERS],
    ['monthly', '2025-01-01', THU, '2025-01-01', 'high', THURSDAY_2025, 're-dating counted from the effective day'],
    ['monthly', '2025-09-01', TUE, '2025-08-01', 'high', TUESDAY],
  ],
  SENSEX: [
    ['weekly', '2023-05-15', FRI, '2023-05-15', 'high', `relaunch 2023-05-15; ${MASTERS}`],
    ['weekly', '2025-01-04', TUE, '2025-01-01', 'high', BSE_TUESDAY, 'last Friday 2025-01-03'],
    [
      'weekly',
      '2025-09-01',
      THU,
      '2025-08-01',
      'high',
      BSE_THURSDAY,
      'last Tuesday 2025-08-26; from which day lists showed it is inferred',
    ],
    ['monthly', '2023-05-15', FRI, '2023-05-15', 'high', `relaunch 2023-05-15; ${MASTERS}`],
    ['monthly', '2025-01-01', TUE, '2025-01-01', 'high', BSE_TUESDAY],
    ['monthly', '2025-09-01', THU, '2025-08-01', 'high', BSE_THURSDAY],
  ],
};

function toRow(underlying: Underlying, rule: Rule): ExpiryWeekdayRow {
  const [cycle, expiryFrom, weekday, knownFrom, confidence, source, note] = rule;
  return {
    underlying,
    cycle,
    expiryFrom: day(expiryFrom),
    weekday,
    knownFrom: day(knownFrom),
    confidence,
    source,
    note,
  };
}

/** On which weekday contracts expire, by expiry date and by what was known when they were listed. */
export function expiryWeekdayRows(): ExpiryWeekdayRow[] {
  return (Object.keys(RULES) as Underlying[]).flatMap((u) => RULES[u].map((rule) => toRow(u, rule)));
}
