import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';
import type { CliIo } from '../terminal/cli-io.js';
import { findCheckout } from '../settings/find-checkout.js';
import { simArguments, type SimOptions } from './sim-arguments.js';

const PROGRAM = 'tools/bootstrap/sim.mjs';

function programOf(checkout: string | null): string {
  const program = checkout === null ? null : path.join(checkout, PROGRAM);
  if (program !== null && existsSync(program)) return program;
  throw new AppError('SOS_CONFIG', 'expected sos to run from its checkout, which holds the simulator, found none');
}

/** What the simulator needs of the command line. */
export interface SimContext extends Pick<CommandContext, 'exitWith'> {
  readonly io: Pick<CliIo, 'cwd' | 'out' | 'err'>;
}

/**
 * `sos sim`: the exchange simulator as a program of its own, until it is ended.
 * @param program the simulator's program; that of the checkout when left out
 */
export async function sim(context: SimContext, options: SimOptions, program?: string): Promise<void> {
  const args = [program ?? programOf(findCheckout()), ...simArguments(options, context.io.cwd)];
  const child = spawn(process.execPath, args, { cwd: context.io.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (text: Buffer) => context.io.out.write(text.toString('utf8')));
  child.stderr.on('data', (text: Buffer) => context.io.err.write(text.toString('utf8')));
  // The program's own answer to Ctrl+C is to leave at once: here the simulator ends first.
  const leave = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  const end = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0 && code !== null) context.exitWith(1);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    for (const listener of leave) process.on('SIGINT', listener);
  }
}
