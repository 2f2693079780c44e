import { paise } from '@sos/domain';
import { metricOf, noMetric } from '../metric.js';
import { excursionStatistics } from './excursions.js';
import { kellyFraction, systemQualityNumber, tradeStatistics } from './trade-statistics.js';

describe('metrics', () => {
  it('are numbers or reasons', () => {
    expect(metricOf(0)).toEqual({ value: 0, reason: null });
    expect(metricOf(Number.POSITIVE_INFINITY)).toEqual({ value: null, reason: 'the result is not a finite number' });
    expect(metricOf(Number.NaN, 'why')).toEqual({ value: null, reason: 'why' });
    expect(noMetric('why')).toEqual({ value: null, reason: 'why' });
  });
});

describe('trade statistics by hand', () => {
  it('runs, sums and ratios of seven trades', () => {
    const found = tradeStatistics([100, 200, -50, 0, -150, -100, 300]);
    expect(found).toMatchObject({
      count: 7,
      wins: 3,
      losses: 3,
      scratches: 1,
      net: 300,
      longestWinningStreak: 2,
      longestLosingStreak: 2,
      profitFactor: { value: 2, reason: null },
      averageWin: { value: 200, reason: null },
      averageLoss: { value: -100, reason: null },
      payoff: { value: 2, reason: null },
      drawdown: { depth: -300, peak: 1, trough: 5, longestUnderwater: 4 },
    });
    // 3/7 − (4/7)/2
    expect(found.kelly.value).toBeCloseTo(1 / 7, 15);
    expect(found.winRate.value).toBe(3 / 7);
    expect(found.winRateInterval?.confidence).toBe(0.95);
  });

  it('only losers, only winners, nobody', () => {
    const lost = tradeStatistics([-10]);
    expect(lost).toMatchObject({
      averageWin: { value: null, reason: 'no winning trade' },
      payoff: { value: null, reason: 'no winning trade' },
      kelly: { value: null, reason: 'no winning trade' },
      profitFactor: { value: 0, reason: null },
    });
    expect(tradeStatistics([10])).toMatchObject({
      averageLoss: { value: null, reason: 'no losing trade' },
      profitFactor: { value: null, reason: 'no losing trade' },
    });
    expect(tradeStatistics([])).toMatchObject({ wins: 0, losses: 0, scratches: 0, longestWinningStreak: 0 });
  });

  it('Kelly and the quality number', () => {
    expect(kellyFraction(0.5, { value: 1, reason: null }).value).toBe(0);
    expect(kellyFraction(0.25, { value: 2, reason: null }).value).toBe(-0.125);
    expect(kellyFraction(0.5, noMetric('x'))).toEqual({ value: null, reason: 'x' });
    expect(systemQualityNumber([1])).toEqual({ value: null, reason: 'needs at least 2 trades' });
    // mean 2, sd √2, n 2
    expect(systemQualityNumber([1, 3]).value).toBeCloseTo(2, 15);
    const thirty = Array.from({ length: 30 }, (_, i) => i);
    expect(tradeStatistics(thirty).sqn.value).not.toBeNull();
    expect(tradeStatistics(thirty.slice(1)).sqn.reason).toBe('shown from 30 trades on, found 29');
  });
});

describe('excursions by hand', () => {
  const trade = (of: { net: number; gross: number; adverse: number; favourable: number; risk: number }) => ({
    net: paise(of.net),
    gross: paise(of.gross),
    maxAdverse: paise(of.adverse),
    maxFavourable: paise(of.favourable),
    initialRisk: paise(of.risk),
  });

  it('net counts for R, gross for what was given back', () => {
    const trades = [
      trade({ net: 80, gross: 100, adverse: -40, favourable: 150, risk: 160 }),
      trade({ net: -70, gross: -50, adverse: -60, favourable: 10, risk: 140 }),
      trade({ net: 5, gross: 25, adverse: 0, favourable: 40, risk: 0 }),
    ];
    expect(excursionStatistics(trades)).toEqual({
      averageAdverse: { value: -100 / 3, reason: null },
      averageFavourable: { value: 200 / 3, reason: null },
      eRatio: { value: 2, reason: null },
      endTradeDrawdown: { value: 125 / 3, reason: null },
      expectancyInRisk: { value: 0, reason: null },
    });
  });

  it('without trades every figure says so', () => {
    const none = { value: null, reason: 'no trades' };
    expect(excursionStatistics([])).toEqual({
      averageAdverse: none,
      averageFavourable: none,
      eRatio: none,
      endTradeDrawdown: none,
      expectancyInRisk: { value: null, reason: 'no trade with a known risk' },
    });
  });
});
