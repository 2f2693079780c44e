import { REGIMES, type Regime } from '@sos/domain';
import { SMART_TRENDS, type SmartTrend } from '../vocabulary/labels.js';
import type { ChainOptions } from './chain-options.js';

const BY_TREND: Readonly<Record<SmartTrend, Regime | null>> = {
  LONG_BUILDUP: 'COMPLETE_BULLISH',
  SHORT_COVERING: 'BULLISH',
  NEUTRAL: null,
  LONG_UNWINDING: 'BEARISH',
  SHORT_BUILDUP: 'COMPLETE_BEARISH',
};

const MIRROR: Partial<Readonly<Record<Regime, Regime>>> = {
  COMPLETE_BULLISH: 'COMPLETE_BEARISH',
  BULLISH: 'BEARISH',
  BEARISH: 'BULLISH',
  COMPLETE_BEARISH: 'COMPLETE_BULLISH',
};

function ladder(pcr: number): Regime {
  if (pcr > 1.2) return 'COMPLETE_BULLISH';
  if (pcr > 1) return 'BULLISH';
  if (pcr < 0.6) return 'COMPLETE_BEARISH';
  return pcr < 0.8 ? 'BEARISH' : 'SIDEWAYS';
}

/**
 * Regime (index into REGIMES) from the smart trend (index into SMART_TRENDS, NaN unknown), else from the ladder of the put-call ratio: above 1.2 completely bullish,
 * above 1 bullish, below 0.6 completely bearish, below 0.8 bearish, between sideways; the other way round when the polarity says so. UNKNOWN without either.
 */
export function regimeOf(trend: number, pcr: number, polarity: ChainOptions['pcrPolarity']): number {
  const label = SMART_TRENDS[trend];
  const byTrend = label === undefined ? null : BY_TREND[label];
  if (byTrend !== null) return REGIMES.indexOf(byTrend);
  if (Number.isNaN(pcr)) return REGIMES.indexOf('UNKNOWN');
  const high = ladder(pcr);
  return REGIMES.indexOf(polarity === 'high-bullish' ? high : (MIRROR[high] ?? high));
}
