import { istInstant, makeBarColumns, parseIstDate, sliceBars, startOfIstDay, type EpochMs } from '@sos/domain';
import { futureContract, indexContract } from '@sos/symbol-master';

import type { DataSource } from '../data-source.js';
import { sampleBars, sampleOption } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
}, 60_000);
afterEach(() => db.close());

const NIFTY = indexContract('NIFTY');
const A: DataSource = { source: 'recorded', dataset: 'a' };
const B: DataSource = { source: 'recorded', dataset: 'b' };
const from = startOfIstDay(parseIstDate('2025-08-01'));
const to = startOfIstDay(parseIstDate('2025-10-01'));
const read = (source: DataSource, contract = NIFTY.id) => db.store.readCandles({ contract, from, to, source });

test('bars come back exactly, unknown as NaN, and are NULL with a reason in the table', async () => {
  const bars = sampleBars('2025-08-29', 375, 24_500.05);
  bars.close[7] = Number.NaN;
  bars.open[8] = -0.1 - 0.2;
  const written = await db.store.transaction((tx) => tx.writeCandles(NIFTY, bars, A));
  expect(written).toEqual({ inserted: 375, changed: 0, unchanged: 0 });
  expect(await read(A)).toEqual(bars);
  const rows = await db.sql`
    select count(*)::int as n, count(volume)::int as volumes, min(quality) as plain, max(quality) as worst, min(span_ms) as span
    from candles`;
  // recorded 1 + unpublished 32; the bar without a close has absent 64 as well.
  expect(rows[0]).toEqual({ n: 375, volumes: 0, plain: 33, worst: 97, span: 60_000 });
});

test('the same bars again change nothing; corrected ones replace; later ones are added', async () => {
  const bars = sampleBars('2025-08-29', 10, 100);
  await db.store.transaction((tx) => tx.writeCandles(NIFTY, sliceBars(bars, 0, 6), A));
  const fixed = sampleBars('2025-08-29', 10, 100);
  fixed.close[2] = 99.5;
  const second = await db.store.transaction((tx) => tx.writeCandles(NIFTY, fixed, A));
  expect(second).toEqual({ inserted: 4, changed: 1, unchanged: 5 });
  expect(await read(A)).toEqual(fixed);
  const coverage = await db.store.coverage({
    underlying: 'NIFTY',
    from: parseIstDate('2025-08-29'),
    to: parseIstDate('2025-08-29'),
  });
  expect(coverage).toEqual([
    { day: '2025-08-29', series: 'index', source: 'recorded', dataset: 'a', contracts: 1, rows: 10 },
  ]);
});

test('a value that becomes unknown is corrected downwards too', async () => {
  const bars = sampleBars('2025-08-29', 3, 100);
  bars.volume.set([10, 20, 30]);
  await db.store.transaction((tx) => tx.writeCandles(NIFTY, bars, A));
  bars.volume[1] = Number.NaN;
  await db.store.transaction((tx) => tx.writeCandles(NIFTY, bars, A));
  expect([...(await read(A)).volume]).toEqual([10, Number.NaN, 30]);
});

test('two sources of the same minutes live side by side', async () => {
  const a = sampleBars('2025-08-29', 5, 100);
  const b = sampleBars('2025-08-29', 5, 200);
  await db.store.transaction(async (tx) => {
    await tx.writeCandles(NIFTY, a, A);
    await tx.writeCandles(NIFTY, b, B);
  });
  expect([await read(A), await read(B)]).toEqual([a, b]);
});

test('months get their own partitions, at the turn of the month and of the year', async () => {
  const bars = makeBarColumns(3);
  const clock = (day: string): EpochMs => istInstant(parseIstDate(day), '09:16');
  bars.time.set([clock('2025-12-31'), clock('2026-01-01'), clock('2026-02-01')]);
  await db.store.transaction((tx) => tx.writeCandles(NIFTY, bars, A));
  const parts =
    await db.sql`select tableoid::regclass::text as part, count(*)::int as n from candles group by 1 order by 1`;
  expect(parts.map((p) => ({ ...p }))).toEqual([
    { part: 'candles_2025_12', n: 1 },
    { part: 'candles_2026_01', n: 1 },
    { part: 'candles_2026_02', n: 1 },
  ]);
});

test('bars out of order are refused, and nothing of their transaction is kept', async () => {
  const good = sampleBars('2025-08-29', 4, 100);
  const bad = sampleBars('2025-09-01', 4, 100);
  bad.time[2] = bad.time[1] ?? 0;
  const write = db.store.transaction(async (tx) => {
    await tx.writeCandles(NIFTY, good, A);
    await tx.writeCandles(NIFTY, bad, A);
  });
  await expect(write).rejects.toMatchObject({
    code: 'SOS_INVARIANT',
    message: expect.stringContaining('expected times of bars in strictly ascending order'),
  });
  expect((await read(A)).length).toBe(0);
});

test('two writers of the same bars at once: one writes, the other finds them', async () => {
  const bars = sampleBars('2025-08-29', 300, 100);
  const both = await Promise.all([1, 2].map(() => db.store.transaction((tx) => tx.writeCandles(NIFTY, bars, A))));
  expect(both.map((c) => [c.inserted, c.unchanged]).sort()).toEqual([
    [0, 300],
    [300, 0],
  ]);
});

test('quality bits of the importer are kept beside those that follow from the values', async () => {
  const bars = sampleBars('2025-08-29', 2, 100);
  const quality = Int16Array.from([0, 16]);
  const future = futureContract('NIFTY', parseIstDate('2025-09-30'));
  bars.volume.fill(75);
  bars.openInterest.fill(0);
  await db.store.transaction((tx) => tx.writeCandles(future, bars, { source: 'simulated', dataset: 's', quality }));
  const rows = await db.sql`select quality from candles order by ts`;
  expect(rows.map((r) => r['quality'])).toEqual([8 + 32, 8 + 32 + 16]);
  expect(await read({ source: 'simulated', dataset: 's' }, future.id)).toEqual(bars);
});

test('option bars with quotes come back exactly, each contract for itself', async () => {
  const series = [24_400, 24_500].map((strike) => sampleOption('2025-08-29', strike, '2025-09-02'));
  const written = await db.store.transaction((tx) => tx.writeOptionSeries(series, 'ticks'));
  expect(written).toEqual({ inserted: 10, changed: 0, unchanged: 0 });
  for (const one of series)
    expect(
      await db.store.readOptionSeries({ contract: one.contract, date: parseIstDate('2025-08-29'), filter: 'imported' }),
    ).toEqual(one);
  expect(
    await db.store.readOptionSeries({
      contract: sampleOption('2025-08-29', 24_600, '2025-09-02').contract,
      date: parseIstDate('2025-08-29'),
      filter: 'imported',
    }),
  ).toBeNull();
});

test('point quotes are refused: they belong to a chain', async () => {
  const quotes = { ...sampleOption('2025-08-29', 24_400, '2025-09-02'), kind: 'quotes' as const };
  await expect(db.store.transaction((tx) => tx.writeOptionSeries([quotes], 'ticks'))).rejects.toMatchObject({
    code: 'SOS_INVARIANT',
    message: 'expected bars of NIFTY02SEP2524400CE, found quotes: write their chain instead',
  });
});
