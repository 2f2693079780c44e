import { istInstant, parseIstDate } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';

import { openTestStore, type TestStore } from '../fixtures/test-store.js';
import type { MarketStat } from './market-stat.js';

let db: TestStore;
beforeAll(async () => {
  db = await openTestStore();
}, 60_000);
afterAll(() => db.close());

test('market stats come back exactly, unknown as null', async () => {
  const date = parseIstDate('2026-01-12');
  const stat = (clock: string, pcr: number | null): MarketStat => ({
    underlying: 'NIFTY',
    band: 'ATM±10',
    eventTime: istInstant(date, clock),
    availableAt: istInstant(date, '09:30'),
    pcr,
    pcrVelocity: null,
    callOpenInterest: 1_234_500,
    putOpenInterest: 0,
    wallAbove: 25_900,
    wallBelow: null,
    maxPain: 25_800.5,
    advances: 31,
    declines: null,
    spot: 25_790.55,
  });
  const stats = [stat('09:29', 0.71), { ...stat('09:28', null), band: 'all' }];
  const source = { source: 'recorded', dataset: 'trendlyne' } as const;
  const count = await db.store.transaction((tx) => tx.writeMarketStats(stats, source));
  expect(count).toEqual({ inserted: 2, changed: 0, unchanged: 0 });
  expect(await db.store.readMarketStats({ underlying: 'NIFTY', date, filter: 'imported' })).toEqual(stats);
  expect(await db.store.readMarketStats({ underlying: 'NIFTY', date, filter: 'simulated' })).toEqual([]);
});

test('an alias means the contract of its day: vendors reuse keys', async () => {
  const contract = (expiry: string) =>
    optionContract({ underlying: 'NIFTY', expiry: parseIstDate(expiry), strike: 24_000, right: 'PE' });
  const key = { vendor: 'upstox', alias: 'NSE_FO|4711' };
  await db.store.transaction((tx) =>
    tx.writeAliases([
      {
        ...key,
        contract: contract('2025-09-02'),
        validFrom: parseIstDate('2025-08-01'),
        validTo: parseIstDate('2025-09-02'),
      },
      { ...key, contract: contract('2025-12-30'), validFrom: parseIstDate('2025-11-01'), validTo: null },
    ]),
  );
  const on = (date: string) => db.store.resolveAlias('upstox', 'NSE_FO|4711', parseIstDate(date));
  expect(await Promise.all(['2025-07-31', '2025-09-02', '2025-10-01', '2026-01-05'].map(on))).toEqual([
    null,
    'NIFTY02SEP2524000PE',
    null,
    'NIFTY30DEC2524000PE',
  ]);
});
