import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.sos-installed');
const LOCK = path.join(ROOT, '.sos-bootstrap.lock');
const OLDEST_NODE = [20, 19];

/** Ends the process with one line that says what was expected and found. */
export function fail(message, code = 1) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(code);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    fail(
      `expected Node.js ${OLDEST_NODE.join('.')} or newer, found ${process.versions.node}: install a newer Node.js`,
      2,
    );
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Runs `work` while no other bootstrap of this checkout does; a lock whose owner is dead is taken over. */
export function exclusively(work) {
  for (let waited = 0; ; waited += 200) {
    try {
      mkdirSync(LOCK);
      writeFileSync(path.join(LOCK, 'pid'), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`expected to write in ${ROOT}, found ${error.code}`);
      const owner = Number(readIfThere(path.join(LOCK, 'pid')));
      const ownerless = owner === 0 && waited > 2_000;
      if (ownerless || (owner > 0 && !isAlive(owner))) rmSync(LOCK, { recursive: true, force: true });
      else if (waited > 900_000)
        fail(`expected process ${owner} to finish installing, waited 15 minutes: remove ${LOCK} if it hangs`);
      else wait(200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Runs a Node program of `node_modules`, inheriting the terminal; returns its exit code. */
export function runNode(args, options = {}) {
  const done = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, ...options.env },
  });
  if (done.error) fail(`expected to start ${args[0]}, found ${done.error.message}`);
  return done.status ?? 1;
}

// npm tells its own path when it started us; otherwise it stands beside node.
function npmCli() {
  const beside = path.dirname(process.execPath);
  const known = [
    process.env.npm_execpath,
    path.join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(beside, 'node_modules/npm/bin/npm-cli.js'),
  ];
  return known.find((file) => file && /npm-cli\.js$/.test(file) && existsSync(file));
}

function lockHash() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}-${process.versions.modules}\n`);
  return hash.update(readFileSync(path.join(ROOT, 'package-lock.json'))).digest('hex');
}

/** Installs the locked dependencies when they are missing or the lock file changed. */
export function ensureInstalled() {
  checkNode();
  const wanted = lockHash();
  if (readIfThere(STAMP) === wanted) return;
  exclusively(() => {
    if (readIfThere(STAMP) === wanted) return;
    process.stderr.write('Installing dependencies (once; about a minute) ...\n');
    const cli = npmCli();
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
    const done = cli
      ? spawnSync(process.execPath, [cli, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
    if (done.status !== 0)
      fail(
        `expected "npm ci" to succeed, found exit code ${done.status ?? done.error?.message}: is the npm registry reachable?`,
      );
    writeFileSync(STAMP, wanted);
  });
}

function* sourcesOf(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesOf(full);
    else if (/\.(ts|tsx|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield full;
  }
}

function sourceFingerprint(projects) {
  const hash = createHash('sha256').update(lockHash());
  for (const project of projects) {
    for (const file of sourcesOf(path.join(ROOT, project))) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${file}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest('hex');
}

/** Compiles the TypeScript projects when a source changed since the last build. @param {string} config tsconfig to build */
export function ensureBuilt(config = 'apps/cli/tsconfig.app.json') {
  const stamp = path.join(MODULES, `.sos-built-${config.replaceAll(/[^a-z]/g, '-')}`);
  const wanted = sourceFingerprint(['libs', path.dirname(config)]);
  if (readIfThere(stamp) === wanted) return;
  exclusively(() => {
    if (readIfThere(stamp) === wanted) return;
    if (runNode([path.join(MODULES, 'typescript/bin/tsc'), '-b', config], { stdio: ['ignore', 2, 2] }) !== 0)
      fail('expected the sources to compile, found the errors above');
    writeFileSync(stamp, wanted);
  });
}
