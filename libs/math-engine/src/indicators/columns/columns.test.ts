import { AnchoredVwap } from '../anchored-vwap/anchored-vwap.js';
import { Atr } from '../atr/atr.js';
import { Bollinger } from '../bollinger/bollinger.js';
import { Ema } from '../ema/ema.js';
import { makeUniform, randomBars, withGaps } from '../fixtures/random-bars.js';
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
import { rollingExtremesColumns } from './rolling-extremes-columns.js';
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

  test.each([1, 2, 50, 1500])('extremes are values of the window to the last bit, period %i', (period) => {
    const both = rollingExtremesColumns(close, period, { max: make(), min: make() });
    for (const [found, pick] of [
      [both.max, Math.max],
      [both.min, Math.min],
      [rollingMaxColumn(close, period, make()), Math.max],
      [rollingMinColumn(close, period, make()), Math.min],
    ] as const)
      for (let i = 0; i < close.length; i += 37) {
        const wanted = i + 1 < period ? Number.NaN : pick(...close.subarray(i + 1 - period, i + 1));
        expect(found[i]).toBe(wanted);
      }
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

// Differences of numbers far from each other are rounded: such blocks have to be compared instead.
test('extremes of numbers of any size are exact', () => {
  const uniform = makeUniform(5);
  const wild = Float64Array.from({ length: 2000 }, (_, i) => {
    if (i % 211 === 0) return [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN][i % 5] as number;
    return (uniform() - 0.5) * 10 ** Math.floor(600 * uniform() - 300 * uniform());
  });
  const steady = wild.map((_, i) => (i % 2 === 0 ? -1 : 1) * 0.1 * (1 + 0.2 * Math.sin(i)) - 7.77);
  for (const input of [wild, steady]) {
    const found = rollingExtremesColumns(input, 7, { max: new Float64Array(2000), min: new Float64Array(2000) });
    const max = rollingMaxColumn(input, 7, new Float64Array(2000));
    const min = rollingMinColumn(input, 7, new Float64Array(2000));
    for (let i = 6; i < 2000; i++) {
      const window = input.subarray(i - 6, i + 1);
      const [top, bottom] = [Math.max(...window), Math.min(...window)];
      expect([found.max[i], found.min[i], max[i], min[i]].map((x) => (x === 0 ? 0 : x))).toEqual(
        [top, bottom, top, bottom].map((x) => (x === 0 ? 0 : x)),
      );
    }
  }
});

// The fast forms work on blocks of rows; a gap anywhere in a block, or a series that stands still, must not change what comes out.
test('RSI, ATR, EMA and VWAP with one gap anywhere, and after standing still', () => {
  const length = 2600;
  const part = randomBars(length, 9);
  const out = (): Float64Array => new Float64Array(length);
  for (const gap of [0, 1, 13, 14, 15, 1023, 1024, 1025, 1038, 1039, 2048, 2599]) {
    const bars = withGaps(part, gap, length);
    expectSame(emaColumn(bars.close, 9, out()), runIndicator(new Ema(9), bars.close, out()));
    expectSame(rsiColumn(bars.close, 14, out()), runIndicator(new Rsi(14), bars.close, out()));
    expectSame(atrColumn(bars, 14, out()), runBarIndicator(new Atr(14), bars, out()));
    expectSame(vwapColumn(bars, [], out()), runBarIndicator(new AnchoredVwap(), bars, out()));
  }
  const still = part.close.map((x, i) => (i > 600 && i < 1300 ? 24_000 : x));
  for (const period of [1, 2, 14])
    expectSame(rsiColumn(still, period, out()), runIndicator(new Rsi(period), still, out()));
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
