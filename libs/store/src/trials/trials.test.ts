import { parseIstDate, type IstDate } from '@sos/domain';
import type { Trial } from '@sos/backtester';

import { sampleRun } from '../fixtures/sample-run.js';
import { openTestStore, type TestStore } from '../fixtures/test-store.js';

jest.setTimeout(60_000);

let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

const day = (text: string): IstDate => parseIstDate(text);

function trial(number: number, change: Partial<Trial> = {}): Trial {
  return {
    dataHash: 'd'.repeat(64),
    configHash: String(number).padStart(64, '0'),
    command: 'sweep',
    gates: ['ORB'],
    underlyings: ['NIFTY'],
    from: day('2026-01-01'),
    to: day('2026-03-31'),
    source: 'recorded',
    sessions: 60,
    trades: 12,
    net: -123_45,
    sharpe: 0.01 * number,
    ...change,
  };
}

const SCOPE = { underlyings: ['NIFTY'], from: day('2026-02-01'), to: day('2026-02-28'), simulated: false } as const;

test('a configuration on the same data is one trial, however often it is run', async () => {
  expect(await db.store.recordTrials([trial(1), trial(2)])).toBe(2);
  expect(await db.store.recordTrials([trial(2), trial(3), trial(2, { dataHash: 'e'.repeat(64) })])).toBe(2);
  const found = await db.store.trials();
  expect(found).toHaveLength(4);
  expect(found.at(-1)).toMatchObject(trial(1));
});

test('counts distinct configurations on overlapping data of the same kind, with the variance of their Sharpe ratios', async () => {
  await db.store.recordTrials([
    trial(1),
    trial(3),
    trial(3, { dataHash: 'e'.repeat(64), sharpe: 0.05 }),
    trial(4, { sharpe: null }),
    trial(5, { from: day('2026-03-01') }),
    trial(6, { underlyings: ['BANKNIFTY'] }),
    trial(7, { source: 'simulated' }),
    trial(8, { source: 'modelled', underlyings: ['BANKNIFTY', 'NIFTY'], sharpe: 0.03 }),
  ]);
  // 0.01, 0.05 (the later of two on overlapping data), unknown, 0.03: variance of the three known ones 0.0004
  const { trials, sharpeVariance, deleted } = await db.store.countTrials(SCOPE);
  expect({ trials, deleted }).toEqual({ trials: 4, deleted: 0 });
  expect(sharpeVariance).toBeCloseTo(0.0004, 12);
  expect((await db.store.countTrials({ ...SCOPE, simulated: true })).trials).toBe(1);
});

test('deleting leaves a trace, and the database itself sees to it', async () => {
  await db.store.recordTrials([trial(1), trial(2, { gates: ['BRF'] }), trial(3, { command: 'backtest' })]);
  expect(await db.store.deleteTrials({ gate: 'BRF' })).toBe(1);
  await db.sql`delete from trials where command = 'sweep'`;
  const traces = await db.store.trialDeletions();
  expect(traces).toMatchObject([
    { trials: 1, underlyings: ['NIFTY'], from: '2026-01-01', to: '2026-03-31' },
    { trials: 1, underlyings: ['NIFTY'] },
  ]);
  expect(await db.store.countTrials(SCOPE)).toMatchObject({ trials: 1, deleted: 2 });
  await expect(db.sql`truncate trials`).rejects.toThrow('the trial ledger is append-only');
  await expect(db.sql`update trials set sharpe = 9`).rejects.toThrow('the trial ledger is append-only');
  await expect(db.sql`delete from trial_deletions`).rejects.toThrow('DELETE of trial_deletions is refused');
  expect(await db.store.deleteTrials({ gate: 'none' })).toBe(0);
  expect(await db.store.trialDeletions()).toHaveLength(2);
});

test('a stored run is a trial, once', async () => {
  const run = sampleRun('run-1');
  await db.store.saveRun(run);
  await db.store.saveRun({ ...run, runId: 'run-2' });
  expect(await db.store.trials()).toMatchObject([
    {
      command: 'backtest',
      dataHash: run.dataHash,
      configHash: run.configHash,
      trades: 1,
      net: -177_283,
      gates: run.gates,
    },
  ]);
});
