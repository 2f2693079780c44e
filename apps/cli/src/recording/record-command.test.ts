import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { connect, sharedDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(90_000);

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SOURCE = ['--conditions=@sos/source', '--import', 'tsx'];
const RUN_AT = path.join(HERE, 'fixtures/run-elsewhen.ts');
const STAND_IN = path.join(HERE, '../../../exchange-sim/src/main.ts');
const SPEED = 30;
const DAY = '2026-01-12';

interface Minute {
  readonly clock: string;
  readonly rows: number;
}

/** Stored minutes of a kind of contract, with how many rows each has. */
async function minutesOf(sql: Sql, kind: string): Promise<Minute[]> {
  const rows = await sql<{ clock: string; rows: number }[]>`
    select to_char(c.ts at time zone 'Asia/Kolkata', 'HH24:MI') as clock, count(*)::int as rows
    from candles c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id
    where i.kind = ${kind} and s.source = 'recorded' and s.dataset = 'upstox-live' group by c.ts order by c.ts`;
  return [...rows];
}

/** How many rows of one data set are not exactly so in another. */
async function difference(sql: Sql, one: string, other: string): Promise<object> {
  const rows = (dataset: string) => sql`
    select c.instrument_id, s.source, c.ts, c.open, c.high, c.low, c.close, c.volume, c.open_interest, c.bid, c.ask, c.bid_qty, c.ask_qty
    from candles c join market_sources s on s.id = c.source_id where s.dataset = ${dataset} and s.source = 'recorded'`;
  const found = await sql`select count(*)::int as rows from (${rows(one)} except ${rows(other)}) t`;
  return { ...found[0] };
}

async function until(what: string, said: () => string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await wait(50);
  }
  throw new Error(`expected ${what} within 30 s, found none; the recorder said: ${said()}`);
}

/** The stand-in on a simulated morning. */
async function startStandIn(): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const argv = ['--date', DAY, '--time', '10:00', '--speed', String(SPEED), '--token', 'T', '--port', '8731'];
  const child = spawn(process.execPath, [...SOURCE, STAND_IN, ...argv], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, address: /http:\/\/[\d.:]+/.exec(String(text))?.[0] ?? '' };
}

const KINDS = ['index', 'future', 'option'] as const;

describe('sos record', () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]) => runInMemory([...argv, '--data-dir', folder()], { cwd: folder(), env: env() });
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  beforeAll(async () => {
    standIn = await startStandIn();
    children.push(standIn.child);
  });
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  const settings = () => ({
    ...env(),
    SOS_UPSTOX_API: standIn.address,
    SOS_UPSTOX_ASSETS: standIn.address,
    SOS_UPSTOX_TOKEN: 'T',
  });

  /** A recorder in a process of its own, with the clock of the stand-in. */
  async function startRecorder(): Promise<{ readonly child: ChildProcess; said(): string }> {
    const status = (await (
      await fetch(`${standIn.address}/v2/market/status/NSE`, { headers: { authorization: 'Bearer T' } })
    ).json()) as { data: { last_updated: number } };
    const argv = ['record', '--symbol', 'NIFTY', '--strikes', '2', '--expiries', '1', '--raw', '--data-dir', folder()];
    const child = spawn(process.execPath, [...SOURCE, RUN_AT, ...argv, '--json'], {
      env: { ...process.env, ...settings(), SOS_TEST_CLOCK: `${status.data.last_updated},${Date.now()},${SPEED}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => void parts.push(String(text)));
    return { child, said: () => parts.join('') };
  }

  // Real processes against a clock that runs thirty times as fast: a busy machine stretches a minute.
  const deep = process.env['SOS_DEEP'] === '1' ? it : it.skip;
  deep(
    'killed and started again goes on without a hole and without a row twice; the day is data for a backtest [deep]',
    async () => {
      const sql = connect(env()['DATABASE_URL'] ?? '');
      const first = await startRecorder();
      const ready = async (): Promise<boolean> =>
        (await sql`select to_regclass('candles') is not null as ready`)[0]?.['ready'] === true;
      await until(
        'two minutes',
        first.said,
        async () => (await ready()) && (await minutesOf(sql, 'index')).length >= 2,
      );
      first.child.kill('SIGKILL');
      expect(await once(first.child, 'exit')).toEqual([null, 'SIGKILL']);
      const before = await minutesOf(sql, 'option');
      const second = await startRecorder();
      await until(
        'two minutes more',
        second.said,
        // Kinds are written one after the other: each must have come so far.
        async () => {
          for (const kind of KINDS) if ((await minutesOf(sql, kind)).length < before.length + 3) return false;
          return true;
        },
      );
      second.child.kill('SIGINT');
      expect({ exit: await once(second.child, 'exit'), said: second.said() }).toEqual({
        exit: [0, null],
        said: expect.stringContaining('resuming: the recording of 2026-01-12 was cut off'),
      });
      const report = JSON.parse(second.said().slice(second.said().indexOf('{'))) as Record<string, unknown>;
      expect(report).toMatchObject({ alarms: {}, refused: {}, raw: { dropped: 0 } });
      for (const kind of KINDS) {
        const clocks = (await minutesOf(sql, kind)).map(
          (m) => Number(m.clock.slice(0, 2)) * 60 + Number(m.clock.slice(3)),
        );
        // Nothing is missing but what was sent while no recorder ran.
        expect(clocks.filter((clock, i) => i > 0 && clock !== (clocks[i - 1] ?? 0) + 1).length).toBeLessThanOrEqual(1);
        expect(clocks.length).toBeGreaterThanOrEqual(3);
      }
      const frames = path.join(folder(), 'recordings', 'upstox-live');
      const imported = await sos('import', 'upstox-frames', frames, '--dataset', 'again', '--json');
      expect(imported).toMatchObject({ code: 0, err: '' });
      expect(await difference(sql, 'upstox-live', 'again')).toEqual({ rows: 0 });
      expect(await difference(sql, 'again', 'upstox-live')).toEqual({ rows: 0 });
      await sql.end();
      const run = await sos(
        'backtest',
        '--symbol',
        'NIFTY',
        '--from-date',
        DAY,
        '--to-date',
        DAY,
        '--source',
        'imported',
        // Some minutes of a morning, not a whole day.
        '--allow-missing',
        '--json',
      );
      expect(run).toMatchObject({ code: 0 });
      expect(JSON.parse(run.out)).toMatchObject({ source: 'recorded' });
    },
  );

  it.each([
    ['no symbol', [], /expected --symbol with at least one underlying/],
    ['an end that is no time', ['--symbol', 'NIFTY', '--until', '25:00'], /expected --until as HH:MM/],
    ['an end that is over', ['--symbol', 'NIFTY', '--until', '09:00'], /expected an end after now/],
    ['no login', ['--symbol', 'NIFTY', '--until', '11:00'], /expected a valid login of upstox, found it missing/],
    ['a provider without feed', ['--symbol', 'NIFTY', '--provider', 'nse'], /expected a provider with a live feed/],
  ])('refuses %s', async (_, options, message) => {
    const outcome = await sos('record', ...options);
    expect(failureLines(outcome).error).toMatch(message);
    expect(outcome.out).toBe('');
  });
});
