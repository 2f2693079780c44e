import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MS_PER_MINUTE, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import type { Sql } from 'postgres';
import { runInMemory } from '../fixtures/memory-io.js';
import { connect, emptyDatabase, sharedDatabase } from '../fixtures/shared-database.js';
import { startStandIn, type StandInOptions, type VendorStandIn } from '../fixtures/vendor-stand-in.js';

jest.setTimeout(240_000);

const RUN_AT = fileURLToPath(new URL('../fixtures/run-at.ts', import.meta.url));
const TOKEN = 'planted-vendor-token-31415';
const DAY = '2026-01-12';
const NOW = istInstant(parseIstDate(DAY), '10:00');
const QUIET: StandInOptions = { date: DAY, time: '10:00', token: TOKEN };

/** Everything that an ingestion leaves behind, by names instead of the numbers that a database hands out. */
const LEFT_BEHIND: Readonly<Record<string, string>> = {
  candles: `select i.contract_id, s.source, s.dataset, c.ts, c.open, c.high, c.low, c.close, c.volume, c.open_interest, c.quality
    from candles c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id`,
  chains: `select o.underlying, o.expiry, s.source, s.dataset, q.available_at, q.strike, q.ce_ltp, q.ce_volume, q.ce_open_interest,
    q.pe_ltp, q.pe_volume, q.pe_open_interest from option_chain_quotes q join option_chains o on o.id = q.chain_id
    join market_sources s on s.id = q.source_id`,
  coverage: `select i.contract_id, s.dataset, v.day, v.bars, v.first_ts, v.last_ts
    from candle_coverage v join instruments i on i.id = v.instrument_id join market_sources s on s.id = v.source_id`,
  words: `select i.contract_id, s.dataset, a.day, a.answer
    from answered_days a join instruments i on i.id = a.instrument_id join market_sources s on s.id = a.source_id`,
  ledger: `select kind, name, size, sha256, revision, state, rows_read, rows_written, rows_quarantined, gaps, failure from ingestion_files`,
  quarantine: `select f.name, q.line, q.reason, q.row from quarantine q join ingestion_files f on f.id = q.file_id`,
};

async function leftBehind(url: string): Promise<Record<string, { rows: number; md5: string }>> {
  const sql = connect(url);
  const found: Record<string, { rows: number; md5: string }> = {};
  for (const [name, select] of Object.entries(LEFT_BEHIND)) {
    const [row] = await sql.unsafe(
      `select count(*)::int as rows, md5(string_agg(t::text, e'\\n' order by t::text)) from (${select}) t`,
    );
    found[name] = { rows: Number(row?.['rows']), md5: String(row?.['md5']) };
  }
  await sql.end();
  return found;
}

describe('sos ingest against the vendor’s stand-in', () => {
  const { folder, env } = sharedDatabase();
  const envOf = (standIn: VendorStandIn, url: string) => ({
    DATABASE_URL: url,
    SOS_UPSTOX_TOKEN: TOKEN,
    SOS_UPSTOX_API: standIn.address,
    SOS_UPSTOX_ASSETS: standIn.address,
    SOS_PROVIDERS: 'upstox',
    SOS_INGEST_STRIKE_BAND: '0',
    SOS_INGEST_EXPIRIES: '1',
  });
  const argvOf = (symbols: string, from: string) => [
    ...['ingest', '--symbol', symbols, '--from-date', from, '--to-date', '2026-01-09'],
    ...['--data-dir', folder(), '--json'],
  ];
  const ingest = async (
    standIn: VendorStandIn,
    url: string,
    now: EpochMs = NOW,
    argv = argvOf('NIFTY,BANKNIFTY', '2026-01-05'),
  ) => {
    const { code, out, err } = await runInMemory(argv, { env: envOf(standIn, url), now });
    expect(`${out}${err}`).not.toContain(TOKEN);
    if (out === '') throw new Error(`expected a summary, found: ${err}`);
    return { code, err, summary: JSON.parse(out) };
  };
  const during = async <T>(options: StandInOptions, work: (standIn: VendorStandIn) => Promise<T>): Promise<T> => {
    const standIn = await startStandIn(options);
    try {
      return await work(standIn);
    } finally {
      await standIn.close();
    }
  };

  it('[deep] five days of two symbols through drops, cut-off bodies, 429, 5xx, a dead token and a wrong clock equal the quiet ones row for row', async () => {
    const [quiet, rough] = [env()['DATABASE_URL'] ?? '', await emptyDatabase()];
    const straight = await during(QUIET, (standIn) => ingest(standIn, quiet));
    expect(straight).toMatchObject({ code: 0, err: '', summary: { stopped: null, failures: [], gaps: [] } });
    expect(straight.summary.contractDays).toMatchObject({ held: 0, missing: 0 });
    // Index and front future of both symbols in every minute of five days.
    expect(straight.summary.written.bars).toBe(2 * 2 * 5 * 375);
    expect(straight.summary.quarantined).toEqual({});

    // 03:31: the token died a minute ago. What needs no login comes in, then the run ends with what to do next.
    const dead = { ...QUIET, time: '03:31', faults: { tokenDeathAt: '03:30' } };
    const night = istInstant(parseIstDate(DAY), '03:31');
    const cut = await during(dead, (standIn) => ingest(standIn, rough, night));
    expect(cut.code).toBe(1);
    expect(cut.err).toMatch(/error: .*UDAPI100050.*sos auth upstox/);
    expect(cut.summary.stopped).toMatchObject({ code: 'SOS_AUTH' });

    const faults = {
      seed: 7,
      rest: [
        { fault: 'status', status: 429, retryAfterSeconds: 1, probability: 0.08, times: 4 },
        { fault: 'status', status: 503, probability: 0.06, times: 4 },
        { fault: 'drop', probability: 0.06, times: 4 },
        { fault: 'truncate', probability: 0.06, times: 4, path: 'candle' },
      ],
    };
    const ahead = (NOW + 7 * MS_PER_MINUTE) as EpochMs;
    await during({ ...QUIET, faults }, async (standIn) => {
      const again = await ingest(standIn, rough, ahead);
      expect(again).toMatchObject({ code: 0, err: '', summary: { stopped: null, failures: [] } });
      expect(standIn.broken()).toBeGreaterThan(4);
    });
    const whole = await leftBehind(quiet);
    expect(await leftBehind(rough)).toEqual(whole);
    expect(whole['chains']?.rows).toBeGreaterThan(5 * 375 * 2);
  });

  it('killed with -9 at two places and run again: the same rows, and no candles but those under way asked for twice', async () => {
    const [whole, killed] = [await emptyDatabase(), await emptyDatabase()];
    await during(QUIET, async (standIn) => {
      const argv = argvOf('NIFTY', '2026-01-09');
      await ingest(standIn, whole, NOW, argv);
      const quietly = standIn.asked.filter((url) => url.includes('historical-candle')).length;
      standIn.asked.length = 0;
      const start = (): ChildProcess =>
        spawn(process.execPath, ['--conditions=@sos/source', '--import', 'tsx', RUN_AT, String(NOW), ...argv], {
          env: { ...process.env, ...envOf(standIn, killed) },
          stdio: 'ignore',
        });
      const sql = connect(killed);
      await killInsideUnit(start(), sql, 2);
      await killInsideUnit(start(), sql, 9);
      await sql.end();
      expect((await ingest(standIn, killed, NOW, argv)).code).toBe(0);
      const candles = standIn.asked.filter((url) => url.includes('historical-candle')).length;
      expect(candles).toBeLessThanOrEqual(quietly + 2);
    });
    expect(await leftBehind(killed)).toEqual(await leftBehind(whole));
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 6_000; i++) {
    if (await holds()) return;
    await wait(10);
  }
  throw new Error('expected the ingestion to come so far, found none of it within 60 s');
}

/** Lets the run into a lock behind all rows of a unit and before its commit, kills it there, and gives the lock back. */
async function killInsideUnit(child: ChildProcess, sql: Sql, storedBefore: number): Promise<void> {
  await until(async () => {
    const [ready] = await sql`select to_regclass('answered_days') is not null as ready`;
    if (ready?.['ready'] !== true) return false;
    const [found] = await sql`select count(*)::int as n from ingestion_files where state = 'complete'`;
    return Number(found?.['n']) >= storedBefore;
  });
  await sql.begin(async (tx) => {
    await tx`lock table quarantine in share mode`;
    await until(async () => {
      const waiting = await tx`select 1 from pg_locks where not granted and relation = 'quarantine'::regclass`;
      return waiting.length > 0;
    });
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
}
