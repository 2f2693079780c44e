import { paise } from '@sos/domain';

import { sampleRun } from '../fixtures/sample-run.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
}, 60_000);
afterEach(() => db.close());

test('a run comes back as it was saved, to the paisa and the millisecond', async () => {
  const run = sampleRun('run-1');
  await db.store.saveRun(run);
  expect(await db.store.loadRun('run-1')).toEqual(run);
});

test('a run without a single order comes back empty', async () => {
  const run = { ...sampleRun('quiet'), orders: [], fills: [], trades: [], decisions: [] };
  await db.store.saveRun(run);
  expect(await db.store.loadRun('quiet')).toEqual(run);
});

test('runs are listed latest first with their totals', async () => {
  await db.store.saveRun(sampleRun('first'));
  await db.store.saveRun({ ...sampleRun('second'), trades: [], ledgerHash: 'f'.repeat(64) });
  const list = await db.store.listRuns();
  expect(list).toMatchObject([
    { runId: 'second', trades: 0, gross: 0, charges: 0, net: 0, ledgerHash: 'f'.repeat(64) },
    {
      runId: 'first',
      trades: 1,
      gross: -173_250,
      charges: 4_033,
      net: -177_283,
      gates: ['orb-bull', 'orb-bear'],
      from: '2025-08-29',
    },
  ]);
  expect(await db.store.listRuns({ limit: 1 })).toEqual(list.slice(0, 1));
});

test('saving the same run again changes nothing; another ledger under the same id is refused', async () => {
  await db.store.saveRun(sampleRun('run-1'));
  await db.store.saveRun(sampleRun('run-1'));
  expect(await db.store.listRuns()).toHaveLength(1);
  const other = { ...sampleRun('run-1'), ledgerHash: '0'.repeat(64) };
  await expect(db.store.saveRun(other)).rejects.toMatchObject({
    code: 'SOS_INVARIANT',
    message: 'expected a new run id, found run-1 stored with another ledger',
  });
});

test('a run whose accounts do not add up is refused by the database, and no part of it is kept', async () => {
  const run = sampleRun('wrong');
  const trades = run.trades.map((t) => ({ ...t, net: paise(t.net + 1) }));
  await expect(db.store.saveRun({ ...run, trades })).rejects.toMatchObject({ code: 'SOS_INVARIANT' });
  expect(await db.store.listRuns()).toEqual([]);
  const rows = await db.sql`select (select count(*) from orders)::int + (select count(*) from runs)::int as n`;
  expect(rows[0]?.['n']).toBe(0);
});

test('an unknown run suggests the nearest id', async () => {
  await db.store.saveRun(sampleRun('2025-08-29-nifty'));
  await expect(db.store.loadRun('2025-08-29-nifti')).rejects.toMatchObject({
    code: 'SOS_UNKNOWN_RUN',
    message: 'expected the id of a stored run, found "2025-08-29-nifti" (did you mean 2025-08-29-nifty?)',
  });
});
