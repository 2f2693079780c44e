import { Readable } from 'node:stream';
import { AppError, istInstant, parseIstDate } from '@sos/domain';
import type { CliIo } from '../terminal/cli-io.js';
import { maskSecrets, secretsOfUrl } from './mask-secrets.js';
import { printFailure } from './print-failure.js';
import { toAppError } from './to-app-error.js';

function failing(thrown: unknown, verbose = false, env: Record<string, string> = {}) {
  let text = '';
  const sink = { isTty: false, columns: 80, write: (t: string) => void (text += t) };
  const io: CliIo = {
    env,
    cwd: '/',
    out: sink,
    err: sink,
    input: Readable.from([]),
    now: () => istInstant(parseIstDate('2026-01-12'), '10:00'),
  };
  return { code: printFailure(io, thrown, verbose), text };
}

describe('how a failure is shown', () => {
  it('is one line of expected and found, one of what to do, without a stack', () => {
    const { code, text } = failing(new AppError('SOS_NO_DATA', 'expected stored days, found none'));
    expect(code).toBe(2);
    expect(text).toBe(
      'error: expected stored days, found none\nwhat to do: Import or ingest the days, or allow the simulated market. (SOS_NO_DATA)\n',
    );
  });

  it('takes the remedy of the error itself when it has one', () => {
    const context = { remedy: 'Do this.' };
    expect(failing(new AppError('SOS_CONFIG', 'x', { context })).text).toContain('what to do: Do this. (SOS_CONFIG)');
  });

  it('keeps a message of several lines on one line', () => {
    expect(failing(new AppError('SOS_DATA_CORRUPT', 'first\n  second')).text).toMatch(/^error: first; second\n/);
  });

  it('shows stack, causes and context only when verbose', () => {
    const error = new AppError('SOS_CONFIG', 'outer', { context: { path: '/x' }, cause: new Error('inner') });
    expect(failing(error).text).not.toContain('inner');
    const { text } = failing(error, true);
    expect(text).toContain('  path: /x');
    expect(text).toContain('AppError: outer');
    expect(text).toContain('caused by: Error: inner');
  });

  it('ends with 1 for everything the command line cannot correct', () => {
    expect(failing(new AppError('SOS_DATA_CORRUPT', 'x')).code).toBe(1);
    expect(failing(new AppError('SOS_DB_NEWER_SCHEMA', 'x')).code).toBe(1);
    expect(failing(new Error('boom')).code).toBe(1);
    expect(failing('text').code).toBe(1);
  });
});

describe('errors of the system in words of SOS', () => {
  const systemError = (code: string) => Object.assign(new Error(code), { code, path: '/data/.sos' });

  it.each([
    ['ENOSPC', 'a full disk'],
    ['EFBIG', 'a limit on the size of files'],
    ['EACCES', 'no permission'],
    ['EROFS', 'a read-only file system'],
  ])('%s', (code, found) => {
    const error = toAppError(systemError(code));
    expect(error.code).toBe('SOS_DATA_FOLDER');
    expect(error.message).toBe(`expected to write /data/.sos, found ${found} (${code})`);
  });

  it('ECONNREFUSED means the database', () => {
    expect(toAppError(systemError('ECONNREFUSED')).code).toBe('SOS_DB_UNAVAILABLE');
  });

  it('anything else is a defect, told as such', () => {
    expect(toAppError(new TypeError('x is not a function'))).toMatchObject({
      code: 'SOS_INVARIANT',
      message: 'expected no failure here, found: x is not a function',
    });
  });
});

describe('secrets', () => {
  it('never appear: URLs, settings, and the password of DATABASE_URL wherever it stands', () => {
    expect(maskSecrets('cannot reach postgres://sos:s3cret@db:5432/sos')).toBe(
      'cannot reach postgres://sos:***@db:5432/sos',
    );
    expect(maskSecrets('password=abc123 token: "xyz"')).toBe('password=*** token: "***"');
    expect(secretsOfUrl('postgres://u:a%40b12@h/d')).toEqual(['a%40b12', 'a@b12']);
    expect(secretsOfUrl('postgres://h/d')).toEqual([]);
    const env = { DATABASE_URL: 'postgres://u:p4ssw0rd@h/d' };
    expect(failing(new Error('auth failed with p4ssw0rd'), true, env).text).not.toContain('p4ssw0rd');
  });
});
