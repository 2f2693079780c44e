// `sos backtest` over one stored real day, both symbols, warm database: the whole process, from its start to its exit.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../bench-row.js';

const RUNS = 9;
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const MAIN = path.join(ROOT, 'apps/cli/dist/main.js');
const DATA = path.join(process.env['SOS_SHARED_DATA'] ?? path.resolve(ROOT, '../shared/data'), 'chain-1m-2025-08-29');
const DAY = ['--symbol', 'NIFTY,BANKNIFTY', '--from-date', '2025-08-29', '--to-date', '2025-08-29'];

interface Finished {
  readonly out: string;
  readonly ms: number;
}

function node(args: readonly string[]): Finished {
  const start = performance.now();
  const done = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0)
    throw new Error(`expected ${args.join(' ')} to end with 0, found ${done.status}: ${done.stderr}`);
  return { out: done.stdout, ms: performance.now() - start };
}

/** The figure of one stored day; none where the recorded data are absent. */
export async function run(): Promise<BenchRow[]> {
  if (!existsSync(DATA)) {
    process.stderr.write(`backtest-day: skipped, it needs recorded data in ${DATA}\n`);
    return [];
  }
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  node([tsc, '-b', path.join(ROOT, 'apps/cli/tsconfig.app.json')]);
  const folder = mkdtempSync(path.join(tmpdir(), 'sos-bench-'));
  const sos = (...args: string[]): Finished => node([MAIN, ...args, '--data-dir', folder]);
  try {
    sos('import', 'nse-chain', DATA, '--json');
    const backtest = (): Finished => sos('backtest', ...DAY, '--source', 'imported', '--json');
    const first: { totals: { trades: number } } = JSON.parse(backtest().out);
    if (first.totals.trades === 0) throw new Error('expected trades on 2025-08-29, found none');
    const times = Array.from({ length: RUNS }, () => backtest().ms).sort((a, b) => a - b);
    return [
      {
        name: 'sos backtest, 18 gates, 2025-08-29, NIFTY and BANKNIFTY, whole process, warm database',
        unit: 'ms',
        min: times[0] ?? Number.NaN,
        median: times[Math.floor(RUNS / 2)] ?? Number.NaN,
        runs: RUNS,
        goal: '≤ 1500 ms',
      },
    ];
  } finally {
    sos('db', 'stop');
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(await run());
