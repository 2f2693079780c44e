import { AppError, formatIst, istInstant, type IstDate, type Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import {
  expiryAt,
  expiryInstant,
  isExpiry,
  isMonthlyExpiry,
  monthlyExpiry,
  listedExpiries,
  settlementInstant,
  tradingDays,
} from '../index.js';

/** Final expiries of a year, walked day by day: `03-30m*` is monthly and shifted off its weekday. */
function yearOf(underlying: Underlying, year: number): string[] {
  const days = tradingDays(day(`${year}-01-01`), day(`${year}-12-31`));
  const dates = new Set(days.flatMap((d) => listedExpiries(underlying, d).slice(0, 1)).map((e) => e.finalDate));
  return [...dates]
    .filter((d) => d.startsWith(String(year)))
    .map((d) => d.slice(5) + (isMonthlyExpiry(underlying, d) ? 'm' : ''));
}

function dates(underlying: Underlying, on: string): string[] {
  return listedExpiries(underlying, day(on)).map((e) => `${e.date}${e.kind[0] ?? ''}`);
}

describe('the years of market-rules §2', () => {
  test('NIFTY 2026', () => {
    const expected =
      '01-06 01-13 01-20 01-27m 02-03 02-10 02-17 02-24m 03-02 03-10 03-17 03-24 03-30m 04-07 04-13 04-21 04-28m 05-05 05-12 05-19 05-26m ' +
      '06-02 06-09 06-16 06-23 06-30m 07-07 07-14 07-21 07-28m 08-04 08-11 08-18 08-25m 09-01 09-08 09-15 09-22 09-29m 10-06 10-13 10-19 ' +
      '10-27m 11-03 11-09 11-17 11-23m 12-01 12-08 12-15 12-22 12-29m';
    expect(yearOf('NIFTY', 2026).join(' ')).toBe(expected);
  });

  test('BANKNIFTY 2026 has monthlies only', () => {
    expect(yearOf('BANKNIFTY', 2026).join(' ')).toBe(
      '01-27m 02-24m 03-30m 04-28m 05-26m 06-30m 07-28m 08-25m 09-29m 10-27m 11-23m 12-29m',
    );
  });

  test('BANKNIFTY 2024: Thursday monthlies to February, then Wednesdays, and no weekly after 2024-11-13', () => {
    const year = yearOf('BANKNIFTY', 2024);
    expect(year.filter((d) => d.endsWith('m')).join(' ')).toBe(
      '01-25m 02-29m 03-27m 04-24m 05-29m 06-26m 07-31m 08-28m 09-25m 10-30m 11-27m 12-24m',
    );
    expect(year.slice(0, 6).join(' ')).toBe('01-03 01-10 01-17 01-25m 01-31 02-07');
    expect(year.slice(-4).join(' ')).toBe('11-06 11-13 11-27m 12-24m');
  });

  test('SENSEX moved from Friday to Tuesday to Thursday', () => {
    expect(yearOf('SENSEX', 2025).slice(0, 3)).toEqual(['01-03', '01-07', '01-14']);
    expect(yearOf('SENSEX', 2025).filter((d) => d >= '08-20' && d <= '09-12')).toEqual(['08-26m', '09-04', '09-11']);
    expect(yearOf('SENSEX', 2026)).toEqual(expect.arrayContaining(['01-14', '03-25m', '05-27m']));
  });

  test('holiday-shifted expiries of 2024 and 2025', () => {
    expect(yearOf('NIFTY', 2024)).toEqual(expect.arrayContaining(['04-10', '08-14']));
    expect(yearOf('NIFTY', 2025)).toEqual(expect.arrayContaining(['04-09', '04-30', '10-20']));
    expect(yearOf('SENSEX', 2025)).toEqual(expect.arrayContaining(['10-01', '12-24m']));
    expect(yearOf('MIDCPNIFTY', 2024)).toEqual(expect.arrayContaining(['01-19', '05-17', '06-14']));
  });
});

describe('lists as they were on a day', () => {
  test('the March 2026 monthly is listed on the holiday until the new year', () => {
    expect(dates('NIFTY', '2025-12-23')).toContain('2026-03-31q');
    expect(dates('NIFTY', '2026-01-13')).toContain('2026-03-30m');
  });

  test('long-dated NIFTY contracts were re-dated at the end of 2025-07-31', () => {
    expect(dates('NIFTY', '2025-07-31')).toContain('2025-09-25m');
    expect(dates('NIFTY', '2025-08-01')).toContain('2025-09-30m');
  });

  test('fixed holidays of unpublished years are applied at NSE, not at BSE', () => {
    expect(dates('NIFTY', '2026-01-13')).toContain('2029-12-24h');
    expect(dates('SENSEX', '2024-06-13')).toContain('2026-12-25h');
  });

  test('nothing is listed before the launch', () => {
    expect(listedExpiries('MIDCPNIFTY', day('2022-01-21'))).toEqual([]);
    expect(dates('NIFTY', '2019-02-08').filter((d) => d.endsWith('w'))).toEqual([]);
    expect(dates('NIFTY', '2019-02-11')[0]).toBe('2019-02-14w');
  });
});

describe('the expiry at an instant', () => {
  const at = (date: string, clock: string) => istInstant(date as IstDate, clock);

  test('rolls after the last trade of the expiry day', () => {
    expect(expiryAt('NIFTY', at('2026-01-13', '15:30'), 'nearest')).toBe('2026-01-13');
    expect(expiryAt('NIFTY', at('2026-01-13', '15:30:01'), 'nearest')).toBe('2026-01-20');
    expect(expiryAt('NIFTY', at('2026-08-04', '15:40'), 'nearest')).toBe('2026-08-04');
    expect(expiryAt('NIFTY', at('2026-08-04', '15:41'), 'nearest')).toBe('2026-08-11');
  });

  test('next and monthly', () => {
    expect(expiryAt('NIFTY', at('2025-08-29', '09:30'), 'nearest')).toBe('2025-09-02');
    expect(expiryAt('NIFTY', at('2025-08-29', '09:30'), 'next')).toBe('2025-09-09');
    expect(expiryAt('NIFTY', at('2025-08-29', '09:30'), 'monthly')).toBe('2025-09-30');
    expect(expiryAt('BANKNIFTY', at('2025-08-29', '09:30'), 'nearest')).toBe('2025-09-30');
    expect(expiryAt('NIFTY', at('2025-09-30', '15:31'), 'monthly')).toBe('2025-10-28');
  });

  test('on a closed day it is the coming expiry', () => {
    expect(expiryAt('NIFTY', at('2026-01-17', '12:00'), 'nearest')).toBe('2026-01-20');
  });

  test('before the launch is an error', () => {
    expect(() => expiryAt('SENSEX', at('2023-01-02', '10:00'), 'nearest')).toThrow(AppError);
    expect(() => expiryAt('SENSEX', at('2023-01-02', '10:00'), 'nearest')).toThrow(
      'expected a listed nearest expiry of SENSEX on 2023-01-02, found none',
    );
  });

  test('the end of life and the fixing of the settlement value', () => {
    expect(formatIst(expiryInstant(day('2026-07-28')))).toBe('2026-07-28 15:30:00');
    expect(formatIst(settlementInstant(day('2026-07-28')))).toBe('2026-07-28 15:30:00');
    expect(formatIst(expiryInstant(day('2026-08-04')))).toBe('2026-08-04 15:40:00');
    expect(formatIst(settlementInstant(day('2026-08-04')))).toBe('2026-08-04 15:35:00');
    expect(formatIst(expiryInstant(day('2030-06-25')))).toBe('2030-06-25 15:40:00');
  });
});

describe('dates and contract months', () => {
  test.each([
    ['NIFTY', '2026-01-13', true],
    ['NIFTY', '2026-01-14', false],
    ['NIFTY', '2026-03-30', true],
    ['NIFTY', '2026-03-31', true],
    ['NIFTY', '2023-06-29', true],
    ['SENSEX', '2026-01-15', true],
    ['SENSEX', '2026-01-14', true],
    ['BANKNIFTY', '2024-01-31', true],
    ['BANKNIFTY', '2024-11-20', false],
    ['MIDCPNIFTY', '2024-06-14', true],
    ['MIDCPNIFTY', '2050-02-11', false],
  ] as const)('%s %s is or was an expiry: %s', (underlying, date, expected) => {
    expect(isExpiry(underlying, day(date))).toBe(expected);
  });

  test('a week after the monthly is weekly even in the same month', () => {
    expect([isMonthlyExpiry('BANKNIFTY', day('2024-01-25')), isMonthlyExpiry('BANKNIFTY', day('2024-01-31'))]).toEqual([
      true,
      false,
    ]);
  });

  test('every listed expiry is an expiry', () => {
    const days = tradingDays(day('2019-02-11'), day('2026-12-31')).filter((_, i) => i % 13 === 0);
    const wrong = days.flatMap((on) =>
      (['NIFTY', 'BANKNIFTY', 'SENSEX', 'MIDCPNIFTY'] as const).flatMap((u) =>
        listedExpiries(u, on)
          .filter(
            (e) =>
              !isExpiry(u, e.date) || !isExpiry(u, e.finalDate) || (e.kind === 'weekly') === isMonthlyExpiry(u, e.date),
          )
          .map((e) => `${u} ${on} ${e.date}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('a contract month as listed and as it is', () => {
    const march = { year: 2026, month: 3 };
    expect(monthlyExpiry('NIFTY', march)).toBe('2026-03-30');
    expect(monthlyExpiry('NIFTY', { ...march, knownOn: day('2025-12-23') })).toBe('2026-03-31');
    expect(monthlyExpiry('NIFTY', { year: 2029, month: 12 })).toBe('2029-12-24');
    expect(monthlyExpiry('SENSEX', { year: 2020, month: 1 })).toBeNull();
  });
});
