import { spawn } from 'node:child_process';

import type { ServerUser } from './server-user.js';

// Enough to reach back from the last words of a failing program to what made it fail.
const OUTPUT_KEPT = 64_000;

export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

export interface ProgramRun {
  readonly user: ServerUser | null;
  /** A folder the server's user may enter; PostgreSQL programs insist on a readable working directory. */
  readonly cwd: string;
  readonly timeoutMs?: number;
}

/** The environment of PostgreSQL programs: the caller's own PG* and locale settings must not reach them. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env))
    if (!/^(PG[A-Z]|LC_|LANG|LD_PRELOAD)/.test(name)) env[name] = value;
  env['LC_ALL'] = 'C';
  env['TZ'] = 'UTC';
  return env;
}

/** Runs a PostgreSQL program to its end and gives its exit code and the tail of what it printed; never throws for a failed program. */
export function runProgram(program: string, args: readonly string[], run: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const drop = run.user === null ? {} : { uid: run.user.uid, gid: run.user.gid };
    const child = spawn(program, [...args], {
      ...drop,
      cwd: run.cwd,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // Not spawn's own `timeout`: its timer outlives a program that could not even be started.
    const timer = setTimeout(() => child.kill(), run.timeoutMs ?? 90_000);
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_KEPT);
    };
    const settle = (code: number | null, text: string): void => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, output: text.trim() });
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => settle(null, error.message));
    child.once('close', (code) => settle(code, output));
    // A server started by pg_ctl may keep inherited pipes open for its whole life: after the exit they are not waited for much longer.
    child.once('exit', (code) => setTimeout(() => settle(code, output), 500).unref());
  });
}
