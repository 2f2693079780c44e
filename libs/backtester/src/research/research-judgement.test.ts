import {
  addDays,
  istInstant,
  lots,
  paise,
  parseIstDate,
  units,
  type FillRecord,
  type IstDate,
  type TradeRecord,
} from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { ablationRow } from './ablation.js';
import { monteCarlo } from './monte-carlo.js';
import { parseAxis } from './parameter-axis.js';
import { neighbourhoods, plateauMap } from './plateau-map.js';
import { scoreSweep, sharpeVariance, sweepOverfitting } from './score-sweep.js';
import { sweepHash } from './sweep-hash.js';
import { failedVariant, type VariantResult } from './variant-result.js';
import { dayReturns, parseSweepMetric, sessionSharpe, variantFigures } from './variant-figures.js';
import { walkForward, walkForwardFolds } from './walk-forward.js';

const FIRST = parseIstDate('2026-01-01');
const days = (count: number): IstDate[] => Array.from({ length: count }, (_, i) => addDays(FIRST, i));

function result(variant: number, dayNets: readonly number[], change: Partial<VariantResult> = {}): VariantResult {
  const net = dayNets.reduce((sum, n) => sum + n, 0);
  const wins = dayNets.filter((n) => n > 0);
  const netWins = wins.reduce((sum, n) => sum + n, 0);
  return {
    variant,
    configHash: `c${variant}`,
    dataHash: 'd',
    ledgerHash: `l${variant}`,
    trades: dayNets.filter((n) => n !== 0).length,
    wins: wins.length,
    gross: paise(net),
    charges: paise(0),
    net: paise(net),
    netWins: paise(netWins),
    netLosses: paise(net - netWins),
    unfilledEntries: 0,
    dayNets,
    failure: null,
    ...change,
  };
}

describe('figures of a variant', () => {
  it('follow the conventions of reports: daily returns on the capital at the start of the day', () => {
    expect(dayReturns([100, -110, 0], 1000)).toEqual([0.1, -0.1, 0]);
    const figures = variantFigures(result(0, [100, -110, 0]), 1000);
    expect(figures).toMatchObject({ net: -10, winRate: 0.5, expectancy: -5, trades: 2 });
    expect(figures.profitFactor).toBeCloseTo(100 / 110, 12);
    expect(figures.sharpe).toBeCloseTo(0, 12);
    expect(figures.drawdown).toBeCloseTo(-0.1, 12);
    expect(sessionSharpe([0, 0, 0])).toBeNaN();
    expect(variantFigures(result(0, [0, 0]), 1000)).toMatchObject({ winRate: NaN, profitFactor: NaN, sharpe: NaN });
  });

  it('are asked for by name, with a suggestion', () => {
    expect(parseSweepMetric('win-rate')).toBe('win-rate');
    expect(() => parseSweepMetric('sharp')).toThrow('found "sharp" (did you mean sharpe?)');
  });
});

describe('a judged sweep', () => {
  const lucky = [5, -3, 4, -2, 6, -1, 3, -4].map((n) => 100 * n);
  const poor = lucky.map((n) => -n);

  it('ranks by the metric, failed variants last, equal ones in the order of the plan', () => {
    const results = [result(0, poor), failedVariant(1, 'it threw'), result(2, lucky), result(3, lucky)];
    const options = { metric: 'net', startingCapital: 100_000, search: { trials: 4, sharpeVariance: 0.05 } } as const;
    const { ranked } = scoreSweep(results, options);
    expect(ranked.map((r) => r.result.variant)).toEqual([2, 3, 0, 1]);
    expect(ranked[3]?.deflatedSharpe).toMatchObject({ value: null });
  });

  it('believes a Sharpe ratio less the more was tried', () => {
    const dsr = (trials: number): number => {
      const search = { trials, sharpeVariance: 0.05 };
      return (
        scoreSweep([result(0, lucky)], { metric: 'sharpe', startingCapital: 100_000, search }).ranked[0]?.deflatedSharpe
          .value ?? NaN
      );
    };
    const [one, ten, thousand] = [dsr(1), dsr(10), dsr(1000)];
    expect(one).toBeGreaterThan(ten as number);
    expect(ten).toBeGreaterThan(thousand as number);
    expect(sharpeVariance([0.1, NaN, 0.3])).toBeCloseTo(0.02, 12);
    expect(sharpeVariance([0.1])).toBe(0);
  });

  it('knows overfitting: 1 when the best of one half is always the worst of the other, 0 when it stays the best', () => {
    // Each variant wins in one block of two sessions and loses everywhere else.
    const spiky = Array.from({ length: 8 }, (_, v) =>
      Array.from({ length: 16 }, (_, d) => (d >> 1 === v ? 0.05 : -0.001) + 0.0001 * ((d * 7 + v) % 3)),
    );
    expect(sweepOverfitting(spiky)).toMatchObject({ blocks: 8, splits: 70, leftOut: 0, pbo: { value: 1 } });
    const steady = Array.from({ length: 5 }, (_, v) =>
      Array.from({ length: 17 }, (_, d) => 0.001 * v + (d % 2 ? 0.01 : -0.01)),
    );
    expect(sweepOverfitting(steady)).toMatchObject({ blocks: 8, leftOut: 1, pbo: { value: 0 } });
    expect(sweepOverfitting([[0.1, 0.2]])).toMatchObject({ pbo: { value: null }, blocks: 0 });
  });

  it('has a hash that does not depend on the order in which results came', () => {
    const [a, b] = [result(0, poor), result(1, lucky)];
    expect(sweepHash([b, a])).toBe(sweepHash([a, b]));
    expect(sweepHash([a, { ...b, trades: b.trades + 1 }])).not.toBe(sweepHash([a, b]));
  });
});

describe('a plateau', () => {
  const axes = [parseAxis('x=1:3:1'), parseAxis('y=10:20:10'), parseAxis('z=0:1:1')];
  const points = [1, 2, 3].flatMap((x) =>
    [10, 20].flatMap((y) => [0, 1].map((z) => ({ params: { x, y, z }, value: x * 100 + y + z }))),
  );

  it('is the mean over every other parameter', () => {
    const [x, y] = axes;
    const map = plateauMap(points, x ?? parseAxis('x=1'), y);
    expect(map.cells[1]?.[2]).toEqual({ mean: 320.5, best: 321, worst: 320, variants: 2 });
    expect(plateauMap(points.slice(0, 1), x ?? parseAxis('x=1')).cells[0]?.map((c) => c.variants)).toEqual([1, 0, 0]);
  });

  it('tells a hill from a needle by the neighbours of each variant', () => {
    const row = [0, 0, 9, 0, 0].map((value, i) => ({ params: { x: i }, value }));
    expect(neighbourhoods(row, [parseAxis('x=0:4:1')])).toEqual([0, 3, 3, 3, 0]);
    const holed = row.map((p, i) => (i === 1 ? { ...p, value: NaN } : p));
    expect(neighbourhoods(holed, [parseAxis('x=0:4:1')])).toEqual([0, 4.5, 4.5, 3, 0]);
  });
});

describe('walk-forward', () => {
  const plan = { kind: 'rolling', train: 4, test: 2, purge: 1, embargo: 0 } as const;

  it('cuts folds whose tests lie end to end behind their training, with purge and embargo left out', () => {
    expect(walkForwardFolds(9, plan)).toEqual([
      { train: { from: 0, to: 3 }, test: { from: 4, to: 6 } },
      { train: { from: 2, to: 5 }, test: { from: 6, to: 8 } },
      { train: { from: 4, to: 7 }, test: { from: 8, to: 9 } },
    ]);
    expect(walkForwardFolds(8, { ...plan, kind: 'anchored', embargo: 1 })).toEqual([
      { train: { from: 0, to: 3 }, test: { from: 5, to: 6 } },
      { train: { from: 0, to: 5 }, test: { from: 7, to: 8 } },
    ]);
  });

  it.each([
    [4, plan, 'more than 4 sessions'],
    [9, { ...plan, purge: 3 }, 'after the purge, found 1'],
    [9, { ...plan, embargo: 2 }, 'embargo below the 2 sessions'],
    [9, { ...plan, train: 1.5 }, 'found 1.5'],
  ])('refuses what cannot be cut (%#)', (sessions, impossible, message) => {
    expect(() => walkForwardFolds(sessions, impossible)).toThrow(message);
  });

  it('follows the best of each training, never the best of its test', () => {
    // Variant 0 wins first and loses later, variant 1 the other way round.
    const early = [300, 200, 300, 200, -100, -200, -100, -200];
    const results = [
      result(0, early),
      result(
        1,
        early.map((n) => -n),
      ),
      failedVariant(2, 'it threw'),
    ];
    const { folds, netOut, testNets } = walkForward({
      sessions: days(8),
      results,
      plan,
      metric: 'net',
      startingCapital: 100_000,
    });
    expect(folds.map((f) => [f.variant, f.netIn, f.netOut, f.rankOut])).toEqual([
      [0, 800, -300, 2],
      [0, 400, -300, 2],
    ]);
    expect({ netOut, testNets }).toEqual({ netOut: -600, testNets: [-100, -200, -100, -200] });
    expect(folds[1]?.testDates).toEqual(['2026-01-07', '2026-01-08']);
  });

  it('refuses a sweep of which nothing ran', () => {
    const results = [failedVariant(0, 'it threw')];
    expect(() => walkForward({ sessions: days(9), results, plan, metric: 'net', startingCapital: 1 })).toThrow(
      'at least one variant',
    );
  });
});

describe('ablation', () => {
  const whole = result(0, [100, 100, 100, 100, 100, 100]);

  it('pairs the days: what both had is no noise', () => {
    const noisy = [5000, -4000, 300, -2000, 7000, 10];
    const [a, b] = [
      result(0, noisy),
      result(
        1,
        noisy.map((n) => n - 50),
      ),
    ];
    expect(ablationRow('pcr', { whole: a, without: b }, { seed: 1, draws: 500 })).toMatchObject({
      worth: 300,
      worthPerSession: 50,
      interval: { low: 50, high: 50, draws: 500 },
      verdict: 'earns',
    });
  });

  it('says when it is unproven, costs money, or could not be run', () => {
    const options = { seed: 1, draws: 500 };
    const mixed = result(1, [400, -200, 300, -100, 100, 100]);
    expect(ablationRow('pcr', { whole, without: mixed }, options).verdict).toBe('unproven');
    const better = result(1, [200, 300, 200, 300, 200, 300]);
    expect(ablationRow('pcr', { whole, without: better }, options).verdict).toBe('costs');
    const failed = failedVariant(1, 'it threw');
    expect(ablationRow('pcr', { whole, without: failed }, options)).toMatchObject({
      worth: NaN,
      interval: null,
      failure: 'it threw',
    });
  });
});

describe('Monte Carlo', () => {
  const NETS = [500, -300, 0, 200, -100, 400];
  const zero = paise(0);
  const charges = {
    brokerage: paise(20),
    stt: zero,
    exchange: zero,
    ipft: zero,
    sebi: zero,
    stamp: zero,
    gst: zero,
    total: paise(20),
  };
  const { id: contract } = optionContract({ underlying: 'NIFTY', expiry: FIRST, strike: 25_000, right: 'CE' });
  const trades: TradeRecord[] = NETS.flatMap((net, i) => {
    if (net === 0) return [];
    const exitTime = istInstant(addDays(FIRST, i), '10:00');
    return [
      {
        ...{ seq: i, gate: 'G', underlying: 'NIFTY', contract, bias: 'bullish', regime: 'BULLISH', charges },
        ...{
          signalTime: exitTime,
          entryTime: exitTime,
          exitTime,
          lots: lots(1),
          units: units(10),
          source: 'simulated',
        },
        ...{ entryPrice: paise(100), exitPrice: paise(100), exitReason: 'target', ambiguous: false },
        ...{ gross: paise(net + 20), net: paise(net), worst: paise(net), best: paise(net), orderIds: [] },
        ...{ entryChases: 0, exitChases: 0, missedStopCost: null, initialRisk: paise(100), maxAdverse: zero },
        ...{ maxFavourable: zero, reasons: [] },
      },
    ];
  });
  const fill: FillRecord = {
    ...{ seq: 1, orderId: 1, time: istInstant(FIRST, '10:00'), contract, side: 'BUY', units: units(10) },
    ...{
      price: paise(100),
      decisionBid: null,
      decisionAsk: null,
      spread: zero,
      attempt: 0,
      charges,
      source: 'simulated',
    },
  };
  const fills = trades.flatMap(() => [fill, fill]);
  const input = { trades, fills, sessions: days(6) };

  it('is the same for the same seed, and names its generator', () => {
    const options = { seed: 4, draws: 300, blockDays: 2 };
    expect(monteCarlo(input, options)).toEqual(monteCarlo(input, options));
    expect(monteCarlo(input, options)).toMatchObject({
      generator: 'xoshiro128**',
      observed: { net: 700, drawdown: -300 },
    });
    expect(monteCarlo(input, { ...options, seed: 5 }).bootstrap).not.toEqual(monteCarlo(input, options).bootstrap);
  });

  it('with one block of all days draws the same result every time', () => {
    const { bootstrap } = monteCarlo(input, { seed: 1, draws: 100, blockDays: 6 });
    expect(bootstrap.net).toEqual({ p5: 700, p25: 700, median: 700, p75: 700, p95: 700 });
    expect(bootstrap.probabilityOfLoss).toBe(0);
  });

  it('stresses charges and prices: gross less charges less a tick of 5 paise for every unit of every fill', () => {
    const { stress, breakEvenTicks } = monteCarlo(input, { seed: 1, draws: 100, blockDays: 1 });
    // gross 800, charges 100, 10 fills of 10 units: a tick costs 500
    expect(stress.find((c) => c.charges === 1 && c.ticks === 0)?.net).toBe(700);
    expect(stress.find((c) => c.charges === 2 && c.ticks === 1)?.net).toBe(100);
    expect(breakEvenTicks).toBeCloseTo(1.4, 12);
  });

  it('orders change the way, never the sum: no order falls deeper than all losses together', () => {
    const { shuffle } = monteCarlo(input, { seed: 1, draws: 500, blockDays: 1 });
    expect(shuffle.drawdown.p5).toBe(-400);
    expect(shuffle.drawdown.p95).toBe(-300);
  });

  it.each([
    [{ ...input, trades: [] }, { seed: 1, draws: 100, blockDays: 1 }, 'a run with trades'],
    [input, { seed: 1, draws: 5, blockDays: 1 }, '100 to 1000000 draws, found 5'],
    [input, { seed: 1, draws: 100, blockDays: 7 }, 'blocks of 1 to 6 days, found 7'],
  ])('refuses %#', (bad, options, message) => {
    expect(() => monteCarlo(bad, options)).toThrow(message);
  });
});
