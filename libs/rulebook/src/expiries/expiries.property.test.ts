import { UNDERLYINGS, addDays, istInstant, type IstDate } from '@sos/domain';
import fc from 'fast-check';
import { day } from '../dated/ist-day.js';
import {
  expiryAt,
  expiryInstant,
  isTradingDay,
  listedExpiries,
  lotSize,
  maxLotsPerOrder,
  freezeQuantity,
} from '../index.js';

const dayOfRange = fc.integer({ min: 0, max: 2921 }).map((n) => addDays(day('2019-01-01'), n));
// Weekly options were launched on 2019-02-11: that day brought the nearest expiry forward.
const sinceWeeklies = fc.integer({ min: 41, max: 2921 }).map((n) => addDays(day('2019-01-01'), n));
const underlying = fc.constantFrom(...UNDERLYINGS);

test('a list is ascending, without repeats, and starts no earlier than the day', () => {
  fc.assert(
    fc.property(underlying, dayOfRange, (u, on) => {
      const list = listedExpiries(u, on).map((e) => e.date);
      expect([...new Set(list)].sort()).toEqual(list);
      expect(list.every((d) => d >= on)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('a final expiry within the known years is a trading day', () => {
  fc.assert(
    fc.property(underlying, dayOfRange, (u, on) => {
      const finals = listedExpiries(u, on).map((e) => e.finalDate);
      expect(finals.filter((d) => d <= '2026-12-31' && !isTradingDay(d))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('the nearest expiry never moves back as time goes on', () => {
  const clock = fc.constantFrom('09:15', '12:00', '15:30', '15:41', '23:00');
  fc.assert(
    fc.property(sinceWeeklies, fc.integer({ min: 0, max: 20 }), clock, clock, (a, gap, c1, c2) => {
      const b = addDays(a, gap);
      fc.pre(b <= '2026-12-31');
      const nearest = (on: IstDate, c: string) =>
        listedExpiries('NIFTY', on).find((e) => e.date === expiryAt('NIFTY', istInstant(on, c), 'nearest'));
      const [first, second] = gap === 0 ? [c1, c2].sort() : [c1, c2];
      const [x, y] = [nearest(a, first as string), nearest(b, second as string)];
      expect((x?.finalDate ?? '') <= (y?.finalDate ?? '')).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('expiry instants are ordered like expiry dates, and the nearest is not over yet', () => {
  fc.assert(
    fc.property(dayOfRange, (on) => {
      const at = istInstant(on, '11:00');
      const chosen = expiryAt('NIFTY', at, 'nearest');
      expect(expiryInstant(chosen)).toBeGreaterThanOrEqual(at);
      const instants = listedExpiries('NIFTY', on).map((e) => expiryInstant(e.date));
      expect([...instants].sort((p, q) => p - q)).toEqual(instants);
    }),
    { numRuns: 300 },
  );
});

test('an order of the most lots does not exceed the freeze quantity, one lot more does', () => {
  fc.assert(
    fc.property(underlying, dayOfRange, (u, on) => {
      const expiry = listedExpiries(u, on)[0]?.date;
      fc.pre(expiry !== undefined);
      const lot = lotSize(u, expiry as IstDate, on);
      const most = maxLotsPerOrder(u, expiry as IstDate, on);
      expect(most * lot).toBeLessThanOrEqual(freezeQuantity(u, on));
      expect((most + 1) * lot).toBeGreaterThan(freezeQuantity(u, on));
    }),
    { numRuns: 400 },
  );
});
