import fc from 'fast-check';
import { OrderBudget, UPSTOX_ORDER_BUDGET, type OrderLane } from './order-budget.js';

const LIMITS = [
  { orders: 10, ms: 1_000 },
  { orders: 500, ms: 60_000 },
  { orders: 2_000, ms: 1_800_000 },
];

/** Most messages in any stretch of `ms`, wherever it begins. */
function fullest(times: readonly number[], ms: number): number {
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] as number) - (times[from] as number) >= ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

describe('the order budget', () => {
  test('a million asks in random schedules exceed no window of the broker', () => {
    let asks = 0;
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(3, 40, 110, 900), (seed, pace) => {
        const budget = new OrderBudget(UPSTOX_ORDER_BUDGET);
        const sent: number[] = [];
        let state = seed >>> 0;
        let now = 1_763_600_000_000;
        for (let i = 0; i < 10_000; i++, asks++) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          now += Math.floor((state / 2 ** 32) * 2 * pace);
          const lane: OrderLane = (state & 0x10000) === 0 ? 'entry' : 'exit';
          if (budget.take(lane, now) === 0) sent.push(now);
        }
        for (const { orders, ms } of LIMITS) expect(fullest(sent, ms)).toBeLessThanOrEqual(orders);
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(asks).toBe(1_000_000);
  });

  test('however many entries ask, the share of exits stays free', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (gaps) => {
        const budget = new OrderBudget(UPSTOX_ORDER_BUDGET);
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          while (budget.take('entry', now) === 0);
        }
        expect(budget.take('exit', now)).toBe(0);
        expect(budget.take('exit', now)).toBe(0);
      }),
    );
  });

  test('the wait that is told is the shortest that helps', () => {
    const budget = new OrderBudget({ windows: [{ orders: 4, ms: 1_000 }], exitShare: 0.5 });
    expect([budget.take('entry', 0), budget.take('entry', 100)]).toEqual([0, 0]);
    expect(budget.take('entry', 250)).toBe(750);
    expect([budget.take('exit', 250), budget.take('exit', 250)]).toEqual([0, 0]);
    expect(budget.take('exit', 300)).toBe(700);
    expect(budget.take('entry', 1_249)).toBe(1);
    expect(budget.take('entry', 1_250)).toBe(0);
  });

  test('what another process sent counts', () => {
    const first = new OrderBudget({ windows: [{ orders: 2, ms: 1_000 }], exitShare: 0.5 });
    expect(first.take('exit', 0)).toBe(0);
    const second = new OrderBudget({ windows: [{ orders: 2, ms: 1_000 }], exitShare: 0.5 }, first.stamps);
    expect(second.take('exit', 10)).toBe(0);
    expect(second.take('exit', 20)).toBe(980);
  });

  test('a window that is none is refused', () => {
    expect(() => new OrderBudget({ windows: [{ orders: Number.NaN, ms: 1_000 }], exitShare: 0.2 })).toThrow(
      'expected at least 2 orders per window',
    );
    expect(() => new OrderBudget({ ...UPSTOX_ORDER_BUDGET, exitShare: 1 })).toThrow(
      'expected a share for exits between 0 and 1',
    );
  });
});
