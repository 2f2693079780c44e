import { paise, roundToTick, type Paise, type Side } from '@sos/domain';
import type { ChaseParameters } from './chase-parameters.js';
import { farPrice, referencePrice, type MarketQuote } from './market-quote.js';

/** How far from the reference price the exchange takes a limit price: the larger of the two. */
export interface PriceProtection {
  /** Share of the reference price, 0..1. */
  readonly share: number;
  readonly minimum: Paise;
}

/** What bounds the prices of one order. */
export interface PriceBounds {
  readonly tick: Paise;
  /** The exchange's rule; null where none is known. */
  readonly protection: PriceProtection | null;
  /** Most that a buyer pays whatever the market does; null for a seller. */
  readonly cap: Paise | null;
}

/** One price question of a chase. */
export interface PriceQuestion {
  readonly side: Side;
  readonly quote: MarketQuote;
  readonly parameters: ChaseParameters;
  readonly bounds: PriceBounds;
  /** Re-prices before this one. */
  readonly attempt: number;
  /** Limit so far, 0 before the first. */
  readonly previous: number;
}

/**
 * The limit price of an attempt, in paise on the tick grid: the far side of the book plus (selling: minus) the buffer, at least `stepTicks` beyond the limit that
 * was not enough, never outside the collar, the exchange's price protection or the cap. Null when the quote has no usable price.
 */
export function chasePrice(question: PriceQuestion): Paise | null {
  const { side, quote, parameters, bounds, attempt, previous } = question;
  const far = farPrice(quote, side);
  const reference = referencePrice(quote);
  if (!(far > 0 && reference > 0)) return null;
  const isBuy = side === 'BUY';
  const sign = isBuy ? 1 : -1;
  if (previous > 0 && isMarketable(far, previous, isBuy)) return paise(previous);
  const factor = attempt === 0 ? 1 : parameters.escalation ** attempt;
  const buffer = Math.max(parameters.bufferPoints, parameters.bufferShare * far) * factor;
  let wanted = tickOf(far + sign * buffer, bounds.tick, isBuy);
  const stepped = previous + sign * parameters.stepTicks * bounds.tick;
  if (previous > 0 && (stepped - wanted) * sign > 0) wanted = stepped;
  return bounded(wanted, reference, question);
}

/** The outermost price that collar, price protection and cap allow: where an escalated exit stands. Null when the quote has no usable price. */
export function outermostPrice(question: Omit<PriceQuestion, 'attempt' | 'previous'>): Paise | null {
  const reference = referencePrice(question.quote);
  if (!(reference > 0)) return null;
  return bounded(question.side === 'BUY' ? Number.MAX_SAFE_INTEGER : 0, reference, question);
}

/** The limit of a protective sell stop: its trigger less the band, on the grid, at least one tick. */
export function stopLimit(
  trigger: Paise,
  parameters: Pick<ChaseParameters, 'bandPoints' | 'bandShare'>,
  tick: Paise,
): Paise {
  const rupees = trigger / 100;
  const band = Math.max(parameters.bandPoints, parameters.bandShare * rupees);
  return paise(Math.max(tick, tickOf(rupees - band, tick, false)));
}

function isMarketable(far: number, limit: number, isBuy: boolean): boolean {
  const farPaise = Math.round(far * 100);
  return isBuy ? farPaise <= limit : farPaise >= limit;
}

function tickOf(rupees: number, tick: Paise, isBuy: boolean): number {
  return roundToTick(Math.max(0, rupees), tick, isBuy ? 'up' : 'down');
}

/** Rounded towards the reference, so that no bound is ever passed by a tick. */
function bounded(
  wanted: number,
  reference: number,
  { side, parameters, bounds }: Pick<PriceQuestion, 'side' | 'parameters' | 'bounds'>,
): Paise {
  const { tick, protection, cap } = bounds;
  const width = protection
    ? Math.max(protection.minimum / 100, protection.share * reference)
    : Number.POSITIVE_INFINITY;
  const reach = Math.min(parameters.collarShare * reference, width);
  if (side === 'SELL') return paise(Math.max(tick, wanted, roundToTick(Math.max(0, reference - reach), tick, 'up')));
  const highest = roundToTick(reference + reach, tick, 'down');
  return paise(Math.max(tick, Math.min(wanted, highest, cap ?? highest)));
}
