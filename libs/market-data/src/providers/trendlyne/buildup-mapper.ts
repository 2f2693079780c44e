import { AppError, istDateOf, istInstant, MS_PER_MINUTE, type EpochMs, type IstDate } from '@sos/domain';
import type { Buildup } from '@sos/math-engine';
import { previousTradingDay } from '@sos/rulebook';
import { sessionWindows } from '../../importers/session-windows.js';
import type { BuildupInterval, BuildupRequest } from '../market-survey.js';
import type { BuildupRow } from './trendlyne-client.js';

// The site's spacing of words varies; the beginnings do not.
const WORDS: readonly (readonly [RegExp, Buildup])[] = [
  [/^longbuild/, 'long-buildup'],
  [/^shortbuild/, 'short-buildup'],
  [/^shortcover/, 'short-covering'],
  [/^long(unwind|cover)/, 'long-unwinding'],
  [/^neutral/, 'neutral'],
];
const INTERVAL = /^\s*(\d{1,2}:\d{2})\s+TO\s+(\d{1,2}:\d{2})\s*$/i;
const RANGE = /^\s*([\d.,]+)\s*-\s*([\d.,]+)\s*$/;

const known = (value: number | null | undefined): number => value ?? Number.NaN;
const priceOf = (value: number | null | undefined): number => (known(value) > 0 ? known(value) : Number.NaN);

/** The site's word for a buildup in ours, null for any other. */
export function buildupOfWord(word: string | null | undefined): Buildup | null {
  const plain = (word ?? '').toLowerCase().replaceAll(/[^a-z]/g, '');
  return WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

/** The session that the site's rows are of: the newest that has begun, since rows carry no day. */
export function newestSession(now: EpochMs): IstDate {
  const today = istDateOf(now);
  const open = sessionWindows(today)[0]?.open;
  return open !== undefined && now >= open ? today : previousTradingDay(today);
}

function intervalOf(row: BuildupRow, date: IstDate): { from: EpochMs; to: EpochMs } {
  const [, from = '', to = ''] = INTERVAL.exec(row.interval) ?? [];
  return { from: istInstant(date, from.padStart(5, '0')), to: istInstant(date, to.padStart(5, '0')) };
}

function rangeOf(text: string | null | undefined): { low: number; high: number } {
  const m = RANGE.exec(text ?? '');
  const price = (part: string | undefined): number => priceOf(Number((part ?? '').replaceAll(',', '')));
  return { low: price(m?.[1]), high: price(m?.[2]) };
}

function mapRow(row: BuildupRow, date: IstDate, receivedAt: EpochMs): BuildupInterval {
  return {
    ...intervalOf(row, date),
    ...rangeOf(row.price_range),
    buildup: buildupOfWord(row.buildup),
    close: priceOf(row.close_price),
    openInterest: known(row.oi ?? row.open_interest),
    openInterestChange: known(row.oi_change_gross),
    volumeToday: known(row.volume_gross),
    receivedAt,
  };
}

/**
 * Rows of the newest session, newest first, as finished stretches, oldest first. A running stretch is left out. Where rows end later than the clock allows,
 * they are those of the session before, and nothing of the newest one is there yet.
 * @throws SOS_DATA_MISMATCH for stretches of another length than asked for, SOS_DATA_CORRUPT for one that comes twice
 */
export function mapBuildups(
  rows: readonly BuildupRow[],
  { contract, minutes }: BuildupRequest,
  receivedAt: EpochMs,
): BuildupInterval[] {
  const length = minutes * MS_PER_MINUTE;
  const found = rows.map((row) => mapRow(row, newestSession(receivedAt), receivedAt)).sort((a, b) => a.from - b.from);
  found.forEach(({ from, to }, i) => {
    if (to - from > length || to <= from || (i > 0 && to - from < length && i < found.length - 1))
      throw new AppError(
        'SOS_DATA_MISMATCH',
        `expected stretches of ${minutes} minutes of ${contract.id} from Trendlyne, found one of ${(to - from) / MS_PER_MINUTE}`,
      );
    if (from === found[i - 1]?.from)
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected each stretch of ${contract.id} once from Trendlyne, found one twice`,
      );
  });
  if ((found.at(-1)?.to ?? 0) > receivedAt + length) return [];
  return found.filter(({ to }) => to <= receivedAt);
}
