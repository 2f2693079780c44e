import type { IstDate } from '@sos/domain';
import { quotedRun } from '../fixtures/quoted-run.js';
import { deflatedSharpe, luckySharpe } from '../overfitting/deflated-sharpe.js';
import { mean, rawKurtosis, skewness, standardDeviation } from '../statistics/moments.js';
import { buildReport } from './build-report.js';
import { deflationOf } from './deflation.js';
import { reportSplits } from './report-splits.js';

const RUN = quotedRun();
const REPORT = buildReport(RUN, { expiryOf: () => '2026-01-13' as IstDate });

describe('costs of a report', () => {
  it('go from the mids of the decisions to net, gate by gate', () => {
    // Each of the two legs of a trade was decided in a market 10 paise wide and filled 5 paise beyond its touch, 75 units.
    expect(REPORT.costs.gates).toMatchObject([
      { gate: 'alpha', trades: 3, units: 225, grossAtMidPaise: 64_500, spreadPaise: 2_250, slippagePaise: 2_250 },
      { gate: 'beta', trades: 2, units: 150, grossAtMidPaise: -12_000, spreadPaise: 1_500, slippagePaise: 1_500 },
    ]);
    const sum = REPORT.costs.gates?.reduce((total, row) => total + row.netPaise, 0);
    expect(sum).toBe(REPORT.totals.netPaise);
  });

  it('say at which spread a gate dies', () => {
    const [alpha, beta] = REPORT.costs.gates ?? [];
    expect(alpha?.breakEven.paidPoints.value).toBeCloseTo(0.1, 12);
    // net ₹405.45 + spread ₹22.50 over 225 units
    expect(alpha?.breakEven.diesAtPoints.value).toBeCloseTo(1.902, 12);
    expect(beta?.breakEven.diesAtPoints).toEqual({ value: null, reason: 'the gate does not earn even at no spread' });
  });

  it('are unknown with a reason where fills, or the orders of trades, are', () => {
    const bare = { ...RUN, fills: undefined };
    expect(buildReport(bare).costs).toEqual({ gates: null, reason: 'the fills of the run are not known' });
    const old = { ...RUN, trades: RUN.trades.map((t) => ({ ...t, orderIds: [] })) };
    expect(buildReport(old).costs.reason).toBe('the run was stored before trades named their orders');
    expect(buildReport({ ...bare, trades: [] }).costs).toEqual({ gates: [], reason: null });
  });
});

describe('fill quality of a report', () => {
  it('counts unfilled entries, chases and missed stops, and prices the way from the mid', () => {
    expect(REPORT.fillQuality).toEqual([
      {
        gate: 'alpha',
        trades: 3,
        unfilledEntries: 0,
        unfilledShare: { value: 0, reason: null },
        chasedEntries: 1,
        chasedExits: 1,
        entryChases: 1,
        exitChases: 2,
        missedStops: 1,
        missedStopCostPaise: 1_500,
        beyondMidPaise: { value: 4_500, reason: null },
        beyondMidPoints: { value: 0.1, reason: null },
      },
      expect.objectContaining({ gate: 'beta', unfilledEntries: 1, unfilledShare: { value: 1 / 3, reason: null } }),
    ]);
  });

  it('shows a gate that only tried, and no gate that did not', () => {
    const only = buildReport({ ...RUN, trades: [], fills: [], gates: ['alpha', 'beta', 'gamma'] });
    expect(only.fillQuality.map((r) => [r.gate, r.trades, r.unfilledShare.value])).toEqual([['beta', 0, 1]]);
    expect(only.fillQuality[0]?.beyondMidPaise).toEqual({ value: null, reason: 'no trade with a known quote' });
  });
});

describe('capacity of a report', () => {
  it('is read from the first known order of each trade', () => {
    // a tenth of 7,500, 15,000 and 22,500 units in lots of 75: 10, 20 and 30
    expect(REPORT.capacity[0]).toMatchObject({
      gate: 'alpha',
      entries: 3,
      medianLots: { value: 20 },
      touchLots: { value: 4 },
    });
    expect(REPORT.capacity[0]).toMatchObject({ knownVolumes: 3, knownTouches: 2 });
    const old = { ...RUN, liquidity: undefined };
    expect(buildReport(old).capacity[0]?.medianLots.reason).toBe('no entry with a known volume');
  });
});

describe('splits of a report', () => {
  it('are by each dimension and by gate and each other one, and each adds up to the run', () => {
    expect(REPORT.splits.map((s) => s.dimensions.join(' '))).toEqual([
      'gate',
      'regime',
      'weekday',
      'slot',
      'daysToExpiry',
      'exitReason',
      'gate regime',
      'gate weekday',
      'gate slot',
      'gate daysToExpiry',
      'gate exitReason',
    ]);
    for (const { cells } of REPORT.splits) {
      expect(cells.reduce((sum, c) => sum + c.netPaise, 0)).toBe(REPORT.totals.netPaise);
      expect(cells.reduce((sum, c) => sum + c.trades, 0)).toBe(5);
    }
    const dte = REPORT.splits[4]?.cells.map((c) => [c.labels[0], c.trades]);
    expect(dte).toEqual([
      ['0', 3],
      ['1', 2],
    ]);
  });

  it('know no days to expiry without somebody who reads contracts', () => {
    const [split] = reportSplits(RUN, {}, [['daysToExpiry']]);
    expect(split?.cells.map((c) => c.labels)).toEqual([['unknown']]);
  });
});

describe('the ambiguity band of each gate', () => {
  it('says whether its verdict hinges on the order inside one bar', () => {
    expect(REPORT.ambiguityByGate).toMatchObject([
      { gate: 'alpha', hinging: 0, verdictHinges: false, assumedPaise: 40_545 },
      { gate: 'beta', hinging: 1, verdictHinges: true, worstPaise: -27_970, bestPaise: 32_030 },
    ]);
  });
});

describe('deflation by trials', () => {
  const returns = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -0.004 : 0.003));
  const sharpe = mean(returns) / standardDeviation(returns);
  const moments = { skewness: skewness(returns), kurtosis: rawKurtosis(returns) };

  it('takes the luck of all trials off, with their own variance where it was kept', () => {
    const found = deflationOf(returns, { count: 40, sharpeVariance: 0.01, origin: 'trial ledger' });
    const search = { trials: 40, sharpeVariance: 0.01 };
    expect(found.deflatedSharpe).toEqual(deflatedSharpe({ sharpe, periods: 30, moments }, search));
    expect(found.luckySharpe.value).toBeCloseTo((luckySharpe(search).value ?? 0) * Math.sqrt(252), 12);
    expect(found.statement).toMatch(
      /^deflated by 40 trials \(trial ledger\): skill is real with probability [\d.]+ %$/,
    );
  });

  it('takes them as worthless where it was not: variance 1 ÷ (sessions − 1)', () => {
    const found = deflationOf(returns, { count: 40, sharpeVariance: null, origin: 'x' });
    expect(found.usedVariance.value).toBeCloseTo(1 / 29, 15);
    const told = deflationOf(returns, { count: 40, sharpeVariance: 1 / 29, origin: 'x' });
    expect(found.deflatedSharpe).toEqual(told.deflatedSharpe);
  });

  it('says that nobody counted; one trial has no luck to take off', () => {
    const found = deflationOf(returns);
    expect(found).toMatchObject({ count: 1, origin: 'not counted' });
    expect(found.deflatedSharpe.value).toBeGreaterThan(0.5);
    expect(found.luckySharpe.reason).toBe('one trial has no selection to correct for');
    expect(found.statement).toMatch(/^deflated by 1 trial \(not counted\): /);
  });

  it('says why there is none', () => {
    expect(deflationOf(returns.slice(0, 19)).statement).toContain(
      'no probability, shown from 20 sessions on, found 19',
    );
    expect(deflationOf(returns.map(() => 0)).deflatedSharpe.reason).toBe('all daily returns are equal');
  });

  it.each([
    [{ count: 0, sharpeVariance: null }, 'expected a whole number of trials from 1 on, found 0'],
    [{ count: 2.5, sharpeVariance: null }, 'found 2.5'],
    [{ count: 2, sharpeVariance: -1 }, 'expected a variance of the Sharpe ratios of at least 0, found -1'],
  ])('refuses %j', (trials, message) => {
    expect(() => deflationOf(returns, { ...trials, origin: '' })).toThrow(message);
  });
});
