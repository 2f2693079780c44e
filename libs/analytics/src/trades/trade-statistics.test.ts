import type { Paise } from '@sos/domain';
import { excursionStatistics } from './excursions.js';
import { systemQualityNumber, tradeStatistics } from './trade-statistics.js';

const LIST = [1200, -800, 450, -300, -650, 2100, -150, 900, -1000, 350];

describe('trade statistics', () => {
  it('gives the figures of the reference list', () => {
    const found = tradeStatistics(LIST);
    expect(found.net).toBe(2100);
    expect(found.profitFactor.value).toBeCloseTo(1.7241379310344827, 9);
    expect(found.expectancy.value).toBe(210);
    expect(found.drawdown.depth).toBe(-1300);
    expect(found.drawdown.longestUnderwater).toBe(4);
    expect(found.kelly.value).toBeCloseTo(0.21, 9);
    expect(found).toMatchObject({ count: 10, wins: 5, losses: 5, scratches: 0 });
    expect(found).toMatchObject({ longestWinningStreak: 1, longestLosingStreak: 2 });
    expect(found.winRate.value).toBe(0.5);
    expect(found.averageWin.value).toBe(1000);
    expect(found.averageLoss.value).toBe(-580);
  });

  it('gives the system quality number in both conventions, but hides it below 30 trades', () => {
    expect(systemQualityNumber(LIST).value).toBeCloseTo(0.6746945633071048, 9);
    expect(systemQualityNumber(LIST, 0).value).toBeCloseTo(0.7111905149943726, 9);
    expect(tradeStatistics(LIST).sqn).toEqual({ value: null, reason: 'shown from 30 trades on, found 10' });
    const thirty = [...LIST, ...LIST, ...LIST];
    expect(tradeStatistics(thirty).sqn).toEqual(systemQualityNumber(thirty));
  });

  it('agrees with Nautilus on expectancy and with LEAN on profit factor and win rate', () => {
    expect(tradeStatistics([10, -5, 15, -10]).expectancy.value).toBe(2.5);
    const lean = tradeStatistics([10, -20, -20]);
    expect(lean.profitFactor.value).toBe(0.25);
    expect(lean.winRate.value).toBeCloseTo(1 / 3, 12);
    expect(lean.drawdown.depth).toBe(-40);
  });

  it('prints no profit factor when nothing lost, where LEAN prints 10', () => {
    expect(tradeStatistics([10, 20]).profitFactor).toEqual({ value: null, reason: 'no losing trade' });
    expect(tradeStatistics([10, 20]).payoff).toEqual({ value: null, reason: 'no losing trade' });
    expect(tradeStatistics([10, 20]).kelly.value).toBeNull();
  });

  it('has no figure at all without trades', () => {
    const none = tradeStatistics([]);
    expect(none).toMatchObject({ count: 0, net: 0, winRateInterval: null });
    for (const metric of [none.winRate, none.profitFactor, none.expectancy])
      expect(metric).toEqual({ value: null, reason: 'no trades' });
    expect(systemQualityNumber([1]).value).toBeNull();
    expect(systemQualityNumber([5, 5]).reason).toBe('all trades had the same result');
  });

  it('counts a trade of exactly zero as neither won nor lost', () => {
    expect(tradeStatistics([5, 0, -5])).toMatchObject({ wins: 1, losses: 1, scratches: 1, longestLosingStreak: 1 });
  });
});

describe('excursions', () => {
  const trade = (gross: number, maxAdverse: number, maxFavourable: number, initialRisk = 20) => ({
    gross: gross as Paise,
    net: gross as Paise,
    maxAdverse: maxAdverse as Paise,
    maxFavourable: maxFavourable as Paise,
    initialRisk: initialRisk as Paise,
  });

  it('agrees with LEAN on mean MAE and MFE', () => {
    const found = excursionStatistics([trade(10, -15, 30), trade(-20, -30, 5), trade(-20, -40, 30)]);
    expect(found.averageAdverse.value).toBeCloseTo(-28.3333, 4);
    expect(found.averageFavourable.value).toBeCloseTo(21.6667, 4);
    expect(found.eRatio.value).toBeCloseTo(65 / 85, 12);
    expect(found.endTradeDrawdown.value).toBeCloseTo((20 + 25 + 50) / 3, 12);
    expect(found.expectancyInRisk.value).toBeCloseTo(-0.5, 12);
  });

  it('has a reason where nothing can be divided', () => {
    expect(excursionStatistics([]).eRatio.reason).toBe('no trades');
    expect(excursionStatistics([trade(10, 0, 10)]).eRatio.reason).toBe('no trade went against the position');
    expect(excursionStatistics([trade(10, 0, 10, 0)]).expectancyInRisk.value).toBeNull();
  });
});
