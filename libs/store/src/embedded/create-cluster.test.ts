import { programError } from './create-cluster.js';

const OUTPUT = `creating subdirectories ... ok
2026-11-20 11:01:49 UTC [7227] FATAL:  could not extend file "base/1/1255": No space left on device
2026-11-20 11:01:49 UTC [7227] PANIC:  cannot abort transaction 1, it was already committed`;

test('a full disk is told as the cause, whatever else fails after it', () => {
  const error = programError('initdb to create a database cluster', OUTPUT, '/data/postgres.log');
  expect(error.code).toBe('SOS_DATA_FOLDER');
  expect(error.message).toMatch(
    /^expected initdb to create a database cluster, found: .*No space left on device \(log: /,
  );
});

test('otherwise the last complaint is told, or the last line', () => {
  const error = programError('PostgreSQL to start', 'waiting\nFATAL:  wrong version\nstopped waiting', '/log');
  expect(error).toMatchObject({
    code: 'SOS_DB_UNAVAILABLE',
    message: 'expected PostgreSQL to start, found: FATAL:  wrong version (log: /log)',
  });
  expect(programError('PostgreSQL to start', '', '/log').message).toContain('found: no output');
});
