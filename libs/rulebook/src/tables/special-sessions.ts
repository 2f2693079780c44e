import { day } from '../dated/ist-day.js';
import type { ClockWindow, SpecialSessionRow } from '../rows/calendar-rows.js';

const FULL_DAY: readonly ClockWindow[] = [['09:15', '15:30']];
const EVENING: readonly ClockWindow[] = [['18:15', '19:15']];
const TWO_PARTS: readonly ClockWindow[] = [
  ['09:15', '10:00'],
  ['11:30', '12:30'],
];
const ARCHIVE = 'NSE cash bhavcopy of that day; pandas_market_calendars';

function muhurat(date: string, windows: readonly ClockWindow[], source: string): SpecialSessionRow {
  return { date: day(date), name: 'Muhurat trading', kind: 'muhurat', windows, confidence: 'high', source };
}

function budget(date: string, source: string): SpecialSessionRow {
  return { date: day(date), name: 'Union Budget', kind: 'special', windows: FULL_DAY, confidence: 'high', source };
}

/** Sessions outside the ordinary week: Muhurat evenings, Budget weekends, disaster-recovery Saturdays. */
export const SPECIAL_SESSION_ROWS: readonly SpecialSessionRow[] = [
  muhurat('2019-10-27', EVENING, ARCHIVE),
  budget('2020-02-01', ARCHIVE),
  muhurat('2020-11-14', EVENING, ARCHIVE),
  muhurat('2021-11-04', EVENING, 'pandas_market_calendars; XBOM; 1-minute bars of that evening'),
  muhurat('2022-10-24', EVENING, `${ARCHIVE}; 1-minute bars of that evening`),
  muhurat('2023-11-12', EVENING, ARCHIVE),
  {
    date: day('2024-01-20'),
    name: 'Saturday session',
    kind: 'special',
    windows: FULL_DAY,
    confidence: 'medium',
    source: 'NSE cash bhavcopy of that day; pandas_market_calendars issue 480',
    note: 'announced as a two-part drill, made a full day when 2024-01-22 became a holiday',
  },
  {
    date: day('2024-03-02'),
    name: 'Disaster-recovery Saturday',
    kind: 'special',
    windows: TWO_PARTS,
    confidence: 'high',
    source: `${ARCHIVE}; 105 one-minute bars`,
    note: 'price bands of 5 %',
  },
  {
    date: day('2024-05-18'),
    name: 'Disaster-recovery Saturday',
    kind: 'special',
    windows: TWO_PARTS,
    confidence: 'high',
    source: `${ARCHIVE}; 105 one-minute bars`,
  },
  muhurat('2024-11-01', [['18:00', '19:00']], ARCHIVE),
  budget('2025-02-01', ARCHIVE),
  muhurat('2025-10-21', [['13:45', '14:45']], 'NSE/FAOP/70320; NSE cash bhavcopy of that day'),
  budget('2026-02-01', 'NSE/CMTR/72349; NSE cash bhavcopy of that day'),
  {
    date: day('2026-11-08'),
    name: 'Muhurat trading',
    kind: 'muhurat',
    windows: EVENING,
    confidence: 'low',
    source: 'NSE yearly list (date); aion-indian-market-calendar 1.6.0 (hours, provisional)',
    note: 'the date is sure, the hours are not: check the circular before using them',
  },
];
