import { parseIstDate, startOfIstDay } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';

import { runScript } from '../fixtures/run-script.js';
import { sampleBars } from '../fixtures/market-samples.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';
import type { ImportFile, ImportTransaction } from './import-file.js';

jest.setTimeout(60_000);
let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

const file: ImportFile = { kind: 'index-bars', name: '2025 AUG.txt', size: 99, sha256: 'cd'.repeat(32), revision: 1 };
const source = { source: 'recorded', dataset: 'august' } as const;
const tenBars = async (tx: ImportTransaction): Promise<void> => {
  await tx.writeCandles(indexContract('NIFTY'), sampleBars('2025-08-29', 10, 100), source);
  tx.count({ read: 12, repaired: 1, gaps: 3 });
  tx.quarantine({ line: 11, reason: 'high below low', row: 'NIFTY,20250829,09:26,1,0,2,1' });
};
const storedBars = async (): Promise<number> => {
  const [from, to] = [startOfIstDay(parseIstDate('2025-08-29')), startOfIstDay(parseIstDate('2025-08-30'))];
  return (await db.store.readCandles({ contract: indexContract('NIFTY').id, from, to, source })).length;
};

test('a file is imported once; the ledger keeps its counts and refused rows', async () => {
  const counts = { read: 12, written: 10, unchanged: 0, repaired: 1, quarantined: 1, gaps: 3 };
  expect(await db.store.importedAlready(file)).toBeNull();
  expect(await db.store.importFile(file, tenBars)).toEqual({ state: 'imported', ...counts });
  const never = (): Promise<void> => Promise.reject(new Error('the work must not run again'));
  expect(await db.store.importFile(file, never)).toEqual({ state: 'skipped', ...counts });
  expect(await db.store.importedAlready(file)).toEqual({ state: 'skipped', ...counts });
  expect(await db.store.importedFiles('index-bars')).toMatchObject([
    { ...file, state: 'complete', rowsRead: 12, rowsWritten: 10 },
  ]);
  expect(await db.store.importedFiles('nse-chain')).toEqual([]);
  expect(await db.store.quarantined()).toEqual([
    {
      kind: 'index-bars',
      file: '2025 AUG.txt',
      line: 11,
      reason: 'high below low',
      row: 'NIFTY,20250829,09:26,1,0,2,1',
    },
  ]);
});

test('a new revision of the importer reads the same content again', async () => {
  await db.store.importFile(file, tenBars);
  expect(await db.store.importFile({ ...file, revision: 2 }, tenBars)).toMatchObject({
    state: 'imported',
    written: 0,
    unchanged: 10,
  });
});

test('a file that fails leaves no row, says why, and can be imported afterwards', async () => {
  const broken = async (tx: ImportTransaction): Promise<void> => {
    await tenBars(tx);
    throw new Error('line 12 is torn');
  };
  await expect(db.store.importFile(file, broken)).rejects.toThrow('line 12 is torn');
  expect(await storedBars()).toBe(0);
  expect(await db.store.quarantined()).toEqual([]);
  expect(await db.store.importedFiles()).toMatchObject([
    { state: 'failed', failure: 'line 12 is torn', rowsWritten: 0 },
  ]);
  expect(await db.store.importFile(file, tenBars)).toMatchObject({ state: 'imported', written: 10 });
  expect(await db.store.importedFiles()).toMatchObject([{ state: 'complete', failure: null }]);
});

test('two imports of the same file at once: one works, the other skips', async () => {
  const both = await Promise.all([db.store.importFile(file, tenBars), db.store.importFile(file, tenBars)]);
  expect(both.map((o) => o.state).sort()).toEqual(['imported', 'skipped']);
  expect(await storedBars()).toBe(10);
});

/** Every row of every table that an import fills, without ids and times of the ledger. */
async function everything({ sql }: TestStore): Promise<unknown[]> {
  const queries = [
    'select s.dataset, c.ts::text, c.open, c.close, c.quality from candles c join market_sources s on s.id = c.source_id order by 1, 2',
    'select available_at::text, strike, ce_ltp, ce_bid, pe_open_interest, ce_quality from option_chain_quotes order by 1, 2',
    'select available_at::text, event_time::text, spot from chain_snapshots order by 1',
    'select day::text, bars, first_ts::text, last_ts::text from candle_coverage order by 1',
    'select day::text, snapshots, first_at::text from chain_coverage order by 1',
    'select kind, name, state, rows_read, rows_written, rows_repaired, rows_quarantined from ingestion_files order by 1, 2',
    'select line, reason, row from quarantine order by 1',
  ];
  const results: unknown[] = [];
  for (const query of queries) results.push((await sql.unsafe(query)).map((row) => ({ ...row })));
  return results;
}

test('killed with -9 in the middle and run again: the same rows as an uninterrupted import', async () => {
  const whole = await openTestStore();
  try {
    const uninterrupted = await runScript('import-slowly.ts', [whole.url]).done;
    expect(uninterrupted.code).toBe(0);
    const victim = runScript('import-slowly.ts', [db.url, 'wait']);
    await victim.prints('inside');
    victim.child.kill('SIGKILL');
    expect(await victim.done).toMatchObject({ signal: 'SIGKILL' });
    expect(await db.store.importedFiles()).toMatchObject([{ state: 'started', rowsWritten: 0 }]);
    const again = await runScript('import-slowly.ts', [db.url]).done;
    expect(again.output).toBe(uninterrupted.output);
    expect(await everything(db)).toEqual(await everything(whole));
  } finally {
    await whole.close();
  }
});

test('a newer answer to the same question drops the refused rows of the earlier one, of its own kind only', async () => {
  await db.store.importFile(file, tenBars);
  await db.store.importFile({ ...file, kind: 'another' }, tenBars);
  await db.store.importFile({ ...file, sha256: 'ab'.repeat(32), name: 'later' }, async (tx) =>
    tx.supersede([file.name]),
  );
  expect((await db.store.quarantined()).map((row) => row.kind)).toEqual(['another']);
});
