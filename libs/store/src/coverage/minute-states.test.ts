import { parseIstDate } from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';

import { sampleBars, sampleTape } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

jest.setTimeout(60_000);
let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

const [monday, tuesday] = [parseIstDate('2026-01-12'), parseIstDate('2026-01-13')];
const call = optionContract({ underlying: 'NIFTY', expiry: tuesday, strike: 25700, right: 'CE' });
const OPEN = 9 * 60 + 15;

test('bars tell trades by their volume, an index by its price; minutes are those of their closes', async () => {
  const bars = sampleBars('2026-01-12', 3, 100);
  bars.volume.set([65, 0, Number.NaN]);
  await db.store.transaction(async (tx) => {
    await tx.writeCandles(indexContract('NIFTY'), sampleBars('2026-01-12', 2, 25700), {
      source: 'recorded',
      dataset: 'a',
    });
    await tx.writeCandles(call, bars, { source: 'recorded', dataset: 'a' });
    await tx.writeCandles(call, sampleBars('2026-01-12', 1, 100), { source: 'simulated', dataset: 'b' });
  });
  const query = { underlying: 'NIFTY', from: monday, to: monday, filter: 'imported' } as const;
  const index = { contract: 'NIFTY', day: '2026-01-12', source: 'recorded', dataset: 'a', isChain: false };
  const found = await db.store.minuteStates(query);
  expect(found).toEqual([
    { ...index, traded: [OPEN + 1, OPEN + 2], quoted: [], seen: [] },
    { ...index, contract: 'NIFTY13JAN2625700CE', traded: [OPEN + 1, OPEN + 3], quoted: [], seen: [OPEN + 2] },
  ]);
  expect(await db.store.minuteStates({ ...query, indexOnly: true })).toEqual(found.slice(0, 1));
  expect(await db.store.minuteStates({ ...query, filter: 'b' })).toMatchObject([{ dataset: 'b', traded: [OPEN + 1] }]);
  expect(await db.store.minuteStates({ ...query, from: tuesday, to: tuesday })).toEqual([]);
});

test('chain pages tell trades by growth of the day’s volume, quotes by a bid or an ask', async () => {
  const tape = sampleTape({ day: '2026-01-12', expiry: '2026-01-13', strikes: [25700], snapshots: 3 });
  tape.call.volume.set([0, 0, 130]);
  tape.call.bid.set([Number.NaN, 99, 99]);
  tape.call.ask.set([Number.NaN, Number.NaN, 101]);
  await db.store.transaction((tx) => tx.writeChains([tape], 'pages'));
  const found = await db.store.minuteStates({ underlying: 'NIFTY', from: monday, to: monday, filter: 'imported' });
  const at = [0, 1, 2].map((i) =>
    Math.ceil(((tape.availableAt[i] as number) - Date.UTC(2026, 0, 11, 18, 30)) / 60_000),
  );
  expect(found.find((one) => one.contract === call.id)).toEqual({
    contract: call.id,
    day: '2026-01-12',
    source: 'recorded',
    dataset: 'pages',
    isChain: true,
    traded: [at[2]],
    quoted: [at[1]],
    seen: [at[0]],
  });
});
