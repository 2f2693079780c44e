import { makeChainTape, parseIstDate } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';

import { sampleTape } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
}, 60_000);
afterEach(() => db.close());

const day = '2025-08-29';
const date = parseIstDate(day);
const near = { day, expiry: '2025-09-02', strikes: [24_400, 24_450, 24_500], snapshots: 12 };
const read = (expiries?: number) =>
  db.store.readChains({
    underlying: 'NIFTY',
    date,
    filter: 'imported',
    ...(expiries === undefined ? {} : { expiries }),
  });

test('tapes come back exactly, unknown as NaN and a known zero as zero', async () => {
  const tapes = [sampleTape(near), sampleTape({ ...near, expiry: '2025-09-09', snapshots: 3 })];
  const written = await db.store.transaction((tx) => tx.writeChains(tapes, 'nse'));
  expect(written).toEqual({ inserted: 45, changed: 0, unchanged: 0 });
  expect(await read()).toEqual(tapes);
  expect(await read(1)).toEqual(tapes.slice(0, 1));
  const rows = await db.sql`
    select ce_quality, pe_quality, count(*)::int as n, count(pe_open_interest)::int as oi, count(ce_bid)::int as bids
    from option_chain_quotes group by 1, 2 order by 1`;
  // The call side misses its bid at the lowest strike only (absent 64); the put side gives neither quotes nor volume (unpublished 32).
  expect(rows.map((r) => ({ ...r }))).toEqual([
    { ce_quality: 1, pe_quality: 33, n: 30, oi: 30, bids: 30 },
    { ce_quality: 65, pe_quality: 33, n: 15, oi: 15, bids: 0 },
  ]);
});

test('snapshots written one by one make the same tape, with strikes that come and go', async () => {
  const narrow = sampleTape({ ...near, strikes: [24_400, 24_500], snapshots: 1 });
  const whole = sampleTape(near);
  await db.store.transaction((tx) => tx.writeChains([narrow], 'nse'));
  const later = sampleTape({ ...near, day: '2025-08-29', snapshots: 1, strikes: [24_450] });
  later.eventTime.set([whole.eventTime[5] ?? 0]);
  later.availableAt.set([whole.availableAt[5] ?? 0]);
  await db.store.transaction((tx) => tx.writeChains([later], 'nse'));
  const [tape] = await read();
  const expected = makeChainTape({
    ...near,
    underlying: 'NIFTY',
    expiry: parseIstDate(near.expiry),
    source: 'recorded',
    strikes: whole.strikes,
    length: 2,
  });
  expect([...(tape?.strikes ?? [])]).toEqual([24_400, 24_450, 24_500]);
  expect([...(tape?.call.ask ?? [])]).toEqual([101, Number.NaN, 101, Number.NaN, 101, Number.NaN]);
  expect([...(tape?.put.openInterest ?? [])]).toEqual([0, Number.NaN, 0, Number.NaN, 0, Number.NaN]);
  expect(tape?.put.volume).toEqual(expected.put.volume);
  expect([...(tape?.availableAt ?? [])]).toEqual([whole.availableAt[0], whole.availableAt[5]]);
});

test('the same tape again changes nothing, a corrected one replaces', async () => {
  const tape = sampleTape(near);
  await db.store.transaction((tx) => tx.writeChains([tape], 'nse'));
  expect(await db.store.transaction((tx) => tx.writeChains([tape], 'nse'))).toEqual({
    inserted: 0,
    changed: 0,
    unchanged: 36,
  });
  tape.call.ltp[4] = Number.NaN;
  expect(await db.store.transaction((tx) => tx.writeChains([tape], 'nse'))).toEqual({
    inserted: 0,
    changed: 1,
    unchanged: 35,
  });
  expect(await read()).toEqual([tape]);
});

test('a snapshot that would be known before it happened is refused', async () => {
  const tape = sampleTape(near);
  tape.availableAt[0] = (tape.eventTime[0] ?? 0) - 1;
  await expect(db.store.transaction((tx) => tx.writeChains([tape], 'nse'))).rejects.toMatchObject({
    code: 'SOS_INVARIANT',
  });
});

test('one contract of a chain as quotes: stale pages drop out, volume is what was traded between pages', async () => {
  const tape = sampleTape({ ...near, snapshots: 5 });
  tape.eventTime[2] = tape.eventTime[1] ?? 0;
  // The cumulative count falls once, as it does in recorded data.
  tape.call.volume[4 * 3 + 1] = 10;
  await db.store.transaction((tx) => tx.writeChains([tape], 'nse'));
  const contract = optionContract({
    underlying: 'NIFTY',
    expiry: parseIstDate('2025-09-02'),
    strike: 24_450,
    right: 'CE',
  });
  const series = await db.store.readOptionSeries({ contract, date, filter: 'imported' });
  expect(series?.kind).toBe('quotes');
  expect([...(series?.close ?? [])]).toEqual([100.25, 101.25, 103.25, 104.25]);
  expect(series?.open).toEqual(series?.close);
  expect([...(series?.volume ?? [])]).toEqual([Number.NaN, 1_000, 2_000, Number.NaN]);
  expect([...(series?.availableAt ?? [])]).toEqual([0, 1, 3, 4].map((s) => tape.availableAt[s]));
  expect(series?.openTime).toEqual(series?.time);
});
