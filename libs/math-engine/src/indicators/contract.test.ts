import type { BarInput } from './columns/run-indicator.js';
import { INDICATOR_CASES, outputOf, type IndicatorCase } from './fixtures/indicator-cases.js';
import { makeUniform, randomBars, withGaps } from './fixtures/random-bars.js';
import type { BarIndicator } from './indicator.js';

const BARS = randomBars(400);

type Row = [high: number, low: number, close: number, volume: number];

function row(bars: BarInput, i: number): Row {
  return [bars.high[i], bars.low[i], bars.close[i], bars.volume[i]] as Row;
}

function trace(indicator: BarIndicator, bars: BarInput, outputs: readonly string[]): number[][] {
  return Array.from(bars.close, (_, i) => {
    indicator.add(...row(bars, i));
    return outputs.map((name) => outputOf(indicator, name));
  });
}

function prefix(bars: BarInput, to: number): BarInput {
  return {
    high: bars.high.slice(0, to),
    low: bars.low.slice(0, to),
    close: bars.close.slice(0, to),
    volume: bars.volume.slice(0, to),
  };
}

describe.each(INDICATOR_CASES.map((c): [string, IndicatorCase] => [c.name, c]))(
  '%s',
  (_, { make, outputs, isPrompt, isWindowed, define }) => {
    test('is unknown before its warm-up and known from then on', () => {
      const indicator = make();
      expect(indicator.value).toBeNaN();
      const values = trace(indicator, BARS, ['value']).flat();
      expect(values.slice(0, indicator.warmup - 1).every(Number.isNaN)).toBe(true);
      const warm = values.slice(isPrompt ? indicator.warmup - 1 : 60);
      expect(warm.length).toBeGreaterThan(300);
      expect(warm.every(Number.isFinite)).toBe(true);
    });

    test('replace() of the forming bar equals add-only, also through missing bars', () => {
      const uniform = makeUniform(7);
      const bars = withGaps(BARS, 90, 97);
      const plain = make();
      const corrected = make();
      for (let i = 0; i < bars.close.length; i++) {
        plain.add(...row(bars, i));
        const wrong = row(BARS, Math.floor(uniform() * 400));
        corrected.add(...(i % 5 === 0 ? ([Number.NaN, Number.NaN, Number.NaN, Number.NaN] as Row) : wrong));
        for (let n = 0; n < i % 3; n++) corrected.replace(...row(BARS, Math.floor(uniform() * 400)));
        corrected.replace(...row(bars, i));
        expect(outputs.map((name) => outputOf(corrected, name))).toEqual(outputs.map((name) => outputOf(plain, name)));
      }
    });

    test('a missing bar is unknown and poisons nothing for ever', () => {
      const gap = 200;
      const indicator = make();
      const values = trace(indicator, withGaps(BARS, gap, 1000), ['value']).flat();
      expect(values[gap]).toBeNaN();
      const after = values.slice(gap + indicator.warmup);
      expect(after.every(Number.isFinite)).toBe(true);
      if (!isWindowed) expect(values.slice(gap + 1).every(Number.isFinite)).toBe(true);
      else {
        const fresh = make();
        const rest: BarInput = {
          high: BARS.high.slice(gap + 1),
          low: BARS.low.slice(gap + 1),
          close: BARS.close.slice(gap + 1),
          volume: BARS.volume.slice(gap + 1),
        };
        // Until it is warm again an indicator of two single values may know more than a fresh one.
        const known = trace(fresh, rest, ['value']).flat().slice(indicator.warmup);
        expect(values.slice(gap + 1 + indicator.warmup)).toEqual(known.map((x) => expect.closeTo(x, 7)));
      }
    });

    test('follows its definition to 1e-9', () => {
      if (define === null) return expect(make().warmup).toBeGreaterThan(0);
      const indicator = make();
      const values = trace(indicator, BARS, ['value']).flat();
      for (let i = indicator.warmup - 1; i < 400; i += 7) {
        const wanted = define(prefix(BARS, i + 1));
        expect(Math.abs((values[i] ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
      }
    });
  },
);
