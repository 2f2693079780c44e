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

const NONE = -1;
const UNKNOWN = REGIMES.indexOf('UNKNOWN');
// Numbers of the regimes, so that a snapshot costs no look-up of words.
const NUMBER_BY_TREND = SMART_TRENDS.map((label) => {
  const regime = BY_TREND[label];
  return regime === null ? NONE : REGIMES.indexOf(regime);
});
const RUNGS = (['COMPLETE_BULLISH', 'BULLISH', 'SIDEWAYS', 'BEARISH', 'COMPLETE_BEARISH'] as const).map((regime) => ({
  'high-bullish': REGIMES.indexOf(regime),
  'high-bearish': REGIMES.indexOf(MIRROR[regime] ?? regime),
}));

function rungOf(pcr: number): number {
  if (pcr > 1.2) return 0;
  if (pcr > 1) return 1;
  if (pcr < 0.6) return 4;
  return pcr < 0.8 ? 3 : 2;
}

/**
 * Regime (index into REGIMES) from the smart trend (index into SMART_TRENDS, NaN unknown), else from the ladder of the put-call ratio: above 1.2 completely bullish,
 * above 1 bullish, below 0.6 completely bearish, below 0.8 bearish, between sideways; the other way round when the polarity says so. UNKNOWN without either.
 */
export function regimeOf(trend: number, pcr: number, polarity: ChainOptions['pcrPolarity']): number {
  const byTrend = trend >= 0 ? (NUMBER_BY_TREND[trend] ?? NONE) : NONE;
  if (byTrend !== NONE) return byTrend;
  return pcr === pcr ? (RUNGS[rungOf(pcr)]?.[polarity] ?? UNKNOWN) : UNKNOWN;
}
