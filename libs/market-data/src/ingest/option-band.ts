import { addDays, type BarColumns, type IstDate, type OptionContract, type Right, type Underlying } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';
import { optionContract } from '@sos/symbol-master';

const RIGHTS: readonly Right[] = ['CE', 'PE'];
const FAR_DAYS = 120;

/** The range that an index went through on one day, rupees. */
export interface DayPath {
  readonly low: number;
  readonly high: number;
}

/** The lowest and highest price of a day's bars; null without a known one. */
export function pathOf(bars: BarColumns): DayPath | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < bars.length; i++) {
    if ((bars.low[i] as number) < low) low = bars.low[i] as number;
    if ((bars.high[i] as number) > high) high = bars.high[i] as number;
  }
  return low <= high ? { low, high } : null;
}

/** The strikes within a day's path and `band` strikes on either side of it, ascending. */
export function strikesOfPath({ low, high }: DayPath, step: number, band: number): number[] {
  const [first, last] = [Math.floor(low / step) - band, Math.ceil(high / step) + band];
  const strikes: number[] = [];
  for (let i = Math.max(1, first); i <= last; i++) strikes.push(i * step);
  return strikes;
}

/** The expiries that gates can trade on a day: the nearest `count` that are not over, and the nearest monthly one. Ascending. */
export function tradedExpiries(
  rulebook: Rulebook,
  { underlying, day, count }: { underlying: Underlying; day: IstDate; count: number },
): IstDate[] {
  const alive = rulebook
    .listedExpiries(underlying, day)
    .filter((e) => e.finalDate >= day && e.finalDate <= addDays(day, FAR_DAYS))
    .sort((a, b) => (a.finalDate < b.finalDate ? -1 : 1));
  const monthly = alive.find((e) => e.kind === 'monthly');
  const wanted = new Set(alive.slice(0, count).map((e) => e.finalDate));
  if (monthly !== undefined) wanted.add(monthly.finalDate);
  return [...wanted].sort();
}

/** Calls and puts of strikes, in the order of an option table. */
export function optionsAt(underlying: Underlying, expiry: IstDate, strikes: readonly number[]): OptionContract[] {
  return strikes.flatMap((strike) => RIGHTS.map((right) => optionContract({ underlying, expiry, strike, right })));
}
