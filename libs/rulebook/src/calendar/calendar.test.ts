import { AppError, formatIst, formatIstClock, weekdayOf, type EpochMs, type IstDate } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import { holidayOn, isTradingDay, nextTradingDay, previousTradingDay, sessionOf, tradingDays } from '../index.js';

// market-rules.md §1: closed weekdays of 2019-2026 (equal to exchange_calendars XBOM and to the NSE cash bhavcopies).
const CLOSED: Readonly<Record<string, string>> = {
  2019: '03-04 03-21 04-17 04-19 04-29 05-01 06-05 08-12 08-15 09-02 09-10 10-02 10-08 10-21 10-28 11-12 12-25',
  2020: '02-21 03-10 04-02 04-06 04-10 04-14 05-01 05-25 10-02 11-16 11-30 12-25',
  2021: '01-26 03-11 03-29 04-02 04-14 04-21 05-13 07-21 08-19 09-10 10-15 11-04 11-05 11-19',
  2022: '01-26 03-01 03-18 04-14 04-15 05-03 08-09 08-15 08-31 10-05 10-24 10-26 11-08',
  2023: '01-26 03-07 03-30 04-04 04-07 04-14 05-01 06-29 08-15 09-19 10-02 10-24 11-14 11-27 12-25',
  2024: '01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-01 11-15 11-20 12-25',
  2025: '02-26 03-14 03-31 04-10 04-14 04-18 05-01 08-15 08-27 10-02 10-21 10-22 11-05 12-25',
  2026: '01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25',
};
const closed = Object.entries(CLOSED).flatMap(([year, days]) => days.split(' ').map((d) => day(`${year}-${d}`)));
const MUHURAT_ON_WEEKDAY = ['2021-11-04', '2022-10-24', '2024-11-01', '2025-10-21'];

function allDays(): IstDate[] {
  const list: IstDate[] = [];
  for (let ms = Date.UTC(2019, 0, 1); ms <= Date.UTC(2026, 11, 31); ms += 86_400_000)
    list.push(day(new Date(ms).toISOString().slice(0, 10)));
  return list;
}

function clocks(date: string): string[] {
  return (sessionOf(day(date))?.windows ?? []).map((w) => `${formatIstClock(w.open)}-${formatIstClock(w.close)}`);
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing thrown';
}

describe('closed days', () => {
  test('118 weekdays of 2019-2026 are holidays, and no other weekday is', () => {
    const found = allDays().filter((d) => holidayOn(d) !== null);
    expect(closed).toHaveLength(118);
    expect(found).toEqual(closed);
    expect(found.every((d) => weekdayOf(d) > 0 && weekdayOf(d) < 6)).toBe(true);
  });

  test.each(Object.entries(CLOSED))('%s has its number of closed weekdays', (year, days) => {
    const found = allDays().filter((d) => d.startsWith(year) && holidayOn(d) !== null);
    expect(found).toHaveLength(days.split(' ').length);
  });

  test('a holiday is no trading day unless it has a Muhurat session', () => {
    expect(closed.filter((d) => isTradingDay(d))).toEqual(MUHURAT_ON_WEEKDAY);
  });

  test('2026-01-15 is closed, with the circular that closed it', () => {
    expect(isTradingDay(day('2026-01-15'))).toBe(false);
    expect(sessionOf(day('2026-01-15'))).toBeNull();
    expect(holidayOn(day('2026-01-15'))?.source).toContain('NSE/FAOP/72262');
  });

  test('only the listed weekend days are open', () => {
    const weekendSessions = allDays().filter((d) => [0, 6].includes(weekdayOf(d)) && isTradingDay(d));
    expect(weekendSessions).toEqual([
      '2019-10-27',
      '2020-02-01',
      '2020-11-14',
      '2023-11-12',
      '2024-01-20',
      '2024-03-02',
      '2024-05-18',
      '2025-02-01',
      '2026-02-01',
      '2026-11-08',
    ]);
  });
});

describe('sessions', () => {
  test('an ordinary day before the closing auction', () => {
    const s = sessionOf(day('2026-07-31'));
    expect(clocks('2026-07-31')).toEqual(['09:15-15:30']);
    expect(s).toMatchObject({ kind: 'regular', minutes: 375, confidence: 'high', disruption: null });
    expect(formatIst(s?.indexUsableUntil as EpochMs)).toBe('2026-07-31 15:30:00');
    expect(formatIst(s?.squareOff as EpochMs)).toBe('2026-07-31 15:15:00');
  });

  test('from 2026-08-03 derivatives trade to 15:40 and the index is usable to 15:15', () => {
    const s = sessionOf(day('2026-08-03'));
    expect(clocks('2026-08-03')).toEqual(['09:15-15:40']);
    expect(s).toMatchObject({ kind: 'regular', minutes: 385 });
    expect(formatIst(s?.indexUsableUntil as EpochMs)).toBe('2026-08-03 15:15:00');
    expect(formatIst(s?.squareOff as EpochMs)).toBe('2026-08-03 15:15:00');
  });

  test.each([
    ['2019-10-27', '18:15-19:15'],
    ['2020-11-14', '18:15-19:15'],
    ['2021-11-04', '18:15-19:15'],
    ['2022-10-24', '18:15-19:15'],
    ['2023-11-12', '18:15-19:15'],
    ['2024-11-01', '18:00-19:00'],
    ['2025-10-21', '13:45-14:45'],
    ['2026-11-08', '18:15-19:15'],
  ])('Muhurat %s is %s', (date, window) => {
    expect(clocks(date)).toEqual([window]);
    expect(sessionOf(day(date))).toMatchObject({ kind: 'muhurat', minutes: 60 });
  });

  test('the hours of Muhurat 2026-11-08 are marked as unconfirmed', () => {
    expect(sessionOf(day('2026-11-08'))?.confidence).toBe('low');
  });

  test.each(['2024-03-02', '2024-05-18'])('the disaster-recovery Saturday %s has two parts', (date) => {
    expect(clocks(date)).toEqual(['09:15-10:00', '11:30-12:30']);
    const s = sessionOf(day(date));
    expect(s).toMatchObject({ kind: 'special', minutes: 105 });
    expect(formatIst(s?.squareOff as EpochMs)).toBe(`${date} 12:15:00`);
    expect(s?.close).toBe(s?.windows[1]?.close);
  });

  test('the Budget Sunday 2026-02-01 is a full special day', () => {
    expect(clocks('2026-02-01')).toEqual(['09:15-15:30']);
    expect(sessionOf(day('2026-02-01'))).toMatchObject({ kind: 'special', minutes: 375 });
  });

  test('the outage of 2021-02-24 keeps its planned hours and is told', () => {
    expect(clocks('2021-02-24')).toEqual(['09:15-15:30']);
    expect(sessionOf(day('2021-02-24'))?.disruption).toContain('outage');
  });

  test('the same object is handed out again', () => {
    expect(sessionOf(day('2025-08-29'))).toBe(sessionOf(day('2025-08-29')));
  });
});

describe('ranges and neighbours', () => {
  test('a week with a closed Thursday', () => {
    const week = tradingDays(day('2026-01-12'), day('2026-01-18'));
    expect(week).toEqual(['2026-01-12', '2026-01-13', '2026-01-14', '2026-01-16']);
  });

  test('a range holds the special Sunday', () => {
    const range = tradingDays(day('2026-01-30'), day('2026-02-02'));
    expect(range).toEqual(['2026-01-30', '2026-02-01', '2026-02-02']);
  });

  test('neighbours skip closed days', () => {
    expect(previousTradingDay(day('2026-01-16'))).toBe('2026-01-14');
    expect(nextTradingDay(day('2026-01-14'))).toBe('2026-01-16');
    expect(nextTradingDay(day('2026-01-31'))).toBe('2026-02-01');
  });

  test('every trading day is between its neighbours', () => {
    const days = tradingDays(day('2019-01-01'), day('2026-12-31'));
    const pairs = days
      .slice(1)
      .map((d, i) => [nextTradingDay(days[i] as IstDate) === d, previousTradingDay(d) === days[i]]);
    expect(pairs.flat().every(Boolean)).toBe(true);
    expect(days).toEqual(allDays().filter(isTradingDay));
  });

  test('outside the known years is an error that names them', () => {
    const expected = 'SOS_DATE_RANGE: expected a date within the known calendar 2019-01-01..2026-12-31, found';
    expect(codeOf(() => isTradingDay(day('2018-12-31')))).toBe(`${expected} 2018-12-31`);
    expect(codeOf(() => sessionOf(day('2027-01-01')))).toBe(`${expected} 2027-01-01`);
    expect(codeOf(() => nextTradingDay(day('2026-12-31')))).toMatch(/^SOS_DATE_RANGE: expected a trading day after/);
    expect(codeOf(() => previousTradingDay(day('2019-01-01')))).toMatch(/^SOS_DATE_RANGE/);
    expect(codeOf(() => tradingDays(day('2026-01-16'), day('2026-01-12')))).toBe(
      'SOS_DATE_RANGE: expected from <= to, found 2026-01-16..2026-01-12',
    );
    expect(codeOf(() => isTradingDay(day('2026-02-30')))).toMatch(/^SOS_INPUT/);
  });
});
