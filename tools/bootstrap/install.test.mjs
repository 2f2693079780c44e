import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { ROOT, exclusively } from './install.mjs';

const LOCK = path.join(ROOT, '.sos-bootstrap.lock');

test('the lock exists while the work runs and is gone afterwards, also after a failure', () => {
  assert.equal(
    exclusively(() => existsSync(LOCK)),
    true,
  );
  assert.equal(existsSync(LOCK), false);
  assert.throws(() => exclusively(() => assert.fail('work failed')), /work failed/);
  assert.equal(existsSync(LOCK), false);
});

test('a lock whose owner died is taken over', () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  mkdirSync(LOCK);
  writeFileSync(path.join(LOCK, 'pid'), String(dead));
  assert.equal(
    exclusively(() => 'done'),
    'done',
  );
});

test('an old Node.js is told what is needed', () => {
  const program =
    "Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); const { ensureInstalled } = await import('./tools/bootstrap/install.mjs'); ensureInstalled();";
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(done.status, 2);
  assert.equal(done.stderr, 'error: expected Node.js 20.19 or newer, found 18.20.0: install a newer Node.js\n');
});
