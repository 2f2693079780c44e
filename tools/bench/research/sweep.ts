// `sos sweep` over simulated sessions, whole processes: threads against one, queued workers against one, and what a worker needs of memory. The sessions are made and
// stored before anything is measured. SOS_BENCH_VARIANTS and SOS_BENCH_TO change the size: the figure is 2,000 variants of a year.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../bench-row.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const MAIN = path.join(ROOT, 'apps/cli/dist/main.js');
const VARIANTS = Number(process.env['SOS_BENCH_VARIANTS'] ?? 500);
const TO = process.env['SOS_BENCH_TO'] ?? '2026-02-10';
const RUNS = Number(process.env['SOS_BENCH_RUNS'] ?? 3);
const DAYS = ['--symbol', 'NIFTY', '--from-date', '2026-01-01', '--to-date', TO, '--source', 'simulated'];
const SPACE = ['--param', 'minPcr=0.3:1.5:0.01', '--param', 'thrust=0.8:6:0.05'];

interface Finished {
  readonly out: string;
  readonly seconds: number;
}

function node(args: readonly string[]): Finished {
  const start = performance.now();
  const done = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0)
    throw new Error(`expected ${args.join(' ')} to end with 0, found ${done.status}: ${done.stderr}`);
  return { out: done.stdout, seconds: (performance.now() - start) / 1000 };
}

interface Measured {
  readonly seconds: number;
  readonly hash: string;
  readonly sessions: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Most memory that a process has ever had, MiB. */
function peakOf(child: ChildProcess): number {
  const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? Number.NaN) / 1024;
}

class Bench {
  readonly #folder: string;
  readonly hashes = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  sos(...args: string[]): Finished {
    return node([MAIN, ...args, '--data-dir', this.#folder]);
  }

  /** @param capital another one makes another job, so that the queue has nothing done before */
  sweep(capital: number, ...how: string[]): Measured {
    const gate = ['--gate', 'BIGDOG_BREAKOUT_LONG', ...SPACE, '--design', 'random', '--samples', String(VARIANTS)];
    const { out, seconds } = this.sos('sweep', ...gate, ...DAYS, '--capital', String(capital), ...how, '--json');
    const result: { resultHash: string; sessions: number } = JSON.parse(out);
    this.hashes.add(`${capital} ${result.resultHash}`);
    return { seconds, hash: result.resultHash, sessions: result.sessions };
  }

  worker(): ChildProcess {
    return spawn(process.execPath, [MAIN, 'worker', '--data-dir', this.#folder], { cwd: ROOT, stdio: 'ignore' });
  }
}

interface Times {
  readonly one: number[];
  readonly two: number[];
}

function rowOf(name: string, { one, two }: Times, goal: string): BenchRow {
  const ratio = median(one) / median(two);
  return {
    ...{ name, unit: 's', min: Math.min(...two), median: median(two), runs: two.length },
    yardstick: { name: 'one worker', value: median(one), ratio },
    goal,
  };
}

function threads(bench: Bench): Times {
  const times: Times = { one: [], two: [] };
  for (let run = 0; run < RUNS; run++) {
    times.one.push(bench.sweep(500_000, '--workers', '1').seconds);
    times.two.push(bench.sweep(500_000, '--workers', '2').seconds);
  }
  return times;
}

function queued(bench: Bench): Times & { readonly peak: number } {
  const times: Times = { one: [], two: [] };
  const workers = [bench.worker()];
  try {
    for (let run = 0; run <= RUNS; run++) {
      const { seconds } = bench.sweep(600_000 + run, '--queue');
      // The first one warms the worker up.
      if (run > 0) times.one.push(seconds);
    }
    workers.push(bench.worker());
    for (let run = 0; run <= RUNS; run++) {
      const { seconds } = bench.sweep(700_000 + run, '--queue');
      if (run > 0) times.two.push(seconds);
    }
    return { ...times, peak: Math.max(...workers.map(peakOf)) };
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
  }
}

/** Sweeps by threads and by the queue. */
export async function run(): Promise<BenchRow[]> {
  node([path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', path.join(ROOT, 'apps/cli/tsconfig.app.json')]);
  const folder = mkdtempSync(path.join(tmpdir(), 'sos-bench-'));
  const bench = new Bench(folder);
  try {
    const { sessions } = bench.sweep(500_000);
    const what = `${VARIANTS} variants × ${sessions} simulated sessions`;
    const byThreads = threads(bench);
    const byQueue = queued(bench);
    if (bench.hashes.size !== 2 * (RUNS + 1) + 1)
      throw new Error(`expected one result per job, found ${[...bench.hashes].join(', ')}`);
    return [
      rowOf(`sos sweep, ${what}, 2 worker threads`, byThreads, '≥ 1.8× one'),
      rowOf(`sos sweep --queue, ${what}, 2 workers through pg-boss`, byQueue, '≥ 1.6× one'),
      {
        name: 'memory of a queued worker at its peak',
        unit: 'MiB',
        min: byQueue.peak,
        median: byQueue.peak,
        runs: 1,
        goal: '≤ 1024',
      },
    ];
  } finally {
    bench.sos('db', 'stop');
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(await run());
