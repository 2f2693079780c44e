import {
  AppError,
  formatIst,
  istDateOf,
  istInstant,
  MS_PER_MINUTE,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { sessionOf } from '@sos/rulebook';
import { parseUnderlying } from '@sos/symbol-master';
import { parseList } from '../options/lists.js';

/** Options of `sos record` as given. */
export interface RecordOptions {
  readonly symbol?: string;
  readonly until?: string;
  readonly raw?: boolean;
  readonly provider: string;
  readonly strikes: string;
  readonly expiries: string;
  readonly json?: boolean;
}

/** What is to be recorded, checked. */
export interface RecordPlan {
  readonly underlyings: readonly Underlying[];
  readonly today: IstDate;
  readonly until: EpochMs;
  readonly strikes: number;
  readonly expiries: number;
}

// Closing prices and the last minute's candles come a little after the close.
const AFTER_CLOSE_MS = 2 * MS_PER_MINUTE;

function countOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new AppError('SOS_INPUT', `expected ${option} as a whole number from 1 to ${most}, found "${text}"`);
}

function endOf(today: IstDate, given: string | undefined): EpochMs {
  const session = sessionOf(today);
  if (session === null)
    throw new AppError('SOS_DATE_RANGE', `expected a trading day to record, found ${today}, which has no session`);
  if (given === undefined) return (session.close + AFTER_CLOSE_MS) as EpochMs;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(given)) return istInstant(today, given);
  throw new AppError('SOS_INPUT', `expected --until as HH:MM (Indian time), found "${given}"`);
}

/** Checks what can be checked without a vendor. @throws SOS_INPUT, SOS_UNKNOWN_SYMBOL, SOS_DATE_RANGE */
export function planRecord(options: RecordOptions, now: EpochMs): RecordPlan {
  const names = parseList(options.symbol ?? '');
  if (names.length === 0) throw new AppError('SOS_INPUT', 'expected --symbol with at least one underlying, found none');
  const today = istDateOf(now);
  const until = endOf(today, options.until);
  if (until <= now)
    throw new AppError('SOS_INPUT', `expected an end after now (${formatIst(now)} IST), found ${formatIst(until)}`);
  return {
    underlyings: [...new Set(names.map(parseUnderlying))],
    today,
    until,
    strikes: countOf('--strikes', options.strikes, 100),
    expiries: countOf('--expiries', options.expiries, 12),
  };
}
