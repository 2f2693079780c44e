// `npm test`: everything a change must pass, and one closing line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT, ensureInstalled, runNode } from './install.mjs';

const bin = (file) => path.join(ROOT, 'node_modules', file);
// The place of Nx's program moves between its versions; its manifest tells.
const nxCli = () => bin(path.join('nx', JSON.parse(readFileSync(bin('nx/package.json'), 'utf8')).bin.nx));
const OUTPUT = path.join(ROOT, 'test-output');
const NX = { NX_NO_CLOUD: 'true', NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', NX_TUI: 'false' };
const deep = process.argv.includes('--deep');
const tally = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function count(name, passed, failed, skipped = 0) {
  tally.passed += passed;
  tally.failed += failed;
  tally.skipped += skipped;
  if (failed > 0) failures.push(name);
}

function check(name, args, env = {}) {
  const start = process.hrtime.bigint();
  process.stdout.write(`\n=== ${name}\n`);
  const status = runNode(args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  process.stdout.write(
    `${status === 0 ? 'ok' : 'FAILED'}: ${name} (${Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000} s)\n`,
  );
  count(name, status === 0 ? 1 : 0, status === 0 ? 0 : 1);
}

function jest() {
  process.stdout.write('\n=== unit, property and integration tests\n');
  const file = path.join(OUTPUT, 'jest.json');
  rmSync(file, { force: true });
  const env = deep ? { SOS_DEEP: '1' } : {};
  const args = ['-c', 'jest.workspace.cjs', '--randomize', '--maxWorkers=2', '--json', `--outputFile=${file}`];
  const status = runNode([bin('jest/bin/jest.js'), ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(file)) return count('jest (no result was written)', 0, 1);
  const result = JSON.parse(readFileSync(file, 'utf8'));
  count(
    'jest',
    result.numPassedTests,
    result.numFailedTests + result.numRuntimeErrorTestSuites,
    result.numPendingTests,
  );
  if (status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0)
    count(`jest (exit ${status})`, 0, 1);
  if (result.numPassedTests === 0) count('jest (no test ran)', 0, 1);
  skipped(result);
}

function skipped(result) {
  const names = result.testResults.flatMap((file) =>
    file.assertionResults.filter((t) => t.status === 'pending').map((t) => t.fullName),
  );
  if (names.length === 0) return;
  process.stdout.write(
    `\n${names.length} skipped, for lack of recorded data, because of who runs them, or because they are part of npm run test:deep:\n  ${names.slice(0, 40).join('\n  ')}\n`,
  );
  // A proof that silently did not run is a failure where the data are promised.
  const missing = names.filter((name) => !/\[deep\]|\[not as root\]|\[no browser/.test(name));
  if (process.env.SOS_REQUIRE_SHARED_DATA === '1' && missing.length > 0)
    count(`${missing.length} tests skipped although SOS_REQUIRE_SHARED_DATA=1`, 0, missing.length);
}

function toolTests() {
  process.stdout.write('\n=== tools\n');
  const files = ['tools/lint', 'tools/bootstrap'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((f) => f.endsWith('.test.mjs'))
      .map((f) => path.join(folder, f)),
  );
  const done = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...files], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...NX },
  });
  const number = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(done.stdout)?.[1] ?? 0);
  const [passed, failed] = [number('pass'), number('fail')];
  if (failed > 0 || passed === 0)
    process.stdout.write((done.stdout.match(/^not ok [^]*?^  \.\.\.$/gm) ?? [done.stdout]).join('\n') + done.stderr);
  count('tools', passed, failed + (passed === 0 ? 1 : 0));
}

ensureInstalled();
mkdirSync(OUTPUT, { recursive: true });
const started = process.hrtime.bigint();
check('workspace references in step', [nxCli(), 'sync:check'], NX);
check('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']);
check('typecheck and build', [nxCli(), 'run-many', '-t', 'build,typecheck', '--outputStyle=static'], NX);
check('lint', [nxCli(), 'run-many', '-t', 'lint', '--outputStyle=static'], NX);
toolTests();
jest();
if (deep) check('packed libraries in a project of their own', ['tools/packages/check.mjs']);
if (failures.length > 0) process.stdout.write(`\nfailed: ${failures.join(', ')}\n`);
process.stdout.write(`\ntook ${Math.round(Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000)} s\n`);
process.stdout.write(
  `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}\n`,
);
process.exitCode = tally.failed === 0 ? 0 : 1;
