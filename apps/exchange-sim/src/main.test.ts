import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The program itself, from its sources, in a process of its own.

const ROOT = path.resolve(__dirname, '../../..');
const SOURCE = ['--conditions=@sos/source', '--import', 'tsx', path.join(__dirname, 'main.ts')];

interface Program {
  readonly started: Promise<string>;
  readonly ended: Promise<{ code: number | null; err: string }>;
  end(): void;
}

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [...SOURCE, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString('utf8');
  });
  return {
    started: new Promise((resolve) => child.stdout.once('data', (text: Buffer) => resolve(text.toString('utf8')))),
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, err }))),
    end: () => void child.kill('SIGTERM'),
  };
}

const port = 20_000 + (process.pid % 20_000);

test('starts on its ports, trades at a hundred times the speed of the day with faults, and ends in good order', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sos-sim-'));
  const faults = path.join(folder, 'faults.json');
  writeFileSync(faults, JSON.stringify({ rest: [{ fault: 'status', status: 503, path: '/retrieve-all', times: 1 }] }));
  const program = start(
    '--port',
    String(port),
    '--token',
    'T',
    '--time',
    '10:00',
    '--speed',
    '100',
    '--faults',
    faults,
    '--cash',
    '1000',
  );
  try {
    const line = await program.started;
    expect(line).toContain(`Stand-ins of Upstox on http://127.0.0.1:${port}, NSE on http://127.0.0.1:${port + 1}`);
    expect(line).toContain('SIMULATED market, seed exchange-sim, 100x from 2026-01-12 10:00 IST');
    const ask = async (where: string): Promise<{ status: number; body: { data?: never } }> => {
      const answer = await fetch(`http://127.0.0.1:${port}${where}`, { headers: { Authorization: 'Bearer T' } });
      return { status: answer.status, body: (await answer.json()) as { data?: never } };
    };
    expect((await ask('/v2/order/retrieve-all')).status).toBe(503);
    expect((await ask('/v2/order/retrieve-all')).body.data).toEqual([]);
    expect((await ask('/v2/user/get-funds-and-margin')).body.data).toMatchObject({
      equity: { available_margin: 1000 },
    });
  } finally {
    program.end();
    rmSync(folder, { recursive: true, force: true });
  }
  expect(await program.ended).toEqual({ code: 0, err: '' });
}, 30_000);

test('says what is wrong with its options', async () => {
  const { code, err } = await start('--speed', '101').ended;
  expect([code, err]).toEqual([1, 'error: expected --speed to be a number above 0, at most 100, found "101"\n']);
}, 30_000);
