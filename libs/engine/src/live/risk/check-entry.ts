import { isOver, heldUnits, type DeskPosition, type DeskState } from '../desk/desk-state.js';
import { referencePrice, type MarketQuote } from '../../execution/limit-chase/market-quote.js';
import type { RiskLimits } from './risk-limits.js';

/** Why an entry is not made. `reason` is a stable code. */
export interface Veto {
  readonly reason: string;
  readonly detail: string;
}

/** An entry that asks to be made. Prices in paise. */
export interface EntryQuestion {
  readonly time: number;
  readonly contract: string;
  readonly lots: number;
  readonly units: number;
  readonly lot: number;
  /** First limit price; NaN when no price could be made. */
  readonly limit: number;
  readonly quote: MarketQuote | null;
  /** Funds available at the broker in paise; NaN = unknown, which vetoes. */
  readonly funds: number;
  quoteOf(contract: string): MarketQuote | null;
}

type Check = (state: DeskState, limits: RiskLimits, question: EntryQuestion) => string | null;

// Every comparison asks whether the figure is allowed, so that NaN is not.
const within = (value: number, most: number, what: string): string | null =>
  value <= most ? null : `expected ${what} of at most ${most}, found ${value}`;

const open = (state: DeskState): DeskPosition[] =>
  [...state.positions.values()].filter((position) => !position.isClosed);

/** Premium bound by a position: what it paid for what it holds, and what its open entry may still pay. */
function premiumOf(position: DeskPosition): number {
  let premium = 0;
  for (const order of position.orders) {
    if (order.purpose === 'exit') premium -= order.filledUnits * order.averagePrice * 100;
    else {
      premium += order.filledUnits * order.averagePrice * 100;
      if (!isOver(order)) premium += (order.units - order.filledUnits) * order.limit;
    }
  }
  return Math.max(0, premium);
}

/** Realised and open result of the day in paise, at the bid; NaN when something is held whose bid is unknown or old. */
export function dayResult(
  state: DeskState,
  { time, quoteOf }: Pick<EntryQuestion, 'time' | 'quoteOf'>,
  maxAgeMs: number,
): number {
  let result = state.realised;
  for (const position of open(state)) {
    let paid = 0;
    for (const order of position.orders)
      paid += (order.side === 'BUY' ? 1 : -1) * order.filledUnits * order.averagePrice * 100;
    const held = heldUnits(position);
    const quote = held === 0 ? null : quoteOf(position.contract.id);
    const bid = quote !== null && time - quote.time <= maxAgeMs ? quote.bid : Number.NaN;
    result += (held === 0 ? 0 : held * bid * 100) - paid;
  }
  return result;
}

const CHECKS: readonly (readonly [string, Check])[] = [
  ['max-lots', (_s, limits, q) => within(q.lots, limits.maxLotsPerOrder, 'lots')],
  [
    'whole-lots',
    (_s, _l, q) =>
      q.lots >= 1 && q.units === q.lots * q.lot ? null : `expected whole lots of ${q.lot}, found ${q.units} units`,
  ],
  [
    'stale-quote',
    (_s, limits, q) =>
      within(q.quote === null ? Number.NaN : q.time - q.quote.time, limits.quoteMaxAgeMs, 'a quote age in ms'),
  ],
  ['premium', (_s, limits, q) => within(q.limit * q.units, limits.maxPremiumPerOrder, 'premium in paise')],
  [
    'capital',
    (_s, limits, q) => within(q.limit * q.units, limits.maxCapitalShare * q.funds, 'premium in paise by the funds'),
  ],
  ['collar', (_s, limits, q) => collar(limits, q)],
  ['max-positions', (s, limits) => within(open(s).length + 1, limits.maxOpenPositions, 'open positions')],
  [
    'contract-lots',
    (s, limits, q) => within(q.lots + lotsIn(s, q.contract), limits.maxLotsPerContract, 'lots of one contract'),
  ],
  [
    'open-premium',
    (s, limits, q) =>
      within(
        q.limit * q.units + open(s).reduce((sum, p) => sum + premiumOf(p), 0),
        limits.maxOpenPremium,
        'open premium in paise',
      ),
  ],
  [
    'daily-loss',
    (s, limits, q) =>
      within(-dayResult(s, q, limits.quoteMaxAgeMs), limits.maxDailyLoss - 1, 'a loss of the day in paise'),
  ],
  ['daily-trades', (s, limits) => within(s.entries.length + 1, limits.maxDailyTrades, 'trades')],
  [
    'cooldown',
    (s, limits, q) => within(recent(s.stopped, q.time - limits.cooldownMs), limits.cooldownStops - 1, 'stops lately'),
  ],
  [
    'repeated',
    (s, limits, q) => within(repeats(s, q, limits.repeatMs) + 1, limits.maxRepeats, 'entries into one contract lately'),
  ],
];

function collar(limits: RiskLimits, { quote, limit }: EntryQuestion): string | null {
  const worth = quote === null ? Number.NaN : referencePrice(quote) * 100;
  return within(Math.abs(limit - worth), limits.collarShare * worth, 'a distance to the market in paise');
}

const recent = (times: readonly number[], since: number): number => times.filter((time) => time > since).length;

const repeats = (state: DeskState, { contract, time }: EntryQuestion, ms: number): number =>
  [...state.positions.values()].filter((p) => p.contract.id === contract && p.openedAt > time - ms).length;

function lotsIn(state: DeskState, contract: string): number {
  let lots = 0;
  for (const position of open(state)) if (position.contract.id === contract) lots += position.units / position.lot;
  return lots;
}

/** The first limit that an entry would break, or null. A figure that is not known breaks its limit. */
export function checkEntry(state: DeskState, limits: RiskLimits, question: EntryQuestion): Veto | null {
  for (const [reason, check] of CHECKS) {
    const detail = check(state, limits, question);
    if (detail !== null) return { reason, detail };
  }
  return null;
}
