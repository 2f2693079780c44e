import {
  ADX,
  ATR,
  BollingerBands,
  CCI,
  EMA,
  KeltnerChannels,
  MACD,
  OBV,
  ROC,
  RSI,
  SMA,
  Stochastic as TheirStochastic,
  VWAP,
  WMA,
  WilliamsR,
} from 'technicalindicators';
import { Adx } from './adx/adx.js';
import { AnchoredVwap } from './anchored-vwap/anchored-vwap.js';
import { Atr } from './atr/atr.js';
import { Bollinger } from './bollinger/bollinger.js';
import { Cci } from './cci/cci.js';
import { runBarIndicator, runIndicator } from './columns/run-indicator.js';
import { Ema } from './ema/ema.js';
import { randomBars } from './fixtures/random-bars.js';
import { fromTechnicalIndicators } from './from-technical-indicators.js';
import type { BarIndicator, Indicator } from './indicator.js';
import { Keltner } from './keltner/keltner.js';
import { Macd } from './macd/macd.js';
import { Obv } from './obv/obv.js';
import { Roc } from './roc/roc.js';
import { Rsi } from './rsi/rsi.js';
import { Sma } from './sma/sma.js';
import { Stochastic } from './stochastic/stochastic.js';
import { Wma } from './wma/wma.js';

/*
 * technicalindicators 3.1.0 as an outside witness. Where it differs on purpose or by fault:
 * - RSI (and MFI) are rounded to two decimals, and a flat series gives 100 (here 50);
 * - results are shorter than the input, without padding; MACD's first values lack a signal;
 * - %K of a range without width is 0 (here unknown); VWAP never ends a session; NaN poisons SMA and EMA for good;
 * - nextValue cannot be undone, so a forming bar needs the whole window again.
 */
const BARS = randomBars(300);
const bars = {
  high: Array.from(BARS.high),
  low: Array.from(BARS.low),
  close: Array.from(BARS.close),
  volume: Array.from(BARS.volume),
};
const values = bars.close;

const ofSeries = (indicator: Indicator): Float64Array => runIndicator(indicator, BARS.close, new Float64Array(300));
const ofBars = (indicator: BarIndicator): Float64Array => runBarIndicator(indicator, BARS, new Float64Array(300));

function expectTail(found: Float64Array, theirs: readonly (number | undefined)[], within = 1e-9): void {
  expect(theirs.length).toBeGreaterThan(200);
  const tail = Array.from(found.slice(-theirs.length));
  const worst = tail.map((x, i) => Math.abs(x - (theirs[i] ?? Number.NaN)));
  expect(worst.every((d) => d <= within)).toBe(true);
}

describe('agreement with technicalindicators', () => {
  test('SMA, EMA, WMA, ROC', () => {
    expectTail(ofSeries(new Sma(20)), SMA.calculate({ period: 20, values }));
    expectTail(ofSeries(new Ema(9)), EMA.calculate({ period: 9, values }));
    expectTail(ofSeries(new Wma(14)), WMA.calculate({ period: 14, values }));
    expectTail(ofSeries(new Roc(10)), ROC.calculate({ period: 10, values }));
  });

  test('RSI to its two decimals', () => {
    expectTail(ofSeries(new Rsi(14)), RSI.calculate({ period: 14, values }), 0.005 + 1e-9);
  });

  test('Bollinger bands and MACD', () => {
    const bands = BollingerBands.calculate({ period: 20, stdDev: 2, values });
    const own = new Bollinger({ period: 20, multiplier: 2 });
    const upper = BARS.close.map((x) => (own.add(x), own.upper));
    expectTail(
      upper,
      bands.map((b) => b.upper),
    );
    const theirs = MACD.calculate({
      values,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    });
    const macd = new Macd({ fast: 12, slow: 26, signal: 9 });
    const signal = BARS.close.map((x) => (macd.add(x), macd.signal));
    expectTail(
      ofSeries(new Macd({ fast: 12, slow: 26, signal: 9 })),
      theirs.map((m) => m.MACD),
    );
    expectTail(
      signal,
      theirs.slice(8).map((m) => m.signal),
    );
  });

  test('ATR, ADX, CCI, OBV, Keltner, VWAP', () => {
    expectTail(ofBars(new Atr(14)), ATR.calculate({ ...bars, period: 14 }));
    expectTail(
      ofBars(new Adx(14)),
      ADX.calculate({ ...bars, period: 14 }).map((a) => a.adx),
    );
    expectTail(ofBars(new Cci(20)), CCI.calculate({ ...bars, period: 20 }));
    expectTail(ofBars(new Obv()), OBV.calculate({ close: values, volume: bars.volume }));
    const theirs = KeltnerChannels.calculate({ ...bars, maPeriod: 20, atrPeriod: 10, multiplier: 1.5, useSMA: false });
    const own = new Keltner({ period: 20, atrPeriod: 10, multiplier: 1.5 });
    const upper = BARS.close.map((c, i) => (own.add(BARS.high[i] as number, BARS.low[i] as number, c), own.upper));
    expectTail(
      upper,
      theirs.map((k) => k.upper),
    );
    expectTail(ofBars(new AnchoredVwap()), VWAP.calculate(bars));
  });

  test('stochastic', () => {
    const theirs = TheirStochastic.calculate({ ...bars, period: 14, signalPeriod: 3 });
    expectTail(
      ofBars(new Stochastic({ period: 14, signal: 3 })),
      theirs.map((s) => s.k),
    );
  });
});

test('the adapter puts any finite indicator of the package behind the contract', () => {
  const williams = fromTechnicalIndicators({
    bars: 14,
    calculate: ({ high, low, close }) => WilliamsR.calculate({ high, low, close, period: 14 }).at(-1),
  });
  expectTail(ofBars(williams), WilliamsR.calculate({ ...bars, period: 14 }));
  expect(williams.warmup).toBe(14);
});
