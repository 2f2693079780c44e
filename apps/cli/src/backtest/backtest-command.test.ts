import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureDatabase } from '@sos/store';
import postgres from 'postgres';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { failureLines, runInMemory, type CliOutcome } from '../fixtures/memory-io.js';
import { dataFolderWithDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(60_000);

const DAY = ['--from-date', '2026-01-13', '--to-date', '2026-01-13'];

describe('sos with a database', () => {
  const folder = dataFolderWithDatabase();
  const strategies = () => writeGates(path.join(folder(), 'gates'), { rising: gateObject() });
  const sos = (...argv: string[]): Promise<CliOutcome> =>
    runInMemory([...argv, '--data-dir', folder(), '--strategies', strategies()], { cwd: folder() });
  const nifty = (...argv: string[]) => sos('backtest', '--symbol', 'NIFTY', ...DAY, '--seed', '7', ...argv);

  let first: Promise<CliOutcome> | null = null;
  // One run for the tests that only look at it.
  const usual = async () => JSON.parse((await (first ??= nifty('--json'))).out);

  it('runs the simulated market when nothing is stored, and labels everything SIMULATED', async () => {
    const { code, out, err } = await nifty();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\*\*\* SIMULATED: /);
    expect(out).toMatch(/│ RISING_CLOSE │ NIFTY {2}│ +\d+ │.*SIMULATED │/);
    const runFolder = /written to (.*)\n$/.exec(out)?.[1] ?? '';
    expect(path.dirname(runFolder)).toBe(path.join(folder(), 'runs'));
    expect(readFileSync(path.join(runFolder, 'report.txt'), 'utf8')).toContain('*** SIMULATED: ');
    expect(readdirSync(path.join(folder(), 'runs')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('prints machine output and nothing else, the same ledger each time, and books that add up', async () => {
    const first = await nifty('--json');
    const second = await nifty('--json');
    expect(first.err + second.err).toBe('');
    const [a, b] = [JSON.parse(first.out), JSON.parse(second.out)];
    expect(a).toMatchObject({ data: 'SIMULATED', mixed: false, symbols: ['NIFTY'], from: '2026-01-13' });
    for (const key of ['ledgerHash', 'dataHash', 'configHash', 'totals', 'gates']) expect(b[key]).toEqual(a[key]);
    expect(a.ledgerHash).toMatch(/^[0-9a-f]{64}$/);
    const { totals, gates } = a;
    expect(totals.trades).toBeGreaterThan(0);
    expect(totals.sessions).toBe(1);
    expect(totals.grossPaise - totals.chargesPaise).toBe(totals.netPaise);
    expect(gates.map((g: { netPaise: number }) => g.netPaise)).toEqual([totals.netPaise]);
    const heads: number[] = Object.values(totals.costsByHeadPaise);
    expect(heads.reduce((sum, head) => sum + head, 0)).toBe(totals.chargesPaise);
    const fills = readFileSync(path.join(a.folder, 'fills.csv'), 'utf8').trim().split('\n');
    expect(fills).toHaveLength(1 + 2 * totals.trades);
    expect(JSON.parse(readFileSync(path.join(a.folder, 'config.json'), 'utf8'))).toMatchObject({
      runId: a.runId,
      used: expect.stringMatching(/^SIMULATED-seed-7-model-[0-9a-f]{8}$/),
      ledgerHash: a.ledgerHash,
    });
  });

  it('warms the gates up with as many bars as the slowest of them needs', async () => {
    const slow = { ...gateObject('SLOW'), phases: [{ id: 'TRIGGER', when: ['close > 0.5 * sma(close, 900)'] }] };
    const gates = writeGates(path.join(folder(), 'slow'), { slow });
    const argv = ['backtest', '--symbol', 'NIFTY', ...DAY, '--seed', '7', '--json', '--strategies', gates];
    const { out, err } = await runInMemory([...argv, '--data-dir', folder()], { cwd: folder() });
    expect(err).toBe('');
    const run = JSON.parse(out);
    const config = JSON.parse(readFileSync(path.join(run.folder, 'config.json'), 'utf8'));
    expect(config.warmUpBars).toBeGreaterThanOrEqual(900);
    expect(config.warmUpBars).toBeLessThan(1200);
    const trigger = run.gates[0].topVetoes.filter((v: { phase: string }) => v.phase === 'TRIGGER');
    expect(trigger.map((v: { unknown: number }) => v.unknown)).toEqual([]);
    expect(run.gates[0].signals).toBeGreaterThan(0);
  });

  it('hashes how the chain is read with the gates', async () => {
    const [a, b] = [await usual(), JSON.parse((await nifty('--json', '--chain-max-age', '25')).out)];
    expect(b.configHash).not.toBe(a.configHash);
    expect(b.dataHash).toBe(a.dataHash);
    const config = JSON.parse(readFileSync(path.join(b.folder, 'config.json'), 'utf8'));
    expect(config.chain).toMatchObject({ maxAgeMinutes: 25, pcrReach: 10 });
  });

  it('reports a stored run in every format, and lists the runs', async () => {
    const run = await usual();
    const table = await sos('report', '--run', run.runId);
    expect(table.code).toBe(0);
    // The trials of other tests on the same days count as well.
    const uncounted = (text: string): string => text.replace(/^.*(deflated by|│ Deflated ).*$/gm, '');
    expect(uncounted(readFileSync(path.join(run.folder, 'report.txt'), 'utf8'))).toBe(uncounted(table.out));
    const json = JSON.parse((await sos('report', '--run', run.runId, '--format', 'json')).out);
    expect(json.hashes.ledger).toBe(run.ledgerHash);
    expect(json.rows).toEqual(run.gates);
    expect((await sos('report', '--run', 'latest', '--format', 'csv')).out).toMatch(
      /^run_id,data,.*\n[^,]+,SIMULATED,(RISING_CLOSE|SLOW),/,
    );
    const list = await sos('report');
    expect(list.out).toMatch(new RegExp(`│ ${run.runId} │.*SIMULATED │`));
    expect((await sos('report', '--format', 'csv')).out).toContain(run.ledgerHash);
    const known = JSON.parse((await sos('report', '--format', 'json')).out);
    expect(known.map((r: { runId: string }) => r.runId)).toContain(run.runId);
  });

  describe('bad input', () => {
    it.each([
      [
        'an unknown run',
        ['report', '--run', 'nothing'],
        2,
        'SOS_UNKNOWN_RUN',
        /expected the id of a stored run, found "nothing"/,
      ],
      ['an unknown format', ['report', '--format', 'jsn'], 2, 'SOS_INPUT', /found "jsn" \(did you mean json/],
      [
        'a date before the data',
        [
          'backtest',
          '--symbol',
          'NIFTY',
          '--from-date',
          '2019-03-01',
          '--to-date',
          '2019-03-05',
          '--source',
          'imported',
        ],
        2,
        'SOS_NO_DATA',
        /expected imported data of NIFTY from 2019-03-01 to 2019-03-05, found none: nothing of NIFTY is stored/,
      ],
      [
        'an unknown data set',
        ['backtest', '--symbol', 'NIFTY', ...DAY, '--source', 'simulatd'],
        2,
        'SOS_INPUT',
        /found "simulatd" \(did you mean simulated/,
      ],
      [
        'a kind that cannot be imported',
        ['import', 'index-bar', '.'],
        2,
        'SOS_INPUT',
        /expected a kind of .*, found "index-bar" \(did you mean index-bars/,
      ],
      ['a path that is not there', ['import', 'index-bars', 'nowhere'], 2, 'SOS_INPUT', /found nothing at ".*nowhere"/],
    ])('%s', async (_, argv, code, name, message) => {
      const outcome = await sos(...argv);
      const { error, remedy } = failureLines(outcome);
      expect(error).toMatch(message);
      expect(remedy).toContain(`(${name})`);
      expect(outcome).toMatchObject({ code, out: '' });
    });

    it('a corrupt file is named, the others are kept, and the import ends with 1', async () => {
      const data = path.join(folder(), 'ticks');
      mkdirSync(data, { recursive: true });
      writeFileSync(
        path.join(data, 'NSE_FO_51414_data.json.json.gz'),
        Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
      );
      const outcome = await sos('import', 'upstox-ticks', data);
      expect(outcome.code).toBe(1);
      expect(outcome.err).toMatch(/^error: .*NSE_FO_51414_data.*: expected a gzipped JSON array/);
      expect(outcome.err).not.toMatch(/\n\s+at /);
    });

    it('a database of a newer version of SOS is left alone', async () => {
      await sos('db', 'start');
      const { url } = await ensureDatabase({ dataDir: folder() });
      const admin = postgres(url, { max: 1, onnotice: () => undefined });
      await admin`drop database if exists newer with (force)`;
      await admin`create database newer`;
      const newer = new URL(url);
      newer.pathname = '/newer';
      const sql = postgres(newer.href, { max: 1, onnotice: () => undefined });
      await sql`create schema if not exists drizzle`;
      await sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
      await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('future', 9999999999999)`;
      await sql.end();
      const outcome = await runInMemory(['report'], { env: { DATABASE_URL: newer.href, SOS_DATA_DIR: folder() } });
      await admin`drop database newer with (force)`;
      await admin.end();
      expect(outcome.code).toBe(1);
      const { error, remedy } = failureLines(outcome);
      expect(error).toContain('a newer SOS wrote it');
      expect(remedy).toContain('(SOS_DB_NEWER_SCHEMA)');
      expect(outcome.err).not.toContain(newer.password);
    });
  });

  it('shows where the database is, its password only when asked', async () => {
    await sos('db', 'start');
    const masked = await sos('db', 'url');
    expect(masked.out).toMatch(/^postgres:\/\/sos:\*\*\*@127\.0\.0\.1:\d+\/sos\n$/);
    expect((await sos('db', 'url', '--show-password')).out).toMatch(/^postgres:\/\/sos:[^*]+@127\.0\.0\.1:\d+\/sos\n$/);
    const status = JSON.parse((await sos('db', 'status', '--json')).out);
    expect(status).toMatchObject({ kind: 'embedded', running: true });
    const doctor = await sos('doctor');
    expect(doctor.code).toBe(0);
    expect(doctor.out).toMatch(/│ Database +│ ok /);
    expect(existsSync(path.join(folder(), 'postgres'))).toBe(true);
  });
});
