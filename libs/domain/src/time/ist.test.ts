import fc from 'fast-check';
import type { EpochMs } from './epoch-ms.js';
import {
  addDays,
  daysBetween,
  formatIst,
  formatIstClock,
  istDateOf,
  istInstant,
  istMinuteOfDay,
  parseIstDate,
  startOfIstDay,
  toIstIso,
  weekdayOf,
} from './ist.js';

describe('IST', () => {
  const open = istInstant(parseIstDate('2026-01-12'), '09:15');

  test('the NSE open of 2026-01-12 is 03:45 UTC', () => {
    expect(open).toBe(Date.UTC(2026, 0, 12, 3, 45));
    expect(istDateOf(open)).toBe('2026-01-12');
    expect(istMinuteOfDay(open)).toBe(9 * 60 + 15);
    expect(formatIstClock(open)).toBe('09:15');
    expect(formatIst(open)).toBe('2026-01-12 09:15:00');
    expect(toIstIso(open)).toBe('2026-01-12T09:15:00.000+05:30');
  });

  test('midnight IST belongs to the day that begins', () => {
    const midnight = startOfIstDay(parseIstDate('2026-01-12'));
    expect(istDateOf(midnight)).toBe('2026-01-12');
    expect(istDateOf((midnight - 1) as EpochMs)).toBe('2026-01-11');
  });

  test('weekdays and day arithmetic cross months, leap days and years', () => {
    expect(weekdayOf(parseIstDate('2026-02-01'))).toBe(0);
    expect(weekdayOf(parseIstDate('1969-12-31'))).toBe(3);
    expect(addDays(parseIstDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(parseIstDate('2025-12-31'), 1)).toBe('2026-01-01');
    expect(daysBetween(parseIstDate('2024-02-28'), parseIstDate('2024-03-01'))).toBe(2);
  });

  test.each(['2026-02-30', '2026-13-01', '12-01-2026', '2026-1-2', ''])('refuses %p as a date', (text) => {
    expect(() => parseIstDate(text)).toThrow(`expected a date as YYYY-MM-DD, found "${text}"`);
  });

  test.each(['24:00', '9:15', '09:60', ''])('refuses %p as a clock', (clock) => {
    expect(() => istInstant(parseIstDate('2026-01-12'), clock)).toThrow('expected a time as HH:MM or HH:MM:SS');
  });

  test('date and clock of an instant lead back to its minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        const at = ms as EpochMs;
        expect(istInstant(istDateOf(at), formatIstClock(at))).toBe(Math.floor(ms / 60_000) * 60_000);
      }),
    );
  });

  test('adding days and back is the identity', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: -5_000, max: 5_000 }), (start, days) => {
        const date = addDays(parseIstDate('1970-01-01'), start);
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});
