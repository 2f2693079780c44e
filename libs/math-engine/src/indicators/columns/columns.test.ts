import { AnchoredVwap } from '../anchored-vwap/anchored-vwap.js';
import { Atr } from '../atr/atr.js';
import { Bollinger } from '../bollinger/bollinger.js';
import { Ema } from '../ema/ema.js';
import { randomBars, withGaps } from '../fixtures/random-bars.js';
import { RollingMax } from '../rolling-max/rolling-max.js';
import { RollingMin } from '../rolling-min/rolling-min.js';
import { RollingStdev } from '../rolling-stdev/rolling-stdev.js';
import { Rsi } from '../rsi/rsi.js';
import { SessionVwap } from '../session-vwap/session-vwap.js';
import { Sma } from '../sma/sma.js';
import { Wma } from '../wma/wma.js';
import { atrColumn } from './atr-column.js';
import { bollingerColumns } from './bollinger-columns.js';
import { emaColumn } from './ema-column.js';
import { rollingMaxColumn } from './rolling-max-column.js';
import { rollingMinColumn } from './rolling-min-column.js';
import { rsiColumn } from './rsi-column.js';
import { runBarIndicator, runIndicator, type BarInput } from './run-indicator.js';
import { smaColumn } from './sma-column.js';
import { vwapColumn } from './vwap-column.js';

const BARS = randomBars(5000);
const GAPPY = withGaps(BARS, 3, 307);

const make = (): Float64Array => new Float64Array(5000);

/** Equal to 1e-9 relative, NaN where NaN. */
function expectSame(found: Float64Array, wanted: Float64Array): void {
  let worst = 0;
  let unlike = 0;
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [found[i] as number, wanted[i] as number];
    if (Number.isNaN(a) !== Number.isNaN(b)) unlike++;
    else if (!Number.isNaN(b)) worst = Math.max(worst, Math.abs(a - b) / Math.max(1, Math.abs(b)));
  }
  expect(unlike).toBe(0);
  expect(worst).toBeLessThan(1e-9);
}

describe.each<[string, BarInput]>([
  ['without gaps', BARS],
  ['with gaps', GAPPY],
])('column forms equal streaming to 1e-9, %s', (_, bars) => {
  const { close } = bars;

  test.each([1, 2, 20, 50, 1500])('moving averages and extremes, period %i', (period) => {
    expectSame(smaColumn(close, period, make()), runIndicator(new Sma(period), close, make()));
    expectSame(emaColumn(close, period, make()), runIndicator(new Ema(period), close, make()));
    expectSame(rollingMaxColumn(close, period, make()), runIndicator(new RollingMax(period), close, make()));
    expectSame(rollingMinColumn(close, period, make()), runIndicator(new RollingMin(period), close, make()));
  });

  test.each([2, 14, 200])('RSI and ATR, period %i', (period) => {
    expectSame(rsiColumn(close, period, make()), runIndicator(new Rsi(period), close, make()));
    expectSame(atrColumn(bars, period, make()), runBarIndicator(new Atr(period), bars, make()));
  });

  test.each(['population', 'sample'] as const)('Bollinger bands, %s deviation', (deviation) => {
    const options = { period: 20, multiplier: 2, deviation };
    const found = bollingerColumns(close, options, { middle: make(), upper: make(), lower: make() });
    const bands = new Bollinger(options);
    const [middle, upper, lower] = [make(), make(), make()];
    close.forEach((x, i) => {
      bands.add(x);
      middle[i] = bands.middle;
      upper[i] = bands.upper;
      lower[i] = bands.lower;
    });
    expectSame(found.middle, middle);
    expectSame(found.upper, upper);
    expectSame(found.lower, lower);
  });

  test('session VWAP', () => {
    const starts = [375, 750, 2000];
    const vwap = new SessionVwap();
    const wanted = close.map((_close, i) => {
      if (starts.includes(i)) vwap.startSession();
      vwap.add(bars.high[i] as number, bars.low[i] as number, bars.close[i] as number, bars.volume[i] as number);
      return vwap.value;
    });
    expectSame(vwapColumn(bars, starts, make()), wanted);
    expectSame(vwapColumn(bars, [], make()), runBarIndicator(new AnchoredVwap(), bars, make()));
  });
});

test('columns of unequal length and bad periods are refused', () => {
  expect(() => smaColumn(BARS.close, 20, new Float64Array(1))).toThrow('expected columns of 5000 rows, found one of 1');
  expect(() => emaColumn(BARS.close, 0, make())).toThrow(
    'emaColumn period: expected a whole number of bars ≥ 1, found 0',
  );
  expect(() => new Sma(2.5)).toThrow('Sma period: expected a whole number of bars ≥ 1, found 2.5');
  expect(() => new RollingStdev(1, 'sample')).toThrow('≥ 2, found 1');
});

// A running sum that is never renewed loses about 1e-9 of 24,000 in a million bars, and a deviation all of its digits.
test('nothing drifts over a million bars', () => {
  const bars = randomBars(1_000_000, 3);
  const { close } = bars;
  const last = Array.from(close.slice(-20));
  const mean = last.reduce((a, b) => a + b, 0) / 20;
  const deviation = Math.sqrt(last.reduce((a, b) => a + (b - mean) ** 2, 0) / 20);
  const out = new Float64Array(close.length);
  const newest = (column: Float64Array): number => column.at(-1) ?? Number.NaN;
  const wanted = last.reduce((a, b, i) => a + b * (i + 1), 0) / 210;
  expect(Math.abs(newest(runIndicator(new Sma(20), close, out)) / mean - 1)).toBeLessThan(1e-12);
  expect(Math.abs(newest(smaColumn(close, 20, out)) / mean - 1)).toBeLessThan(1e-12);
  expect(Math.abs(newest(runIndicator(new Wma(20), close, out)) / wanted - 1)).toBeLessThan(1e-12);
  expect(Math.abs(newest(runIndicator(new RollingStdev(20), close, out)) / deviation - 1)).toBeLessThan(1e-9);
  const bands = { middle: out, upper: new Float64Array(close.length), lower: new Float64Array(close.length) };
  bollingerColumns(close, { period: 20, multiplier: 1 }, bands);
  expect(Math.abs((newest(bands.upper) - mean) / deviation - 1)).toBeLessThan(1e-9);
});
