// Bulk write of candles against psql's \copy of the same rows, and reading a year of them into typed arrays.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { EpochMs } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';
import postgres from 'postgres';
import type { BenchRow } from '../bench-row.js';
import { sampleYears } from './sample-year.js';
import { median, timed, withScratchStore, type ScratchStore } from './scratch-store.js';

const RUNS = 7;
const NIFTY = indexContract('NIFTY');
const SOURCE = { source: 'simulated', dataset: 'bench' } as const;

/** Milliseconds of one psql command as psql itself reports them, or null where there is no psql. */
function psql(url: string, command: string): number | null {
  const { username, password, hostname, port, pathname } = new URL(url);
  const run = spawnSync(
    'psql',
    [
      '-X',
      '-q',
      '-h',
      hostname,
      '-p',
      port,
      '-U',
      username,
      '-d',
      pathname.slice(1),
      '-c',
      '\\timing on',
      '-c',
      command,
    ],
    { env: { ...process.env, PGPASSWORD: password }, encoding: 'utf8' },
  );
  if (run.error !== undefined) return null;
  const time = /Time: ([\d.]+) ms/.exec(run.stdout)?.[1];
  if (run.status !== 0 || time === undefined)
    throw new Error(`expected psql to time "${command}", found ${run.stderr}`);
  return Number(time);
}

async function writes({ store, url, folder }: ScratchStore): Promise<BenchRow> {
  const bars = sampleYears(2021, 2024);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const file = path.join(folder, 'candles.bin');
  const write = (): Promise<unknown> => store.transaction((tx) => tx.writeCandles(NIFTY, bars, SOURCE));
  const clear = (): Promise<unknown> => sql`truncate candles, candle_coverage`;
  const ours: number[] = [];
  const theirs: number[] = [];
  await write();
  const hasPsql = psql(url, `\\copy (select * from candles order by ts) to '${file}' with (format binary)`) !== null;
  for (let i = 0; i < RUNS; i++) {
    await clear();
    ours.push(await timed(write));
    if (!hasPsql) continue;
    await clear();
    const time = psql(url, `\\copy candles from '${file}' with (format binary)`);
    if (time !== null) theirs.push(time);
  }
  await clear();
  await sql.end();
  const rate = (ms: number): number => (bars.length / ms) * 1000;
  const yardstick = {
    name: 'psql \\copy binary, rows/s',
    value: rate(median(theirs)),
    ratio: median(theirs) / median(ours),
  };
  return {
    name: `write ${bars.length} one-minute bars (binary COPY, partitions, coverage, commit)`,
    unit: 'rows/s',
    min: rate(Math.min(...ours)),
    median: rate(median(ours)),
    runs: RUNS,
    ...(hasPsql ? { yardstick } : {}),
    goal: '≥ 0.8 × psql \\copy binary',
  };
}

async function reads({ store }: ScratchStore): Promise<BenchRow> {
  const bars = sampleYears(2024, 2024);
  await store.transaction((tx) => tx.writeCandles(NIFTY, bars, SOURCE));
  const from = (bars.time[0] ?? 0) as EpochMs;
  const to = ((bars.time[bars.length - 1] ?? 0) + 1) as EpochMs;
  const times: number[] = [];
  for (let i = 0; i < RUNS * 2; i++) {
    const start = performance.now();
    const read = await store.readCandles({ contract: NIFTY.id, from, to, source: SOURCE });
    times.push(performance.now() - start);
    if (read.length !== bars.length) throw new Error(`expected ${bars.length} bars, found ${read.length}`);
  }
  return {
    name: `read a year (${bars.length} one-minute bars) into typed arrays`,
    unit: 'ms',
    min: Math.min(...times),
    median: median(times),
    runs: times.length,
    goal: '≤ 90 ms',
  };
}

/** The figures of the candle store. */
export async function run(): Promise<BenchRow[]> {
  return withScratchStore(async (scratch) => [await writes(scratch), await reads(scratch)]);
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(await run());
