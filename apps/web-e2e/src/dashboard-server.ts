import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const START_MS = 90_000;

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

async function untilItListens(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`expected the server to start, found: ${said}`)), START_MS);
    const hear = (chunk: Buffer): void => {
      said += String(chunk);
      if (!said.includes('SOS dashboard:')) return;
      clearTimeout(timer);
      resolve();
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', () => reject(new Error(`expected the server to run, found that it ended: ${said}`)));
  });
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
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, NODE_OPTIONS: '', DATABASE_URL: '' },
    stdio: 'pipe',
  });
  await untilItListens(server);
  return { origin: `http://127.0.0.1:${port}`, folder, webRoot, pid: server.pid ?? 0 };
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
