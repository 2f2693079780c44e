import type { MarketSource } from '@sos/backtester';
import { makeBarColumns, parseIstDate, type IstDate } from '@sos/domain';
import { firstKnown } from './first-known.js';
import { dayOf } from './fixtures/research-fixture.js';

const monday = parseIstDate('2026-01-12');
const tuesday = parseIstDate('2026-01-13');

function sourceOf(days: readonly IstDate[], bars: number): MarketSource {
  return {
    sessions: async () => [...days],
    day: async (_underlying, date) => (days.includes(date) ? { ...dayOf(bars), date } : null),
    warmUp: async () => makeBarColumns(bars),
  };
}

describe('first known source', () => {
  const both = firstKnown(sourceOf([monday], 2), sourceOf([monday, tuesday], 5));
  test('knows the days of either, once and in order', async () => {
    expect(await both.sessions('NIFTY', monday, tuesday)).toEqual([monday, tuesday]);
  });
  test('takes each day whole from the first that has it', async () => {
    expect((await both.day('NIFTY', monday))?.index.length).toBe(2);
    expect((await both.day('NIFTY', tuesday))?.index.length).toBe(5);
    expect(await both.day('NIFTY', parseIstDate('2026-01-14'))).toBeNull();
  });
  test('warms up from the first that has bars', async () => {
    expect((await both.warmUp('NIFTY', tuesday, 9)).length).toBe(2);
    expect((await firstKnown(sourceOf([], 0), sourceOf([monday], 5)).warmUp('NIFTY', tuesday, 9)).length).toBe(5);
  });
});
