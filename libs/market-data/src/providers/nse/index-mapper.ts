import type { EpochMs, Underlying } from '@sos/domain';
import type { IndexQuote, MarketBreadth } from '../market-survey.js';
import type { NseAdvances, NseIndices } from './nse-client.js';
import { nseStamp } from './nse-stamp.js';

/** Names under which the site prints the indices that have options here. */
const UNDERLYING_OF: Readonly<Record<string, Underlying>> = {
  'NIFTY 50': 'NIFTY',
  'NIFTY BANK': 'BANKNIFTY',
  'NIFTY FINANCIAL SERVICES': 'FINNIFTY',
  'NIFTY FIN SERVICE': 'FINNIFTY',
  'NIFTY MIDCAP SELECT': 'MIDCPNIFTY',
  'NIFTY MID SELECT': 'MIDCPNIFTY',
};

const priceOf = (value: number): number => (value > 0 ? value : Number.NaN);
const countOf = (value: number): number => (Number.isInteger(value) && value >= 0 ? value : Number.NaN);
const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b);

/** Every index of an answer; none while the page has no time or no rows. A price of 0 means that there is none. */
export function mapIndices({ timestamp, data }: NseIndices, receivedAt: EpochMs): IndexQuote[] {
  const eventTime = nseStamp(timestamp);
  if (eventTime === null) return [];
  return (data ?? []).map((row) => {
    const name = row.index.trim().toUpperCase();
    return {
      name,
      underlying: UNDERLYING_OF[name] ?? UNDERLYING_OF[(row.indexSymbol ?? '').trim().toUpperCase()] ?? null,
      last: priceOf(row.last),
      open: priceOf(row.open),
      high: priceOf(row.high),
      low: priceOf(row.low),
      previousClose: priceOf(row.previousClose),
      advances: countOf(row.advances),
      declines: countOf(row.declines),
      unchanged: countOf(row.unchanged),
      eventTime,
      availableAt: later(receivedAt, eventTime),
    };
  });
}

/** The counts of the whole market; null before the first trade of the day, when all are 0. */
export function mapBreadth({ timestamp, advance }: NseAdvances, receivedAt: EpochMs): MarketBreadth | null {
  const eventTime = nseStamp(timestamp);
  const { count } = advance;
  if (eventTime === null || count === null || count === undefined) return null;
  const [advances, declines, unchanged] = [countOf(count.Advances), countOf(count.Declines), countOf(count.Unchange)];
  if (!(advances + declines + unchanged > 0)) return null;
  return { advances, declines, unchanged, eventTime, availableAt: later(receivedAt, eventTime) };
}
