import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const START_MS = 90_000;
const POLL_MS = 200;

/** A dashboard that runs for tests or screenshots: built pages, a server from the sources, a data folder of its own. */
export interface Dashboard {
  readonly origin: string;
  readonly folder: string;
  readonly webRoot: string;
  readonly pid: number;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function buildPages(root: string, out: string): void {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const done = spawnSync(process.execPath, [vite, 'build', 'apps/web', '--logLevel', 'error'], {
    cwd: root,
    env: { ...process.env, SOS_WEB_OUT: out, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`expected the pages to build, found: ${done.stderr}${done.stdout}`);
}

async function untilItListens(
  origin: string,
  server: { readonly child: ChildProcess; readonly log: string },
): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += POLL_MS) {
    const answer = await fetch(`${origin}/api/health`).catch(() => null);
    if (answer?.ok === true) return;
    if (server.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`expected the server to start, found: ${readFileSync(server.log, 'utf8')}`);
}

/** Builds the pages and starts a server on the simulated market. @param root the checkout */
export async function startDashboard(root: string): Promise<Dashboard> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sos-web-e2e-'));
  // The embedded database may run as another user than the tests.
  chmodSync(folder, 0o755);
  const webRoot = path.join(folder, 'web');
  buildPages(root, webRoot);
  const port = await freePort();
  const env = {
    ...process.env,
    SOS_DATA_DIR: path.join(folder, 'data'),
    SOS_PORT: String(port),
    SOS_WEB_ROOT: webRoot,
  };
  const args = ['--conditions=@sos/source', '--import', 'tsx', 'apps/api/src/main.ts'];
  const log = path.join(folder, 'server.log');
  const out = openSync(log, 'w');
  // On its own, so that it outlives whoever started it.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, NODE_OPTIONS: '', DATABASE_URL: '' },
    stdio: ['ignore', out, out],
    detached: true,
  });
  child.unref();
  const origin = `http://127.0.0.1:${port}`;
  await untilItListens(origin, { child, log });
  return { origin, folder, webRoot, pid: child.pid ?? 0 };
}

/** Ends the server and its database, and removes the folder. */
export async function stopDashboard({ folder, pid }: Dashboard, root: string): Promise<void> {
  process.kill(pid, 'SIGTERM');
  const sos = ['--conditions=@sos/source', '--import', 'tsx', 'apps/cli/src/main.ts', 'db', 'stop'];
  spawnSync(process.execPath, sos, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', SOS_DATA_DIR: path.join(folder, 'data') },
  });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
