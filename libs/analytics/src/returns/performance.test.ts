import { absoluteDrawdown, relativeDrawdown, underwaterCurve } from './drawdown.js';
import { cagr, calmar, omega, sharpe, sortino, ulcerIndex, ulcerPerformance, volatility } from './performance.js';
import { tailRisk } from './tail-risk.js';

const percent = (xs: readonly number[]) => xs.map((x) => x / 100);
const D = 9;

describe('daily return figures against empyrical', () => {
  const mixed = percent([1, 10, -4, 2, 3, 2, 1, -10]);
  const falling = percent([0, -6, -7, -1, -9, -2, -6, -8, -5]);

  it('agrees on mixed returns', () => {
    expect(sharpe(mixed).value).toBeCloseTo(1.7238613961706866, D);
    expect(sortino(mixed).value).toBeCloseTo(2.605531251673693, D);
    expect(volatility(mixed).value).toBeCloseTo(0.9136465399704637, D);
    expect(relativeDrawdown(mixed).depth).toBeCloseTo(-0.1, D);
  });

  it('counts only the returns there are: n = 8, where empyrical counts a leading NaN', () => {
    expect(cagr(mixed).value).toBeCloseTo(2.330292797300439, D);
    const countedAsNine = (1 + 2.330292797300439) ** (8 / 9) - 1;
    expect(countedAsNine).toBeCloseTo(1.9135925373194231, D);
    expect(calmar(mixed).value).toBeCloseTo(23.30292797300439, 8);
  });

  it('agrees on falling returns', () => {
    expect(sharpe(falling).value).toBeCloseTo(-24.406808633910085, D);
    expect(sortino(falling).value).toBeCloseTo(-13.532743075043401, D);
    expect(relativeDrawdown(falling).depth).toBeCloseTo(-0.365907303498736, D);
  });

  it('agrees on small daily returns', () => {
    const one = [-0.00171614, 0.01322056, 0.03063862, -0.01422057, -0.00489779, 0.01268925, -0.03357711, 0.01797036];
    expect(sortino(one).value).toBeCloseTo(3.0639640966566306, D);
  });

  it('gives omega 0.8125 at 1 % on mixed returns', () => {
    expect(omega(mixed, 0.01).value).toBeCloseTo(0.8125, D);
  });
});

describe('daily return figures against Nautilus', () => {
  it('agrees on Sharpe, Sortino, volatility and drawdown', () => {
    expect(sharpe([0.01, -0.02, 0.015, -0.005, 0.025]).value).toBeCloseTo(4.48998886412873, D);
    expect(sortino([-0.01, 0.02, -0.015, 0.005, -0.02]).value).toBeCloseTo(-5.273224492824493, D);
    const ten = [0.01, -0.02, 0.03, -0.01, 0.02, 0.04, -0.03, 0.05, -0.04, 0.02];
    expect(volatility(ten).value).toBeCloseTo(0.48526281538976396, D);
    expect(relativeDrawdown([-0.4, -0.1]).depth).toBeCloseTo(-0.46, D);
  });
});

describe('what does not exist has a reason instead of a number', () => {
  it('of too few or equal returns', () => {
    expect(sharpe([0.01]).reason).toBe('a Sharpe ratio needs at least 2 daily returns');
    expect(sharpe([0.1, 0.1, 0.1]).reason).toBe('all daily returns are equal');
    expect(volatility([0.01]).value).toBeNull();
    expect(sortino([]).reason).toBe('no daily returns');
    expect(sortino([0.01, 0.02]).reason).toBe('no daily return is below the target');
    expect(calmar([0.01, 0.02]).reason).toBe('there was no drawdown');
    expect(cagr([0.5, -1]).reason).toBe('the capital was lost, so no growth rate exists');
    expect(ulcerIndex([]).value).toBeNull();
    expect(ulcerPerformance([0.01]).value).toBeNull();
    expect(omega([0.02], 0.01).value).toBeNull();
  });
});

describe('drawdown', () => {
  it('measures depth from the running peak and the longest run below one', () => {
    const found = absoluteDrawdown([1200, 400, 850, 550, -100, 2000, 1850, 2750, 1750, 2100]);
    expect(found).toEqual({ depth: -1300, peak: 0, trough: 4, longestUnderwater: 4 });
  });

  it('counts a fall from the start', () => {
    expect(absoluteDrawdown([-10, -30, -20])).toEqual({ depth: -30, peak: -1, trough: 1, longestUnderwater: 3 });
    expect(absoluteDrawdown([])).toEqual({ depth: 0, peak: -1, trough: -1, longestUnderwater: 0 });
  });

  it('draws the underwater curve and its ulcer index', () => {
    const curve = underwaterCurve([0.1, -0.1, 0.05]);
    expect(curve[0]).toBe(0);
    expect(curve[1]).toBeCloseTo(-0.1, 12);
    expect(curve[2]).toBeCloseTo(-0.055, 12);
    expect(ulcerIndex([0.1, -0.1, 0.05]).value).toBeCloseTo(Math.sqrt((0.01 + 0.055 ** 2) / 3), 12);
  });
});

describe('tail risk', () => {
  it('is the interpolated quantile and the mean beyond it', () => {
    const sample = Array.from({ length: 101 }, (_, i) => i - 50);
    const found = tailRisk(sample);
    expect(found.valueAtRisk.value).toBeCloseTo(-45, 9);
    expect(found.expectedShortfall.value).toBeCloseTo(-47.5, 9);
    expect(found.worst).toEqual([-50, -49, -48, -47, -46]);
  });

  it('does not exist for a handful of values', () => {
    expect(tailRisk([1, 2, 3]).valueAtRisk.reason).toBe('tail risk at 0.95 needs at least 20 values, found 3');
  });
});
