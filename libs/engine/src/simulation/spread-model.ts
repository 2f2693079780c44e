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

/** Logarithm of each premium of the table over the one before. */
const PREMIUM_STEPS = SPREAD_PREMIUMS.map((premium, i) => Math.log(premium / (SPREAD_PREMIUMS[i - 1] ?? premium)));

/**
 * Mean bid-ask spread in rupees where none is quoted: the fitted table by premium (between its rows in proportion of the logarithms) and moneyness, times the part
 * of the day. An unknown index counts as at the money.
 */
export function modelledSpread({ contract, premium, spot, minute }: SpreadQuestion): number {
  const { right, strike, underlying } = contract;
  const inMoney = spot > 0 ? ((right === 'CE' ? 1 : -1) * (spot - strike)) / spot : 0;
  const row = pointBelow(SPREAD_PREMIUMS, premium);
  const share = inside(Math.log(premium / (SPREAD_PREMIUMS[row] as number)) / (PREMIUM_STEPS[row + 1] as number));
  const low = Math.log(rupeesAt(SPREAD_RUPEES[row] as readonly number[], inMoney));
  const high = Math.log(rupeesAt(SPREAD_RUPEES[row + 1] as readonly number[], inMoney));
  const spread = Math.exp(low + share * (high - low));
  return spread * factorOf(underlying) * (SPREAD_OF_MINUTE[partOfDay(minute)] as number);
}

/** A row of the table between its columns, in proportion. */
function rupeesAt(row: readonly number[], inMoney: number): number {
  const at = pointBelow(SPREAD_MONEYNESS, inMoney);
  const from = SPREAD_MONEYNESS[at] as number;
  const share = inside((inMoney - from) / ((SPREAD_MONEYNESS[at + 1] as number) - from));
  const rupees = row[at] as number;
  return rupees + share * ((row[at + 1] as number) - rupees);
}

/** The table point at or below a value, the last but one at most. */
function pointBelow(points: readonly number[], value: number): number {
  let at = 0;
  while (at < points.length - 2 && value > (points[at + 1] as number)) at++;
  return at;
}

/** A share between two points; outside of them the nearest end. */
const inside = (share: number): number => Math.min(1, Math.max(0, share === share ? share : 0));

function partOfDay(minute: number): number {
  let part = 0;
  while (part < SPREAD_MINUTES.length - 1 && minute >= (SPREAD_MINUTES[part + 1] as number)) part++;
  return part;
}
