import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RULEBOOK_VERSION } from '@sos/rulebook';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { runInMemory, type CliOutcome } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(120_000);

const SURE = { confidence: 'high', source: 'test' };
const PERIOD = { from: '2026-01-01', to: null };
const DAYS = ['--from-date', '2026-01-12', '--to-date', '2026-01-13'];

interface OwnRules {
  readonly source?: string;
  readonly days?: readonly string[];
}

describe('backtests under rows of the user', () => {
  const database = sharedDatabase();

  /** A backtest of NIFTY in a data folder of its own with these rows. */
  async function under(rows: readonly object[], { source = 'simulated', days = DAYS }: OwnRules = {}) {
    const folder = mkdtempSync(path.join(database.folder(), 'law-'));
    if (rows.length > 0) {
      mkdirSync(path.join(folder, 'rulebook.d'));
      const text = JSON.stringify({ rows: rows.map((row) => ({ ...row, ...SURE })) });
      writeFileSync(path.join(folder, 'rulebook.d', 'mine.json'), text);
    }
    const strategies = writeGates(path.join(folder, 'gates'), { rising: gateObject() });
    const argv = ['backtest', '--symbol', 'NIFTY', ...days, '--seed', '7', '--source', source, '--json'];
    const where = ['--data-dir', folder, '--strategies', strategies];
    return runInMemory([...argv, ...where], { cwd: folder, env: database.env() });
  }

  const runOf = ({ code, out, err }: CliOutcome) => {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out);
  };

  it('no rows: the shipped law by its name', async () => {
    const run = runOf(await under([]));
    expect(run.rulebookVersion).toBe(RULEBOOK_VERSION);
    expect(run.totals.sessions).toBe(2);
  });

  it('brokerage and STT: other charges, another ledger and configuration, the same data', async () => {
    const [usual, changed] = [
      runOf(await under([])),
      runOf(
        await under([
          { table: 'brokerage', plan: 'upstox', flatPaise: 1000, ...PERIOD },
          { table: 'chargeRate', head: 'stt-sell', exchange: null, rupeesPerCrore: 20_000, ...PERIOD },
        ]),
      ),
    ];
    // Sizes may differ, for the risk of a trade holds its charges: so the heads are held against the sales themselves.
    const { trades } = JSON.parse(readFileSync(path.join(changed.folder, 'trades.json'), 'utf8'));
    expect(trades.length).toBeGreaterThan(0);
    for (const { exitPrice, units, charges } of trades) {
      expect(charges.stt).toBe(Math.floor(exitPrice * units * 0.002 + 0.5));
      expect(charges.brokerage).toBe(2 * 1000);
    }
    expect(usual.totals.costsByHeadPaise.brokerage).toBe(usual.totals.trades * 2 * 2000);
    expect(changed.coverage).toEqual(usual.coverage.map((c: object) => ({ ...c, origins: expect.anything() })));
    expect(changed.ledgerHash).not.toBe(usual.ledgerHash);
    expect(changed.configHash).not.toBe(usual.configHash);
    expect(changed.rulebookVersion).toMatch(/\+2-rows-[0-9a-f]{16}$/);
    const config = JSON.parse(readFileSync(path.join(changed.folder, 'config.json'), 'utf8'));
    expect(config).toMatchObject({
      ownRules: ['rulebook.d/mine.json'],
      rulebookVersion: changed.rulebookVersion,
      used: expect.stringMatching(/^SIMULATED-seed-7-model-[0-9a-f]{8}-law-2-rows-[0-9a-f]{16}$/),
    });
    expect(readFileSync(path.join(changed.folder, 'report.txt'), 'utf8')).toContain(
      `rulebook ${changed.rulebookVersion}, engine`,
    );
  });

  it('lot: what is bought comes in lots of 50', async () => {
    const lot = { underlying: 'NIFTY', weeklyFrom: '2026-01-06', monthlyFrom: '2026-01-27', switchAfter: null };
    const usual = runOf(await under([]));
    const run = runOf(await under([{ table: 'lot', lot: 50, switches: 'all', ...lot }]));
    const units = (of: { folder: string }): number[] =>
      JSON.parse(readFileSync(path.join(of.folder, 'trades.json'), 'utf8')).trades.map(
        (t: { units: number }) => t.units,
      );
    expect(units(usual).length).toBeGreaterThan(0);
    expect(units(usual).filter((u) => u % 65 !== 0)).toEqual([]);
    expect(units(run).length).toBeGreaterThan(0);
    expect(units(run).filter((u) => u % 50 !== 0)).toEqual([]);
    expect(run.ledgerHash).not.toBe(usual.ledgerHash);
  });

  it('holiday: the day is not planned, and what is stored of it is not traded', async () => {
    const holiday = { table: 'holiday', date: '2026-01-13', name: 'Closed', closed: true, knownFrom: '2026-01-01' };
    const simulated = runOf(await under([holiday]));
    expect(simulated.totals.sessions).toBe(1);
    const dataset = /SIMULATED-seed-7-model-[0-9a-f]{8}/.exec(
      JSON.stringify(JSON.parse(readFileSync(path.join(runOf(await under([])).folder, 'config.json'), 'utf8'))),
    )?.[0];
    const stored = runOf(await under([holiday], { source: String(dataset) }));
    expect(stored.coverage.map((c: { date: string }) => c.date)).toEqual(['2026-01-12']);
    const alone = await under([holiday], { days: ['--from-date', '2026-01-13', '--to-date', '2026-01-13'] });
    expect(alone.code).toBe(2);
    expect(alone.err).toContain('found a holiday (Closed)');
  });

  it('special session: a Saturday is traded, in its hours', async () => {
    const drill = { table: 'specialSession', date: '2026-01-17', name: 'Drill', kind: 'special' };
    const days = ['--from-date', '2026-01-17', '--to-date', '2026-01-17'];
    const run = runOf(await under([{ ...drill, windows: [['09:15', '10:00']] }], { days }));
    expect(run.coverage).toMatchObject([{ date: '2026-01-17', expectedBars: 45, indexBars: 45 }]);
  });

  it('says which files were added, and refuses a broken one', async () => {
    const broken = await under([{ table: 'holidays' }]);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/^error: rulebook\.d\/mine\.json: rows\.0\.table: /);
  });
});
