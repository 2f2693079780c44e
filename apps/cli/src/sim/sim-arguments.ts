import path from 'node:path';
import { AppError, parseIstDate } from '@sos/domain';

/** Options of `sos sim`, as typed. */
export interface SimOptions {
  readonly date?: string;
  readonly time?: string;
  readonly speed?: string;
  readonly seed?: string;
  readonly recorded?: string;
  readonly master?: string;
  readonly cash?: string;
  readonly token?: string;
  readonly faults?: string;
  readonly port?: string;
}

const FILES = ['recorded', 'master', 'faults'] as const;
const NUMBERS = { speed: 100, cash: Number.MAX_SAFE_INTEGER, port: 65_532 } as const;
const TEXTS = ['date', 'time', 'seed'] as const;

function numberOf(name: keyof typeof NUMBERS, text: string): string {
  const value = Number(text);
  if (value > 0 && value <= NUMBERS[name]) return text;
  throw new AppError('SOS_INPUT', `expected --${name} to be above 0 and at most ${NUMBERS[name]}, found "${text}"`);
}

/**
 * The arguments of the simulator's program for what was typed; files are named from the folder that it was typed in.
 * @throws SOS_INPUT for a date, time or number that is none
 */
export function simArguments(options: SimOptions, cwd: string): string[] {
  if (options.date !== undefined) parseIstDate(options.date);
  if (options.time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(options.time))
    throw new AppError('SOS_INPUT', `expected --time as HH:MM, found "${options.time}"`);
  if (options.master !== undefined && options.recorded === undefined)
    throw new AppError('SOS_INPUT', 'expected --recorded with --master, found --master alone');
  const args: string[] = [];
  const add = (name: string, value: string): void => void args.push(`--${name}`, value);
  for (const name of TEXTS) if (options[name] !== undefined) add(name, options[name]);
  for (const name of ['speed', 'cash', 'port'] as const)
    if (options[name] !== undefined) add(name, numberOf(name, options[name]));
  for (const name of FILES) if (options[name] !== undefined) add(name, path.resolve(cwd, options[name]));
  for (const token of (options.token ?? '').split(',')) if (token.trim() !== '') add('token', token.trim());
  return args;
}
