import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { failureLines, runInMemory, type CliOutcome } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';
import { DAYS, sweepGateFolder } from './fixtures/sweep-gate.js';

jest.setTimeout(120_000);

describe('research commands', () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]): Promise<CliOutcome> =>
    runInMemory([...argv, '--data-dir', folder(), '--strategies', sweepGateFolder(folder())], {
      cwd: folder(),
      env: env(),
    });
  const json = async (...argv: string[]) => {
    const { code, out, err } = await sos(...argv, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out);
  };
  const GRID = ['--param', 'bars=4:12:4', '--param', 'reach=10:20:5'];

  it('sweep a gate: the same result in one process and in threads, each variant one trial however often it runs', async () => {
    const one = await json('sweep', ...DAYS, ...GRID);
    const two = await json('sweep', ...DAYS, ...GRID, '--workers', '2');
    expect(two.resultHash).toBe(one.resultHash);
    expect(two.variants).toEqual(one.variants);
    expect(one).toMatchObject({ gate: 'HIGH_BREAK', data: 'simulated', sessions: 2, design: 'grid', metric: 'sharpe' });
    expect(one.variants).toHaveLength(9);
    expect(one.variants.reduce((sum: number, v: { trades: number }) => sum + v.trades, 0)).toBeGreaterThan(20);
    expect(new Set(one.variants.map((v: { ledgerHash: string }) => v.ledgerHash)).size).toBeGreaterThan(3);
    const ranked = one.variants.map((v: { sharpe: number | null }) => v.sharpe ?? -Infinity);
    expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
    const again = await json('sweep', ...DAYS, ...GRID);
    expect(again.trials.trials).toBe(two.trials.trials);
  });

  it('know a variant by the hashes of its backtest: both together are one trial', async () => {
    const days = DAYS.filter((word) => word !== '--gate' && word !== 'HIGH_BREAK');
    const before = await json('sweep', ...DAYS, '--param', 'bars=5');
    const run = await json('backtest', '--gates', 'HIGH_BREAK', ...days);
    expect(before.variants[0]).toMatchObject({
      configHash: run.configHash,
      dataHash: run.dataHash,
      net: run.totals.netPaise,
    });
    const after = await json('sweep', ...DAYS, '--param', 'bars=5');
    expect(after.trials.trials).toBe(before.trials.trials);
  });

  it('show ranking, overfitting and plateau, labelled, and write JSON, CSV and a picture', async () => {
    const { code, out } = await sos('sweep', ...DAYS, ...GRID, '--metric', 'net', '--out', 'sweep');
    expect(code).toBe(0);
    expect(out).toMatch(/^\*\*\* SIMULATED/);
    expect(out).toMatch(
      /\[data: SIMULATED\] Sweep of HIGH_BREAK: 9 variants \(grid\) on NIFTY 2026-01-12 to 2026-01-13/,
    );
    expect(out).toMatch(/deflated by \d+ trials on overlapping data/);
    expect(out).toContain('probability of overfitting: unknown (needs at least 8 sessions)');
    expect(out).toMatch(/│ reach \\ bars │ +4 │ +8 │ +12 │\n├.*\n│ 20 /);
    const at = (name: string): string => readFileSync(path.join(folder(), 'sweep', name), 'utf8');
    expect(at('variants.csv').split('\n')).toHaveLength(11);
    expect(at('variants.csv')).toMatch(/^rank,data,variant,bars,reach,trades,net_paise,.*\n1,SIMULATED,/);
    expect(at('plateau.csv')).toMatch(/^bars,reach,mean_net,best,worst,variants\n4,10,-?\d+/);
    expect(at('plateau.svg').match(/<rect /g)).toHaveLength(10);
    expect(at('plateau.svg')).toContain('HIGH_BREAK on NIFTY, 2026-01-12 to 2026-01-13 [data: SIMULATED]');
    expect(JSON.parse(at('sweep.json')).plateau.cells).toHaveLength(3);
  });

  it('walk forward through the days with the variant that was best before', async () => {
    const walk = [...DAYS.slice(0, -4), '--from-date', '2026-01-12', '--to-date', '2026-01-16'];
    const options = ['--train', '2', '--test', '1', '--purge', '0', '--metric', 'net'];
    const result = await json('walkforward', ...walk, ...GRID, ...options);
    // 2026-01-15 was a holiday (NSE/FAOP/72262): four sessions, two folds
    expect(result.folds.map((f: { testDates: string[] }) => f.testDates)).toEqual([
      ['2026-01-14', '2026-01-14'],
      ['2026-01-16', '2026-01-16'],
    ]);
    const nets = result.folds.map((f: { netOut: number }) => f.netOut);
    expect(result.outOfSample).toMatchObject({ sessions: 2, netPaise: nets[0] + nets[1] });
    expect((await sos('walkforward', ...walk, ...GRID, ...options)).out).toContain('out of sample: net ₹');
  });

  it('ablate a filter: a condition that always holds is worth nothing', async () => {
    const { conditions, sessions } = await json('ablate', ...DAYS);
    expect({ sessions, conditions: conditions.length }).toEqual({ sessions: 2, conditions: 2 });
    expect(conditions[1]).toMatchObject({ condition: 'close > session.open - 500', worth: 0, verdict: 'unproven' });
    const pcr = await json('ablate', ...DAYS, '--containing', 'chain.pcr');
    expect(pcr.conditions[0]).toMatchObject({
      condition: 'chain.pcr > params.minPcr',
      netWithout: conditions[0].netWithout,
    });
    expect((await sos('ablate', ...DAYS)).out).toContain('What each filter of HIGH_BREAK is worth');
  });

  it('resample a stored run, the same for the same seed', async () => {
    const days = DAYS.filter((word) => word !== '--gate' && word !== 'HIGH_BREAK');
    const run = await json('backtest', '--gates', 'HIGH_BREAK', ...days);
    const options = ['montecarlo', '--run', run.runId, '--draws', '500', '--block-days', '1'];
    const first = await json(...options);
    expect(first).toMatchObject({
      runId: run.runId,
      observed: { net: run.totals.netPaise },
      generator: 'xoshiro128**',
    });
    expect(await json(...options)).toEqual(first);
    expect((await sos(...options)).out).toMatch(/nothing is left at|–/);
  });

  it('list the trial ledger, delete only with --yes, and keep the trace', async () => {
    await json('sweep', ...DAYS, '--param', 'bars=7:8:1');
    const refused = await sos('trials', 'delete');
    expect(failureLines(refused).error).toContain('expected --yes');
    const { trials } = await json('trials', '--limit', '500');
    expect(trials.length).toBeGreaterThan(1);
    expect(trials[0]).toMatchObject({ gates: ['HIGH_BREAK'], source: 'simulated', sessions: 2 });
    const deleted = await sos('trials', 'delete', '--yes', '--command', 'sweep');
    expect(deleted.out).toMatch(/^\d+ trials deleted; the trace stays/);
    const after = await json('trials');
    expect(after.deletions[0]).toMatchObject({ underlyings: ['NIFTY'] });
    expect((await sos('sweep', ...DAYS, '--param', 'bars=7')).out).toMatch(/\(\d+ more were deleted from the ledger\)/);
  });

  describe('bad input', () => {
    const SWEEP = ['sweep', ...DAYS];
    it.each([
      ['an empty range', [...SWEEP, '--param', 'bars=9:3:1'], 'SOS_INPUT', /found the empty range "bars=9:3:1"/],
      [
        'an unknown parameter',
        [...SWEEP, '--param', 'bar=3:9:1'],
        'SOS_INPUT',
        /it has bars, reach, minPcr\), found "bar" \(did you mean bars/,
      ],
      [
        'a range beyond the bounds',
        [...SWEEP, '--param', 'bars=1:9:1'],
        'SOS_INPUT',
        /bars of HIGH_BREAK within 2 to 60, found 1 to 9/,
      ],
      [
        'an unknown design',
        [...SWEEP, '--param', 'bars=3', '--design', 'latn'],
        'SOS_INPUT',
        /found "latn" \(did you mean latin/,
      ],
      [
        'an unknown metric',
        [...SWEEP, '--param', 'bars=3', '--metric', 'sharp'],
        'SOS_INPUT',
        /found "sharp" \(did you mean sharpe/,
      ],
      [
        'a map over what was not varied',
        [...SWEEP, '--param', 'bars=3:4:1', '--x', 'reach'],
        'SOS_INPUT',
        /expected --x as one of bars, found "reach"/,
      ],
      ['no worker', [...SWEEP, '--param', 'bars=3', '--workers', '0'], 'SOS_INPUT', /found "0"/],
      [
        'an unknown gate',
        ['sweep', ...DAYS.with(1, 'HIGH_BRAKE'), '--param', 'bars=3'],
        'SOS_UNKNOWN_GATE',
        /did you mean HIGH_BREAK/,
      ],
      [
        'a filter that is not there',
        ['ablate', ...DAYS, '--containing', 'chain.pc2'],
        'SOS_INPUT',
        /found "chain.pc2" \(did you mean chain.pcr/,
      ],
      [
        'too few sessions',
        ['walkforward', ...DAYS, '--param', 'bars=3', '--train', '9'],
        'SOS_INPUT',
        /more than 9 sessions for one fold, found 2/,
      ],
      [
        'a queue that is down',
        [...SWEEP, '--param', 'bars=3', '--queue', 'postgres://sos:pw@127.0.0.1:1/sos'],
        'SOS_DB_UNAVAILABLE',
        /expected PostgreSQL at postgres:\/\/sos:\*\*\*@127.0.0.1:1\/sos, found: connect ECONNREFUSED/,
      ],
      [
        'a worker without a database',
        ['worker', '--queue', 'postgres://sos:pw@127.0.0.1:1/sos'],
        'SOS_DB_UNAVAILABLE',
        /found: connect ECONNREFUSED/,
      ],
    ])('%s', async (_, argv, code, message) => {
      const outcome = await sos(...argv);
      const { error, remedy } = failureLines(outcome);
      expect(error).toMatch(message);
      expect(remedy).toContain(`(${code})`);
      expect(outcome.out).toBe('');
      expect(existsSync(path.join(folder(), 'research', 'none'))).toBe(false);
    });
  });
});
