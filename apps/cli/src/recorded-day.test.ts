import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runInMemory } from './fixtures/memory-io.js';
import { sharedDatabase } from './fixtures/shared-database.js';
import { findCheckout } from './settings/find-checkout.js';

jest.setTimeout(120_000);

const DATA = process.env['SOS_SHARED_DATA'] ?? path.join(findCheckout() ?? '.', '..', 'shared', 'data');
const NAME = 'chain-1m-2025-08-29';
const SET = path.join(DATA, NAME);
const present = existsSync(SET) || process.env['SOS_REQUIRE_SHARED_DATA'] === '1';
const title = present ? 'a recorded day' : `a recorded day [needs recorded data in ${DATA}]`;

interface Trade {
  readonly gross: number;
  readonly net: number;
  readonly source: string;
  readonly charges: { readonly total: number };
}

/** A third of the day's pages, which is a page every three minutes: enough to trade on, and quick. @returns the folder */
function everyThirdPage(below: string): string {
  const folder = path.join(below, NAME);
  mkdirSync(folder);
  const pages = readdirSync(SET, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
  for (const page of pages.sort().filter((_, i) => i % 3 === 0))
    symlinkSync(path.join(SET, page), path.join(folder, path.basename(page)));
  return folder;
}

(present ? describe : describe.skip)(title, () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]) => runInMemory([...argv, '--data-dir', folder()], { cwd: folder(), env: env() });
  const day = ['--symbol', 'NIFTY,BANKNIFTY', '--from-date', '2025-08-29', '--to-date', '2025-08-29'];

  let imported: { readonly units: { readonly total: number }; readonly written: { readonly chainRows: number } };
  beforeAll(async () => {
    imported = JSON.parse((await sos('import', 'nse-chain', everyThirdPage(folder()), '--json')).out);
  }, 120_000);

  it('is imported once', async () => {
    expect(imported).toMatchObject({ dataset: NAME, units: { failed: 0 }, failures: [] });
    expect(imported.written.chainRows).toBeGreaterThan(100_000);
    const again = JSON.parse((await sos('import', 'nse-chain', path.join(folder(), NAME), '--json')).out);
    expect(again.units).toMatchObject({ imported: 0, skipped: imported.units.total });
  });

  it('is traded on its real premiums, with books that add up and the same ledger each time', async () => {
    const runs = [
      await sos('backtest', ...day, '--allow-missing', '--json'),
      await sos('backtest', ...day, '--source', 'imported', '--json'),
    ];
    const [a, b] = runs.map((r) => JSON.parse(r.out));
    expect(runs.map((r) => r.err)).toEqual(['', '']);
    expect(b.ledgerHash).toBe(a.ledgerHash);
    expect(a).toMatchObject({ data: 'derived', source: 'derived' });
    const { trades }: { trades: Trade[] } = JSON.parse(readFileSync(path.join(a.folder, 'trades.json'), 'utf8'));
    expect(trades.length).toBeGreaterThan(0);
    expect(trades).toHaveLength(a.totals.trades);
    for (const t of trades) {
      expect(t.gross - t.charges.total).toBe(t.net);
      expect(t.source).toBe('recorded');
    }
    expect(trades.reduce((sum, t) => sum + t.net, 0)).toBe(a.totals.netPaise);
  });

  it('is refused while much of its universe is missing, and stamped where that was allowed', async () => {
    const refused = await sos('backtest', ...day);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(
      /expected at most 0\.5 % of the run's universe to be missing, found [\d.]+ % of the universe .*: (BANK)?NIFTY 2025-08-29 [\d.]+ %/,
    );
    expect(refused.err).toMatch(/what to do: .*--allow-missing/);
    const allowed = JSON.parse((await sos('backtest', ...day, '--allow-missing', '--json')).out);
    expect(allowed.universe).toMatchObject({ allowedPercent: 0.5, stamp: expect.stringContaining('DATA MISSING') });
    expect(allowed.universe.missingPercent).toBeGreaterThan(0.5);
    const read = (name: string): string => readFileSync(path.join(allowed.folder, name), 'utf8');
    expect(read('report.txt').split('\n')[0]).toBe(allowed.universe.stamp);
    expect(JSON.parse(read('report.json')).stamps).toEqual([allowed.universe.stamp]);
    expect(JSON.parse(read('config.json')).universe).toEqual(allowed.universe);
  });

  it('says what is missing instead of mixing in simulated days', async () => {
    const { code, out } = await sos(
      'backtest',
      '--symbol',
      'NIFTY',
      '--from-date',
      '2025-08-28',
      '--to-date',
      '2025-09-01',
      '--allow-missing',
    );
    expect(code).toBe(0);
    expect(out).not.toContain('SIMULATED');
    expect(out).toContain('NIFTY: no data for 2 of 3 trading days: 2025-08-28, 2025-09-01');
    const before = await sos(
      'backtest',
      ...day.slice(0, 2),
      '--from-date',
      '2025-08-25',
      '--to-date',
      '2025-08-26',
      '--source',
      'imported',
    );
    expect(before.code).toBe(2);
    expect(before.err).toContain('NIFTY is stored from 2025-08-29 to 2025-08-29');
  });
});
