import { REGIMES } from '@sos/domain';
import { SMART_TRENDS } from '../vocabulary/labels.js';
import { regimeOf } from './regime-of.js';

const regime = (trend: number, pcr: number, polarity: 'high-bullish' | 'high-bearish' = 'high-bullish'): string =>
  REGIMES[regimeOf(trend, pcr, polarity)] ?? 'none';
const NEUTRAL = SMART_TRENDS.indexOf('NEUTRAL');

// seed-systems.md §2.6
test.each([
  ['LONG_BUILDUP', 'COMPLETE_BULLISH'],
  ['SHORT_COVERING', 'BULLISH'],
  ['SHORT_BUILDUP', 'COMPLETE_BEARISH'],
  ['LONG_UNWINDING', 'BEARISH'],
] as const)('%s is %s whatever the put-call ratio', (trend, expected) => {
  expect([0.1, 5, Number.NaN].map((pcr) => regime(SMART_TRENDS.indexOf(trend), pcr))).toEqual([
    expected,
    expected,
    expected,
  ]);
});

// Ladder of seed-systems.md §1 A11.
test.each([
  [1.21, 'COMPLETE_BULLISH', 'COMPLETE_BEARISH'],
  [1.2, 'BULLISH', 'BEARISH'],
  [1, 'SIDEWAYS', 'SIDEWAYS'],
  [0.8, 'SIDEWAYS', 'SIDEWAYS'],
  [0.79, 'BEARISH', 'BULLISH'],
  [0.6, 'BEARISH', 'BULLISH'],
  [0.59, 'COMPLETE_BEARISH', 'COMPLETE_BULLISH'],
  [Number.NaN, 'UNKNOWN', 'UNKNOWN'],
] as const)('without a trend a ratio of %d is %s, and %s with the other polarity', (pcr, high, low) => {
  expect([regime(NEUTRAL, pcr), regime(Number.NaN, pcr), regime(NEUTRAL, pcr, 'high-bearish')]).toEqual([
    high,
    high,
    low,
  ]);
});
