import { addDays, parseIstDate, type IstDate } from '@sos/domain';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';

import { sampleBars, sampleOption, sampleTape } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';
import type { WriteTransaction } from './write-transaction.js';

let db: TestStore;
beforeAll(async () => {
  db = await openTestStore();
  await db.store.transaction(fill);
}, 60_000);
afterAll(() => db.close());

const NIFTY = indexContract('NIFTY');
const day = (text: string): IstDate => parseIstDate(text);
const chain = (expiry: string) => sampleTape({ day: '2025-08-29', expiry, strikes: [24_400, 24_500], snapshots: 20 });

// 2025-08-27 is a holiday (Ganesh Chaturthi); 28 and 29 August are Thursday and Friday.
async function fill(tx: WriteTransaction): Promise<void> {
  const recorded = { source: 'recorded', dataset: 'rec' } as const;
  await tx.writeCandles(NIFTY, sampleBars('2025-08-26', 375, 100), recorded);
  await tx.writeCandles(NIFTY, sampleBars('2025-08-28', 375, 200), recorded);
  await tx.writeCandles(NIFTY, sampleBars('2025-08-29', 100, 300), recorded);
  await tx.writeCandles(NIFTY, sampleBars('2025-08-29', 375, 400), { source: 'derived', dataset: 'parity' });
  await tx.writeCandles(NIFTY, sampleBars('2025-09-01', 375, 500), { source: 'derived', dataset: 'parity' });
  await tx.writeCandles(NIFTY, sampleBars('2025-09-03', 375, 600), { source: 'simulated', dataset: 'sim' });
  await tx.writeCandles(futureContract('NIFTY', day('2025-09-30')), sampleBars('2025-08-29', 3, 350), recorded);
  await tx.writeCandles(futureContract('NIFTY', day('2025-10-28')), sampleBars('2025-08-29', 3, 360), recorded);
  await tx.writeChains(['2025-09-02', '2025-09-09', '2025-09-16', '2025-09-30'].map(chain), 'nse');
  await tx.writeOptionSeries([sampleOption('2025-08-29', 24_500, '2025-09-02')], 'ticks');
}

test('sessions are the days with index bars that the filter admits', async () => {
  const sessions = (filter: string) =>
    db.store.marketSource({ filter }).sessions('NIFTY', day('2025-08-27'), day('2025-09-30'));
  expect(await sessions('imported')).toEqual(['2025-08-28', '2025-08-29', '2025-09-01']);
  expect(await sessions('simulated')).toEqual(['2025-09-03']);
  expect(await sessions('parity')).toEqual(['2025-08-29', '2025-09-01']);
  expect(await sessions('nobody')).toEqual([]);
});

test('a day has the recorded index before the derived one, the front future, the two nearest chains and options', async () => {
  const tape = await db.store.marketSource({ filter: 'imported' }).day('NIFTY', day('2025-08-29'));
  expect(tape?.index).toEqual(sampleBars('2025-08-29', 100, 300));
  expect(tape?.indexSource).toBe('recorded');
  expect(tape?.future).toEqual(sampleBars('2025-08-29', 3, 350));
  expect(tape?.chains).toEqual([chain('2025-09-02'), chain('2025-09-09')]);
  expect(tape?.previousClose).toBe(200 + 374 + 0.1);
  expect(tape?.origins).toEqual(['rec (recorded)', 'nse (recorded)', 'ticks (recorded)']);
  const option = (strike: number, expiry: string) =>
    tape?.option(optionContract({ underlying: 'NIFTY', expiry: day(expiry), strike, right: 'CE' }));
  expect(option(24_500, '2025-09-02')).toEqual(sampleOption('2025-08-29', 24_500, '2025-09-02'));
  expect(option(24_400, '2025-09-02')).toMatchObject({ kind: 'quotes', length: 20 });
  expect(option(24_400, '2025-09-02')).toBe(option(24_400, '2025-09-02'));
  expect(option(24_450, '2025-09-02')).toBeNull();
  expect(option(24_400, '2025-09-16')).toBeNull();
});

test('the monthly expiry is loaded on demand', async () => {
  const tape = await db.store
    .marketSource({ filter: 'imported', expiries: 1, monthly: true })
    .day('NIFTY', day('2025-08-29'));
  expect(tape?.chains.map((c) => c.expiry)).toEqual(['2025-09-02', '2025-09-30']);
});

test('a data set by name gives its own index', async () => {
  const tape = await db.store.marketSource({ filter: 'parity' }).day('NIFTY', day('2025-08-29'));
  expect(tape?.index).toEqual(sampleBars('2025-08-29', 375, 400));
  expect(tape).toMatchObject({ indexSource: 'derived', chains: [], future: null, origins: ['parity (derived)'] });
});

test('the previous close is unknown when the previous trading day is not stored', async () => {
  const source = db.store.marketSource({ filter: 'imported' });
  const [monday, thursday] = await Promise.all([
    source.day('NIFTY', day('2025-09-01')),
    source.day('NIFTY', day('2025-08-28')),
  ]);
  // Friday's recorded bars are fewer, but they come before derived ones.
  expect(monday?.previousClose).toBe(300 + 99 + 0.1);
  // The day before Thursday the 28th was a holiday: the previous session is Tuesday's.
  expect(thursday?.previousClose).toBe(100 + 374 + 0.1);
  const simulated = await db.store.marketSource({ filter: 'simulated' }).day('NIFTY', day('2025-09-03'));
  expect(simulated?.previousClose).toBeNaN();
});

test('nothing known of a day is null', async () => {
  const source = db.store.marketSource({ filter: 'imported' });
  expect(await source.day('NIFTY', day('2025-08-25'))).toBeNull();
  expect(await source.day('BANKNIFTY', day('2025-08-29'))).toBeNull();
});

test('warm-up is the last bars of earlier sessions, oldest first', async () => {
  const source = db.store.marketSource({ filter: 'imported' });
  const bars = await source.warmUp('NIFTY', day('2025-08-29'), 400);
  expect(bars.length).toBe(400);
  expect(bars.volume.every(Number.isNaN)).toBe(true);
  expect([bars.open[0], bars.open[24], bars.open[25], bars.open[399]]).toEqual([100 + 350, 100 + 374, 200, 200 + 374]);
  expect((await source.warmUp('NIFTY', day('2025-08-29'), 10_000)).length).toBe(750);
  expect((await source.warmUp('NIFTY', addDays(day('2025-08-26'), 0), 10)).length).toBe(0);
});
