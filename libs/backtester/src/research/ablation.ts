import { dayBootstrap, mean, type BootstrapInterval } from '@sos/analytics';
import type { VariantResult } from './variant-result.js';

/** What one condition is worth: the gate as it is against the gate without it, over the same sessions. Money in paise. */
export interface AblationRow {
  /** The condition that was left out. */
  readonly condition: string;
  readonly tradesWith: number;
  readonly tradesWithout: number;
  readonly netWith: number;
  readonly netWithout: number;
  /** Net with the condition less net without it. */
  readonly worth: number;
  readonly worthPerSession: number;
  /** 95 % interval of `worthPerSession` by resampling days; null below 5 sessions. */
  readonly interval: BootstrapInterval | null;
  /** Whether the interval lies wholly above 0 (`earns`), wholly below (`costs`), or holds 0 (`unproven`). */
  readonly verdict: 'earns' | 'costs' | 'unproven';
  readonly failure: string | null;
}

/** How the interval is drawn. */
export interface AblationOptions {
  readonly seed: number;
  readonly draws?: number;
  /** Mean length of a block of days; default 1. */
  readonly meanBlockDays?: number;
}

const LEAST_SESSIONS = 5;

function verdictOf(interval: BootstrapInterval | null): AblationRow['verdict'] {
  if (interval === null) return 'unproven';
  if (interval.low > 0) return 'earns';
  return interval.high < 0 ? 'costs' : 'unproven';
}

/** Compares a gate with itself less one condition. The days are paired: what both had is not counted as noise. */
export function ablationRow(
  condition: string,
  { whole, without }: { readonly whole: VariantResult; readonly without: VariantResult },
  options: AblationOptions,
): AblationRow {
  const days = whole.dayNets.map((net, i) => net - (without.dayNets[i] ?? Number.NaN));
  const isKnown = without.failure === null && whole.failure === null;
  const interval = isKnown && days.length >= LEAST_SESSIONS ? dayBootstrap(days, mean, options) : null;
  const worth = isKnown ? whole.net - without.net : Number.NaN;
  return {
    condition,
    tradesWith: whole.trades,
    tradesWithout: without.trades,
    netWith: whole.net,
    netWithout: without.net,
    worth,
    worthPerSession: worth / days.length,
    interval,
    verdict: verdictOf(interval),
    failure: without.failure ?? whole.failure,
  };
}
