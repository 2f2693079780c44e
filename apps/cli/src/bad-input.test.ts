import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gateObject, writeGates } from './fixtures/gate-files.js';
import { failureLines, runInMemory } from './fixtures/memory-io.js';
import { tempFolder } from './fixtures/temp-folder.js';

const DAYS = ['--symbol', 'NIFTY', '--from-date', '2026-01-12', '--to-date', '2026-01-16'];

jest.setTimeout(30_000);

describe('bad input that needs no database', () => {
  const folder = tempFolder();
  const sos = (...argv: string[]) =>
    runInMemory([...argv, '--data-dir', path.join(folder(), 'data')], { cwd: folder() });

  it.each([
    [
      'an unknown symbol',
      ['--symbol', 'BANKNIFY', '--from-date', '2026-01-12', '--to-date', '2026-01-16'],
      'SOS_UNKNOWN_SYMBOL',
      /found "BANKNIFY" \(did you mean BANKNIFTY/,
    ],
    [
      'a reversed range',
      ['--symbol', 'NIFTY', '--from-date', '2026-01-16', '--to-date', '2026-01-12'],
      'SOS_DATE_RANGE',
      /found 2026-01-16 after 2026-01-12/,
    ],
    [
      'a holiday-only range',
      ['--symbol', 'NIFTY', '--from-date', '2026-01-15', '--to-date', '2026-01-15'],
      'SOS_DATE_RANGE',
      /found a holiday/,
    ],
  ])('%s', async (_, argv, code, message) => {
    const outcome = await sos('backtest', ...argv);
    const { error, remedy } = failureLines(outcome);
    expect(error).toMatch(message);
    expect(remedy).toContain(`(${code})`);
    expect(outcome).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['malformed JSON', '{ "id": ', /gates\/bad\.json:1:\d+ /],
    [
      'an unknown variable',
      JSON.stringify({ ...gateObject(), filter: ['chain.pcrr > 0.8'] }, null, 2),
      /gates\/bad\.json:\d+:\d+ filter\[0\]: .*chain\.pcrr.*did you mean chain\.pcr/,
    ],
  ])('a gate file with %s', async (_, text, message) => {
    const strategies = writeGates(path.join(folder(), 'gates'), { bad: text });
    const outcome = await sos('backtest', ...DAYS, '--strategies', strategies);
    const { error, remedy } = failureLines(outcome);
    expect(error).toMatch(message);
    expect(remedy).toContain('(SOS_GATE_INVALID)');
    expect(outcome).toMatchObject({ code: 2, out: '' });
  });

  it('an unknown gate', async () => {
    const strategies = writeGates(path.join(folder(), 'gates'), { good: gateObject() });
    const outcome = await sos('backtest', ...DAYS, '--strategies', strategies, '--gates', 'RISING_CLOSES');
    expect(failureLines(outcome).error).toContain('found "RISING_CLOSES" (did you mean RISING_CLOSE?)');
    expect(outcome.code).toBe(2);
  });

  it('a data folder that cannot be written', async () => {
    writeFileSync(path.join(folder(), 'file'), '');
    const strategies = writeGates(path.join(folder(), 'gates'), { good: gateObject() });
    const argv = ['backtest', ...DAYS, '--strategies', strategies, '--data-dir', path.join(folder(), 'file')];
    const outcome = await runInMemory(argv, { cwd: folder() });
    const { error, remedy } = failureLines(outcome);
    expect(error).toMatch(/expected a writable data folder at .*file, found a file/);
    expect(remedy).toContain('--data-dir');
    expect(outcome).toMatchObject({ code: 1, out: '' });
  });

  const unix = process.platform === 'win32' ? it.skip : it;

  unix('a disk without room for the database', () => {
    // A limit on the size of files stands in for the disk: PostgreSQL meets it at its first log segment.
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const command = `ulimit -f 4000; exec "${process.execPath}" --conditions=@sos/source --import tsx "${main}" db start`;
    // PostgreSQL does not run as root: its user must be able to enter the folder.
    chmodSync(folder(), 0o755);
    const env = { ...process.env, SOS_DATA_DIR: path.join(folder(), 'data'), DATABASE_URL: '' };
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8', env });
    const { error, remedy } = failureLines({ code: status ?? -1, out: stdout, err: stderr });
    expect(error).toMatch(/expected initdb to create a database cluster, found: .*too large/);
    expect(remedy).toBe(
      'what to do: Free space or choose another folder with `--data-dir` or `SOS_DATA_DIR`. (SOS_DATA_FOLDER)',
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(existsSync(path.join(folder(), 'data/postgres/pgdata'))).toBe(false);
  });

  it('a database that is down, without its password', async () => {
    mkdirSync(path.join(folder(), 'data'));
    const env = { DATABASE_URL: 'postgres://me:hunter22@127.0.0.1:9/none' };
    const argv = ['report', '--data-dir', path.join(folder(), 'data')];
    const outcome = await runInMemory(argv, { cwd: folder(), env });
    const { error, remedy } = failureLines(outcome);
    expect(error).toMatch(/expected PostgreSQL at postgres:\/\/me:\*\*\*@127\.0\.0\.1:9\/none/);
    expect(remedy).toContain('(SOS_DB_UNAVAILABLE)');
    expect(outcome.code).toBe(1);
    const verbose = await runInMemory([...argv, '--verbose'], { cwd: folder(), env });
    expect(verbose.err).toMatch(/\n\s+at /);
    expect(verbose.err).not.toContain('hunter22');
  });

  it('doctor tells of it and ends with 1', async () => {
    const env = { DATABASE_URL: 'postgres://me:hunter22@127.0.0.1:9/none' };
    const strategies = writeGates(path.join(folder(), 'gates'), { good: gateObject() });
    const argv = ['doctor', '--data-dir', path.join(folder(), 'data'), '--strategies', strategies];
    const outcome = await runInMemory(argv, { cwd: folder(), env });
    expect(outcome.code).toBe(1);
    expect(outcome.out).toMatch(/│ Database +│ failed /);
    expect(outcome.out).toMatch(/│ Gates +│ ok +│ 1 valid/);
    expect(outcome.out).not.toContain('hunter22');
  });
});
