import { parseIstDate } from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';

import { sampleBars } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

jest.setTimeout(60_000);
let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

const [monday, tuesday] = [parseIstDate('2026-01-12'), parseIstDate('2026-01-13')];
const index = indexContract('NIFTY');
const call = optionContract({ underlying: 'NIFTY', expiry: tuesday, strike: 25700, right: 'CE' });
const unlisted = optionContract({ underlying: 'NIFTY', expiry: tuesday, strike: 99000, right: 'CE' });
const upstox = { source: 'recorded', dataset: 'upstox' } as const;

test('bars and last words are kept by contract, day and source; a later word replaces an earlier one', async () => {
  await db.store.transaction(async (tx) => {
    await tx.writeCandles(index, sampleBars('2026-01-12', 375, 25700), upstox);
    await tx.writeCandles(call, sampleBars('2026-01-12', 10, 100), upstox);
    await tx.writeCandles(call, sampleBars('2026-01-12', 7, 100), { source: 'recorded', dataset: 'file' });
    await tx.writeAnswers([{ contract: index, day: monday, answer: 'complete' }], upstox);
    await tx.writeAnswers([{ contract: unlisted, day: monday, answer: 'complete' }], upstox);
    await tx.writeAnswers([{ contract: unlisted, day: monday, answer: 'not-listed' }], upstox);
    await tx.writeAnswers([], upstox);
  });
  expect(await db.store.contractDays({ underlying: 'NIFTY', from: monday, to: monday })).toEqual([
    { contract: 'NIFTY', day: '2026-01-12', ...upstox, bars: 375, answer: 'complete' },
    { contract: 'NIFTY13JAN2625700CE', day: '2026-01-12', source: 'recorded', dataset: 'file', bars: 7, answer: null },
    { contract: 'NIFTY13JAN2625700CE', day: '2026-01-12', ...upstox, bars: 10, answer: null },
    { contract: 'NIFTY13JAN2699000CE', day: '2026-01-12', ...upstox, bars: 0, answer: 'not-listed' },
  ]);
  expect(await db.store.contractDays({ underlying: 'NIFTY', from: tuesday, to: tuesday })).toEqual([]);
  expect(await db.store.contractDays({ underlying: 'BANKNIFTY', from: monday, to: tuesday })).toEqual([]);
});

test('options of a day come from the one source that was asked for', async () => {
  await db.store.transaction(async (tx) => {
    await tx.writeCandles(call, sampleBars('2026-01-12', 10, 100), upstox);
    await tx.writeCandles(call, sampleBars('2026-01-12', 7, 100), { source: 'recorded', dataset: 'file' });
  });
  const query = { underlying: 'NIFTY', expiry: tuesday, date: monday, ...upstox } as const;
  const found = await db.store.optionsOfDay(query);
  expect(found.map((s) => [s.contract.id, s.length, s.close[9]])).toEqual([['NIFTY13JAN2625700CE', 10, 109.1]]);
  expect(await db.store.optionsOfDay({ ...query, dataset: 'nobody' })).toEqual([]);
  expect(await db.store.optionsOfDay({ ...query, expiry: parseIstDate('2026-01-20') })).toEqual([]);
});
