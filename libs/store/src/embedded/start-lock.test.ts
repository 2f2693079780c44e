import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processStart } from './process-state.js';
import { tryLock, unlock, withStartLock } from './start-lock.js';

let folder = '';
let lock = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sos-lock-'));
  lock = join(folder, 'start.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a lock held by a live process is not given twice', () => {
  expect(tryLock(lock)).toBe(true);
  expect(tryLock(lock)).toBe(false);
  unlock(lock);
  expect(tryLock(lock)).toBe(true);
});

test.each([
  ['a dead process', () => JSON.stringify({ pid: spawnSync('true').pid, start: null })],
  ['a process whose pid another one has now', () => JSON.stringify({ pid: process.pid, start: 'earlier' })],
  ['nobody that can be read', () => '{"pid":'],
])('a lock of %s is discarded, then given', (_, content) => {
  writeFileSync(lock, content());
  expect(tryLock(lock)).toBe(false);
  expect(existsSync(lock)).toBe(false);
  expect(tryLock(lock)).toBe(true);
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual({ pid: process.pid, start: processStart(process.pid) });
});

test('an empty lock is one being written, until it is 5 s old', () => {
  writeFileSync(lock, '');
  expect(tryLock(lock)).toBe(false);
  expect(existsSync(lock)).toBe(true);
  const old = new Date(Date.now() - 6_000);
  utimesSync(lock, old, old);
  expect(tryLock(lock)).toBe(false);
  expect(existsSync(lock)).toBe(false);
});

test('who waits takes what the holder made instead of working again', async () => {
  expect(tryLock(lock)).toBe(true);
  let asked = 0;
  const result = await withStartLock(
    lock,
    () => Promise.resolve('worked'),
    () => Promise.resolve(++asked === 3 ? 'found' : null),
  );
  expect(result).toBe('found');
  expect(asked).toBe(3);
});

test('the lock is given back when the work fails', async () => {
  const work = (): Promise<string> => Promise.reject(new Error('no'));
  await expect(withStartLock(lock, work, () => Promise.resolve(null))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});
