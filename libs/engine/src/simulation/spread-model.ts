import type { OptionContract } from '@sos/domain';
import {
  SPREAD_MINUTES,
  SPREAD_MONEYNESS,
  SPREAD_OF_BANKNIFTY,
  SPREAD_OF_MINUTE,
  SPREAD_PREMIUMS,
  SPREAD_RUPEES,
} from './spread-table.js';

/** The option, premium (rupees), index level (NaN = unknown) and IST minute of the day whose spread is asked. */
export interface SpreadQuestion {
  readonly contract: OptionContract;
  readonly premium: number;
  readonly spot: number;
  readonly minute: number;
}

/** Underlyings without recorded books count as the wider of the two that have them. */
const factorOf = (underlying: OptionContract['underlying']): number =>
  underlying === 'NIFTY' ? 1 : Math.max(1, SPREAD_OF_BANKNIFTY);

/**
 * Mean bid-ask spread in rupees where none is quoted: the fitted table by premium (between its rows in proportion of the logarithms) and moneyness, times the part
 * of the day. An unknown index counts as at the money.
 */
export function modelledSpread({ contract, premium, spot, minute }: SpreadQuestion): number {
  const { right, strike, underlying } = contract;
  const inMoney = spot > 0 ? ((right === 'CE' ? 1 : -1) * (spot - strike)) / spot : 0;
  const premiums = between(SPREAD_PREMIUMS, premium, true);
  const moneyness = between(SPREAD_MONEYNESS, inMoney, false);
  const low = rowAt(premiums.at, moneyness);
  const high = rowAt(premiums.at + 1, moneyness);
  const spread = Math.exp(Math.log(low) + premiums.share * (Math.log(high) - Math.log(low)));
  return spread * factorOf(underlying) * (SPREAD_OF_MINUTE[partOfDay(minute)] as number);
}

interface Place {
  readonly at: number;
  readonly share: number;
}

function rowAt(premium: number, { at, share }: Place): number {
  const row = SPREAD_RUPEES[premium] as readonly number[];
  const [a, b] = [row[at] as number, row[at + 1] as number];
  return a + share * (b - a);
}

/** The two table points around a value, and how far it lies between them; outside, the nearest end. */
function between(points: readonly number[], value: number, isLogarithmic: boolean): Place {
  let at = 0;
  while (at < points.length - 2 && value > (points[at + 1] as number)) at++;
  const [low, high] = [points[at] as number, points[at + 1] as number];
  const share = isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return { at, share: Math.min(1, Math.max(0, share === share ? share : 0)) };
}

function partOfDay(minute: number): number {
  let part = 0;
  while (part < SPREAD_MINUTES.length - 1 && minute >= (SPREAD_MINUTES[part + 1] as number)) part++;
  return part;
}
