import { parseIstDate } from '@sos/domain';
import { sessionOf } from '@sos/rulebook';
import { varianceClock } from './variance-clock.js';

function clock(date: string, expiry: string): Float64Array {
  const session = sessionOf(parseIstDate(date));
  if (session === null) throw new Error(`expected a session on ${date}, found none`);
  return varianceClock(session, parseIstDate(expiry));
}

describe('variance clock', () => {
  it('runs down to nothing at the settlement of an expiry day', () => {
    const day = clock('2026-01-13', '2026-01-13');
    expect(day.length).toBe(376);
    expect(day[375]).toBe(0);
    expect(day[374]).toBeGreaterThan(0);
    expect(day.every((left, m) => m === 0 || left < (day[m - 1] as number))).toBe(true);
  });

  it('stands still after the settlement of 15:35 where trading goes on to 15:40', () => {
    const day = clock('2026-08-04', '2026-08-04');
    expect(day.length).toBe(386);
    expect(Array.from(day.subarray(380))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(day[379]).toBeGreaterThan(0);
  });

  it('takes a day, a night and a weekend for what they are', () => {
    const friday = clock('2026-01-09', '2026-01-13');
    const [open, close] = [friday[0] as number, friday[375] as number];
    // Shares of market-climate.ts: 0.62 of a day between open and close, 0.38 overnight, 0.03 more for each further day of a pause.
    expect(open - close).toBeCloseTo(0.62, 9);
    expect(close).toBeCloseTo(0.38 + 0.06 + 0.62 + (0.38 + 0.62), 9);
  });

  it('goes on beyond the last published holiday list, weekdays being sessions', () => {
    const far = clock('2026-12-29', '2027-01-05');
    expect(far.at(-1)).toBeCloseTo(5 + 0.06, 9);
  });

  it('runs fastest after the open', () => {
    const day = clock('2026-01-12', '2026-01-13');
    const passed = (from: number, to: number): number => (day[from] as number) - (day[to] as number);
    expect(passed(0, 15)).toBeGreaterThan(3 * passed(150, 165));
  });
});
