import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '../assert-never.js';
import { AppError, isAppError } from './app-error.js';
import { ERROR_CODES } from './error-codes.js';

const DOC = path.resolve(__dirname, '../../../../docs/errors.md');

describe('errors', () => {
  test('the code decides kind and retryability', () => {
    const cause = new Error('socket closed');
    const error = new AppError('SOS_DB_UNAVAILABLE', 'expected PostgreSQL to answer, found no server', {
      cause,
      context: { port: 54329 },
    });
    expect(error).toMatchObject({
      code: 'SOS_DB_UNAVAILABLE',
      kind: 'ConfigError',
      retryable: true,
      context: { port: 54329 },
    });
    expect(error.cause).toBe(cause);
    expect(isAppError(error)).toBe(true);
    expect(isAppError(cause)).toBe(false);
  });

  test('an unknown outcome and a broken invariant are never retried', () => {
    expect(ERROR_CODES.SOS_OUTCOME_UNKNOWN.retryable).toBe(false);
    expect(ERROR_CODES.SOS_INVARIANT.retryable).toBe(false);
  });

  test('assertNever names what arrived', () => {
    expect(() => assertNever('x' as never, 'event')).toThrow('expected every event to be handled, found "x"');
  });

  test('docs/errors.md lists exactly the codes of the table, in order', () => {
    const rows = readFileSync(DOC, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `SOS_'));
    const expected = Object.entries(ERROR_CODES).map(
      ([code, e]) => `| \`${code}\` | ${e.kind} | ${e.retryable ? 'yes' : 'no'} | ${e.meaning} | ${e.remedy} |`,
    );
    expect(rows).toEqual(expected);
  });
});
