import { AppError, paise, type Paise } from '@sos/domain';

/** What a desk may do at most. All figures are finite and above 0. */
export interface RiskLimits {
  readonly maxLotsPerOrder: number;
  /** Premium of one entry: limit price × units. */
  readonly maxPremiumPerOrder: Paise;
  /** Premium of one entry as a share of the funds that are available, 0..1. */
  readonly maxCapitalShare: number;
  readonly maxLotsPerContract: number;
  readonly maxOpenPositions: number;
  /** Premium of everything held and asked for. */
  readonly maxOpenPremium: Paise;
  /** Realised plus open loss of the day, as a positive sum. */
  readonly maxDailyLoss: Paise;
  readonly maxDailyTrades: number;
  /** After so many stops within `cooldownMs`, no entry until the oldest of them is that old. */
  readonly cooldownStops: number;
  readonly cooldownMs: number;
  /** Entries into one contract within `repeatMs`. */
  readonly maxRepeats: number;
  readonly repeatMs: number;
  /** Limit of an entry against what the option is worth, share of it. */
  readonly collarShare: number;
  /** A quote older than this is no price. */
  readonly quoteMaxAgeMs: number;
}

/** Limits for an account that begins: one lot or two, ₹1 lakh of premium, ₹10,000 a day. */
export const DEFAULT_RISK_LIMITS: RiskLimits = {
  maxLotsPerOrder: 10,
  maxPremiumPerOrder: paise(10_000_000),
  maxCapitalShare: 0.5,
  maxLotsPerContract: 10,
  maxOpenPositions: 3,
  maxOpenPremium: paise(30_000_000),
  maxDailyLoss: paise(1_000_000),
  maxDailyTrades: 20,
  cooldownStops: 3,
  cooldownMs: 1_800_000,
  maxRepeats: 3,
  repeatMs: 300_000,
  collarShare: 0.05,
  quoteMaxAgeMs: 8_000,
};

/** Limits from the defaults and some of one's own. @throws SOS_CONFIG for a name that is no limit, or a value that is not a finite number above 0 */
export function makeRiskLimits(own: Partial<RiskLimits> = {}): RiskLimits {
  const limits: RiskLimits = { ...DEFAULT_RISK_LIMITS, ...own };
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in DEFAULT_RISK_LIMITS)) throw new AppError('SOS_CONFIG', `expected a risk limit, found "${name}"`);
    if (typeof value !== 'number' || !(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new AppError(
        'SOS_CONFIG',
        `expected risk limit ${name} to be a finite number above 0, found ${String(value)}`,
      );
  }
  return limits;
}
