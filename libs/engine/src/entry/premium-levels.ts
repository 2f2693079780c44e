import { black76Price, impliedVolatility } from '@sos/math-engine';
import { roundToTick, type OptionContract, type Paise } from '@sos/domain';

/** What an option's stop and target follow from. Rupees; `years` to expiry by the calendar. */
export interface LevelQuestion {
  readonly contract: OptionContract;
  /** Market price of the option at the fill: its volatility is read from it. */
  readonly price: number;
  /** Forward of the option's expiry at the fill, and at the index stop and target. */
  readonly forward: number;
  readonly forwardAtStop: number;
  readonly forwardAtTarget: number;
  readonly years: number;
  readonly rate: number;
  readonly tick: Paise;
}

/** Premiums at which the option is left, paise; or why none can be given. */
export type LevelAnswer =
  | { readonly stop: Paise; readonly target: Paise; readonly volatility: number }
  | { readonly stop: null; readonly reason: 'iv-unknown' | 'levels'; readonly detail: string };

/**
 * Revalues the option at the index stop and target by Black-76 with the volatility its own price implies at the fill, the clock standing still.
 * No fixed delta stands in when the volatility is unknown.
 */
export function premiumLevels(question: LevelQuestion): LevelAnswer {
  const { contract, price, forward, years, rate, tick } = question;
  const { strike, right } = contract;
  const isCall = right === 'CE';
  const discount = Math.exp(-rate * years);
  const volatility = impliedVolatility(price, forward, strike, years, isCall, discount);
  if (!(volatility > 0)) return { stop: null, reason: 'iv-unknown', detail: `premium ${price} implies no volatility` };
  const atStop = black76Price(question.forwardAtStop, strike, years, volatility, isCall, discount);
  const atTarget = black76Price(question.forwardAtTarget, strike, years, volatility, isCall, discount);
  if (!(atStop < price && price < atTarget && atTarget < Number.POSITIVE_INFINITY)) {
    const detail = `premium ${atStop.toFixed(2)} at the stop, ${price} now, ${atTarget.toFixed(2)} at the target`;
    return { stop: null, reason: 'levels', detail };
  }
  const stop = roundToTick(Math.max(0, atStop), tick, 'nearest');
  return { stop, target: roundToTick(atTarget, tick, 'nearest'), volatility };
}
