import {
  AppError,
  formatIst,
  formatIstClock,
  istDateOf,
  makeChainTape,
  MS_PER_MINUTE,
  parseIstDate,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { lotSize, tickSize } from '@sos/rulebook';
import { chainTapesOf } from '../../importers/nse-chain/chain-day.js';
import { pageOfLiveOi } from '../../importers/trendlyne-oi/read-live-oi.js';
import type { OpenInterestSnapshot } from '../market-survey.js';
import type { LiveOiAnswer } from './trendlyne-client.js';

/** What an answer is for. */
export interface LiveOiContext {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly receivedAt: EpochMs;
  /** The minute that was asked for; null = the newest. */
  readonly at: EpochMs | null;
}

type Row = LiveOiAnswer['body']['oiData'][string];

const known = (value: number | null | undefined): number => value ?? Number.NaN;

/** The change since the close before: the difference of what the row itself holds, else what it says. */
function changeOf(row: Row | undefined, side: 'call' | 'put'): number {
  if (row === undefined) return Number.NaN;
  const difference = known(row[`${side}Oi`]) - known(row[`${side}PrevOi`]);
  return Number.isNaN(difference) ? known(row[`${side}OiChange`]) : difference;
}

function mismatch(context: LiveOiContext, found: string): AppError {
  const { underlying, expiry, at } = context;
  const asked = at === null ? 'the newest session' : formatIst(at).slice(0, 16);
  return new AppError(
    'SOS_DATA_MISMATCH',
    `expected open interest of ${underlying} ${expiry} for ${asked} from Trendlyne, found ${found}`,
    { context: { vendor: 'trendlyne', underlying, expiry } },
  );
}

/**
 * Refuses an answer for something else than was asked: another expiry, another day, another window.
 * @throws SOS_DATA_MISMATCH
 */
export function checkServed({ body }: LiveOiAnswer, context: LiveOiContext): void {
  const { tradingDate, minTime, maxTime, expDateList } = body.inputData;
  if (expDateList.length !== 1 || expDateList[0] !== context.expiry)
    throw mismatch(context, `an answer for the expiries ${expDateList.join(', ')}`);
  const { at } = context;
  if (at === null) return;
  if (tradingDate !== istDateOf(at) || maxTime !== formatIstClock(at))
    throw mismatch(context, `an answer for ${tradingDate} ${minTime} to ${maxTime}`);
}

/** The refusal of an answer that has the very rows of a far time: the server did not look at the window. @returns SOS_DATA_MISMATCH */
export function ignoredWindow(context: LiveOiContext, other: EpochMs): AppError {
  return mismatch(context, `the very same rows as for ${formatIst(other).slice(0, 16)}: the window is ignored`);
}

/** True when two answers say the same of the same strikes. */
export function isSameOi(a: LiveOiAnswer, b: LiveOiAnswer): boolean {
  const [one, two] = [a.body.oiData, b.body.oiData];
  const strikes = Object.keys(one);
  return (
    strikes.length === Object.keys(two).length &&
    strikes.every((strike) => one[strike]?.callOi === two[strike]?.callOi && one[strike]?.putOi === two[strike]?.putOi)
  );
}

/**
 * When the figures happened and when they could be known. The newest ones: at the server's own update, at the latest the end of its window; known on
 * receipt. Figures of a past minute: at that minute, known at its end, as if they had been fetched then.
 */
function timesOf(
  windowEnd: number,
  updated: number,
  { at, receivedAt }: LiveOiContext,
): [event: number, known: number] {
  if (at !== null) return [Math.min(at, updated, receivedAt), Math.min(at + MS_PER_MINUTE, receivedAt)];
  return [Math.min(windowEnd, updated, receivedAt), receivedAt];
}

/** An answer as one snapshot in units; no snapshot where it holds no strike. Totals are never read. @throws SOS_DATA_CORRUPT, SOS_DATA_MISMATCH */
export function mapLiveOi(answer: LiveOiAnswer, context: LiveOiContext): OpenInterestSnapshot {
  checkServed(answer, context);
  const { underlying, expiry } = context;
  const page = pageOfLiveOi(answer, { file: `trendlyne live-oi-data ${underlying} ${expiry}`, underlying });
  const [eventTime, availableAt] = timesOf(page.eventTime, page.availableAt, context);
  const date = parseIstDate(answer.body.inputData.tradingDate);
  const times = { eventTime: eventTime as EpochMs, availableAt: availableAt as EpochMs };
  const lot = (): number => lotSize(underlying, expiry, date);
  const day = {
    underlying,
    date,
    pages: [{ page, ...times }],
    lotSize: lot,
    tickPaise: tickSize('option', underlying, date),
  };
  const tape = chainTapesOf(day, {})[0] ?? emptyTape(context);
  const rows = new Map(Object.entries(answer.body.oiData).map(([strike, row]) => [Number(strike), row]));
  const changes = (side: 'call' | 'put'): Float64Array =>
    tape.strikes.map((strike) => changeOf(rows.get(strike), side));
  return { tape, callChange: changes('call'), putChange: changes('put') };
}

function emptyTape({ underlying, expiry }: LiveOiContext): ChainTape {
  return makeChainTape({ underlying, expiry, source: 'recorded', strikes: new Float64Array(0), length: 0 });
}
