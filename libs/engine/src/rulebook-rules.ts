import { AppError, type IstDate, type Underlying } from '@sos/domain';
import {
  RULEBOOK_VERSION,
  chargeScheduleOn,
  expiryAt,
  expiryInstant,
  lotSize,
  maxLotsPerOrder,
  sessionOf,
  strikeStep,
  tickSize,
  type BrokeragePlan,
  type Session,
} from '@sos/rulebook';
import type { MarketRules } from './market-rules.js';

/** The dated rulebook as the engine's law of the market. SENSEX pays BSE charges, every other index NSE charges. */
export function rulebookRules(options: { readonly brokeragePlan?: BrokeragePlan } = {}): MarketRules {
  const { brokeragePlan } = options;
  return {
    version: RULEBOOK_VERSION,
    session: (_underlying, date) => tradedSession(date),
    expiry: expiryAt,
    expiryInstant: (_underlying, expiry) => expiryInstant(expiry),
    strikeStep,
    terms: (underlying, expiry, date) => ({
      lotSize: lotSize(underlying, expiry, date),
      maxLotsPerOrder: maxLotsPerOrder(underlying, expiry, date),
      tick: tickSize('option', underlying, date),
    }),
    charges: (underlying, date) => {
      const schedule = chargeScheduleOn(date, { exchange: exchangeOf(underlying), brokeragePlan });
      return (side, premium) => schedule.charges(side, premium);
    },
  };
}

function tradedSession(date: IstDate): Session {
  const session = sessionOf(date);
  if (session) return session;
  throw new AppError('SOS_DATE_RANGE', `expected a trading day, found ${date}, on which the exchange is closed`);
}

function exchangeOf(underlying: Underlying): 'NSE' | 'BSE' {
  return underlying === 'SENSEX' ? 'BSE' : 'NSE';
}
