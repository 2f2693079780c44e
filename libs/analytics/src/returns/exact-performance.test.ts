import { absoluteDrawdown, relativeDrawdown, underwaterCurve } from './drawdown.js';
import { cagr, calmar, omega, sharpe, sortino, ulcerIndex, ulcerPerformance, volatility } from './performance.js';
import { tailRisk } from './tail-risk.js';

const RETURNS = [0.01, -0.02, 0.03, -0.015, 0.005, 0.025, -0.005];

// References: mpmath with 60 digits from the formulas of the docstrings.
describe('ratios with a risk-free rate of 0.1 % a period and 50 periods a year', () => {
  const options = { riskFree: 0.001, periodsPerYear: 50 };

  it('agree to the last digits', () => {
    expect(sharpe(RETURNS, options).value).toBeCloseTo(1.2212867613232605, 13);
    expect(sortino(RETURNS, options).value).toBeCloseTo(2.2704494174934218, 13);
    expect(cagr(RETURNS, 50).value).toBeCloseTo(0.2289322660869596, 13);
    expect(calmar(RETURNS, 50).value).toBeCloseTo(11.44661330434798, 11);
    expect(volatility(RETURNS, 50).value).toBeCloseTo(0.13451854182690987, 14);
  });

  it('over the underwater curve', () => {
    expect(relativeDrawdown(RETURNS)).toEqual({
      depth: expect.closeTo(-0.02, 14),
      peak: 0,
      trough: 1,
      longestUnderwater: 2,
    });
    expect(ulcerIndex(RETURNS).value).toBeCloseTo(0.010361367980559876, 14);
    expect(ulcerPerformance(RETURNS, 0.06).value).toBeCloseTo(170.47139770345595, 9);
    expect(ulcerPerformance(RETURNS).value).toBeCloseTo(170.47139770345595 + 0.06 / 0.010361367980559876, 9);
  });

  it('omega at nothing, at all below, at the edge', () => {
    expect(omega(RETURNS).value).toBeCloseTo(1.75, 13);
    expect(omega([-0.01, -0.02]).value).toBe(0);
    expect(omega([0.01, 0.01], 0.01)).toEqual({ value: null, reason: 'no daily return is below the threshold' });
  });
});

describe('what does not exist says why', () => {
  const none = { value: null, reason: 'no daily returns' };
  const flat = { value: null, reason: 'there was no drawdown' };

  it('without returns', () => {
    expect([cagr([]), sortino([]), calmar([]), ulcerIndex([]), ulcerPerformance([])]).toEqual(Array(5).fill(none));
    expect(volatility([0.01])).toEqual({ value: null, reason: 'volatility needs at least 2 daily returns' });
    expect(volatility([0.01, 0.03]).value).toBeCloseTo(0.02 * Math.sqrt(126), 14);
    expect(sharpe([0.01, 0.03]).value).toBeCloseTo((0.02 / (0.01 * Math.SQRT2)) * Math.sqrt(252), 10);
  });

  it('without a drawdown, and after a loss of everything', () => {
    expect([calmar([0.1]), ulcerPerformance([0.1])]).toEqual([flat, flat]);
    const lost = { value: null, reason: 'the capital was lost, so no growth rate exists' };
    expect([cagr([-1]), cagr([-1.5]), calmar([-1]), ulcerPerformance([-1])]).toEqual(Array(4).fill(lost));
    expect(cagr([-0.5], 1).value).toBeCloseTo(-0.5, 15);
  });

  it('Sortino exists as soon as one return is below its target', () => {
    expect(sortino([0.02, 0.01], { riskFree: 0.01 }).reason).toBe('no daily return is below the target');
    expect(sortino([0.02, 0.01], { riskFree: 0.015, periodsPerYear: 1 }).value).toBeCloseTo(0, 12);
  });
});

describe('drawdown step by step', () => {
  it('a return to the peak ends the time under water, and moves the peak', () => {
    expect(absoluteDrawdown([10, 5, 10, 9, 4, 10])).toEqual({ depth: -6, peak: 2, trough: 4, longestUnderwater: 2 });
  });

  it('of two equal falls the first counts', () => {
    expect(absoluteDrawdown([10, 5, 10, 5])).toEqual({ depth: -5, peak: 0, trough: 1, longestUnderwater: 1 });
  });

  it('starts where it is told', () => {
    expect(absoluteDrawdown([90, 95], 100)).toEqual({ depth: -10, peak: -1, trough: 0, longestUnderwater: 2 });
    expect(absoluteDrawdown([101], 100)).toEqual({ depth: 0, peak: -1, trough: -1, longestUnderwater: 0 });
  });

  it('a fraction of the peak, not of the start', () => {
    expect(relativeDrawdown([1, -0.5]).depth).toBe(-0.5);
    expect(underwaterCurve([1, -0.5, 1])).toEqual([0, -0.5, 0]);
    expect(underwaterCurve([-0.5, 0.5])).toEqual([-0.5, -0.25]);
  });
});

describe('tail risk at other levels', () => {
  it('sorts what it is given, at 90 %', () => {
    const found = tailRisk([5, -3, 1, 9, -8, 2, 4, 0, 7, 3, -1], 0.9);
    expect(found.valueAtRisk.value).toBeCloseTo(-3, 12);
    expect(found.worst).toEqual([-8, -3, -1, 0, 1]);
  });

  it('needs exactly as many values as the level asks for', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => i);
    expect(tailRisk(twenty).valueAtRisk.value).toBeCloseTo(0.95, 12);
    expect(tailRisk(twenty).expectedShortfall.value).toBe(0);
    const few = { value: null, reason: 'tail risk at 0.95 needs at least 20 values, found 19' };
    expect(tailRisk(twenty.slice(1))).toEqual({ valueAtRisk: few, expectedShortfall: few, worst: [1, 2, 3, 4, 5] });
  });
});
