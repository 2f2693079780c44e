import {
  CHARGE_HEADS,
  istInstant,
  paise,
  type ChargeBreakdown,
  type ContractId,
  type DecisionRecord,
  type EpochMs,
  type IstDate,
  type Lots,
  type TradeRecord,
  type Units,
} from '@sos/domain';
import { sharpe, sortino } from '../returns/performance.js';
import { buildReport } from './build-report.js';
import type { ReportCoverage, ReportInput } from './report-input.js';

const MONDAY = '2026-01-12' as IstDate;
const TUESDAY = '2026-01-13' as IstDate;

function charges(total: number): ChargeBreakdown {
  const rest = total - 2_000 - 360;
  return {
    brokerage: paise(2_000),
    stt: paise(rest),
    exchange: paise(0),
    ipft: paise(0),
    sebi: paise(0),
    stamp: paise(0),
    gst: paise(360),
    total: paise(total),
  };
}

function trade(seq: number, gross: number, extra: Partial<TradeRecord> = {}): TradeRecord {
  const entryTime = istInstant(MONDAY, `10:${String(seq).padStart(2, '0')}`);
  return {
    seq,
    gate: 'alpha',
    underlying: 'NIFTY',
    contract: 'NIFTY13JAN2625700CE' as ContractId,
    bias: 'bullish',
    regime: 'BULLISH',
    signalTime: entryTime,
    entryTime,
    exitTime: (entryTime + 300_000) as EpochMs,
    lots: 1 as Lots,
    units: 75 as Units,
    entryPrice: paise(10_000),
    exitPrice: paise(10_000 + gross / 75),
    exitReason: gross > 0 ? 'target' : 'stop',
    ambiguous: false,
    gross: paise(gross),
    charges: charges(5_000),
    net: paise(gross - 5_000),
    worst: paise(gross - 5_000),
    best: paise(gross - 5_000),
    orderIds: [],
    entryChases: 0,
    exitChases: 0,
    missedStopCost: null,
    initialRisk: paise(80_000),
    maxAdverse: paise(Math.min(gross, -7_500)),
    maxFavourable: paise(Math.max(gross, 7_500)),
    reasons: [],
    source: 'recorded',
    ...extra,
  };
}

function session(date: IstDate, extra: Partial<ReportCoverage> = {}): ReportCoverage {
  return {
    underlying: 'NIFTY',
    date,
    expectedBars: 375,
    indexBars: 375,
    chainSnapshots: 300,
    chainShare: 0.9,
    indexSource: 'recorded',
    premiumSource: 'recorded',
    volumeSource: 'option-band',
    origins: ['nse-chain (recorded)'],
    ...extra,
  };
}

function decision(seq: number, kind: DecisionRecord['kind'], reason: string): DecisionRecord {
  return { seq, time: istInstant(MONDAY, '10:00'), underlying: 'NIFTY', gate: 'beta', kind, reason, detail: '' };
}

const INPUT: ReportInput = {
  runId: 'run-1',
  from: MONDAY,
  to: TUESDAY,
  underlyings: ['NIFTY'],
  gates: ['alpha', 'beta'],
  source: 'recorded',
  startingCapital: paise(10_000_000),
  trades: [trade(1, 75_000), trade(2, -37_500), trade(3, 15_000, { ambiguous: true })],
  decisions: [
    decision(1, 'signal', 'trigger'),
    decision(2, 'refused', 'daily-loss'),
    decision(3, 'unfilled', 'no-quote'),
    decision(4, 'refused', 'daily-loss'),
    decision(5, 'refused', 'cooldown'),
  ],
  vetoes: [
    { gate: 'beta', underlying: 'NIFTY', phase: 'FILTER', condition: 'chain.pcr > 0.8', failed: 20, unknown: 5 },
    { gate: 'beta', underlying: 'NIFTY', phase: 'FILTER', condition: 'volume > 0', failed: 0, unknown: 40 },
    { gate: 'beta', underlying: 'NIFTY', phase: 'FILTER', condition: 'close > vwap', failed: 0, unknown: 0 },
  ],
  coverage: [session(MONDAY), session(TUESDAY)],
  unfilledEntries: 1,
  ambiguity: { trades: 1, assumed: paise(10_000), best: paise(20_000), worst: paise(-5_000) },
  dataHash: 'd',
  configHash: 'c',
  ledgerHash: 'l',
  rulebookVersion: '2026.1',
  engineVersion: '0.0.1',
};

describe('report', () => {
  it('has one row per gate and symbol, traded or not, that adds up', () => {
    const report = buildReport(INPUT);
    expect(report.rows.map((r) => [r.gate, r.underlying, r.trades])).toEqual([
      ['alpha', 'NIFTY', 3],
      ['beta', 'NIFTY', 0],
    ]);
    const alpha = report.rows[0];
    expect(alpha).toMatchObject({ grossPaise: 52_500, chargesPaise: 15_000, netPaise: 37_500, ambiguousTrades: 1 });
    expect(alpha?.winRate.value).toBeCloseTo(2 / 3, 12);
    expect(alpha?.profitFactor.value).toBeCloseTo(80_000 / 42_500, 12);
    expect(alpha?.expectancyPaise.value).toBe(12_500);
    expect(alpha?.maxDrawdownPaise).toBe(-42_500);
  });

  it('says why a gate did not trade: conditions, unknown data included, and refusals', () => {
    const beta = buildReport(INPUT).rows[1];
    expect(beta?.winRate).toEqual({ value: null, reason: 'no trades' });
    expect(beta?.topVetoes.map((v) => v.condition)).toEqual(['volume > 0', 'chain.pcr > 0.8']);
    expect(beta?.refusals).toEqual([
      { reason: 'daily-loss', count: 2 },
      { reason: 'cooldown', count: 1 },
    ]);
    expect(beta).toMatchObject({ signals: 1, unfilledEntries: 1 });
  });

  it('sums costs by head to the charges of the run', () => {
    const report = buildReport(INPUT);
    expect(report.costsByHeadPaise).toMatchObject({ brokerage: 6_000, gst: 1_080, stt: 7_920 });
    const total = CHARGE_HEADS.reduce((sum, head) => sum + report.costsByHeadPaise[head], 0);
    expect(total).toBe(report.totals.chargesPaise);
  });

  it('has daily figures that include the day without trades', () => {
    const { totals, days } = buildReport(INPUT);
    expect(days.map((d) => [d.date, d.trades, d.dayReturn])).toEqual([
      [MONDAY, 3, 0.00375],
      [TUESDAY, 0, 0],
    ]);
    expect(totals.sessions).toBe(2);
    expect(totals.daily.sharpe.reason).toBe('shown from 20 sessions on, found 2');
    expect(totals.exposure.value).toBeCloseTo(7 / 750, 12);
    expect(totals.expectancyIntervalPaise).toBeNull();
  });

  it('annualises from 20 sessions on, and resamples days from 5 on', () => {
    const dates = Array.from({ length: 20 }, (_, i) => `2026-02-${String(i + 1).padStart(2, '0')}` as IstDate);
    const trades = dates.map((date, i) => {
      const [entryTime, exitTime] = [istInstant(date, '10:05'), istInstant(date, '10:10')];
      return trade(i + 1, i % 2 === 0 ? 75_000 : -37_500, { entryTime, exitTime });
    });
    const { totals, days } = buildReport({ ...INPUT, trades, coverage: dates.map((date) => session(date)) });
    const returns = days.map((d) => d.dayReturn);
    expect(days).toHaveLength(20);
    expect(totals.daily.sharpe).toEqual(sharpe(returns));
    expect(totals.daily.sortino).toEqual(sortino(returns));
    expect(totals.daily.probabilisticSharpe.value).toBeGreaterThan(0.5);
    expect(totals.expectancyIntervalPaise).toMatchObject({
      generator: 'xoshiro128**',
      draws: 10_000,
      confidence: 0.95,
    });
    expect(totals.expectancyIntervalPaise?.low).toBeLessThan(totals.trades.expectancy.value ?? 0);
    expect(totals.expectancyIntervalPaise?.high).toBeGreaterThan(totals.trades.expectancy.value ?? 0);
  });

  it('refuses a ledger that does not add up', () => {
    const wrong = { ...INPUT, trades: [trade(1, 75_000, { net: paise(75_000) })] };
    expect(() => buildReport(wrong)).toThrow('expected gross − charges = net for trade 1 of alpha');
    const heads = { ...INPUT, trades: [trade(1, 75_000, { charges: { ...charges(5_000), stt: paise(0) } })] };
    expect(() => buildReport(heads)).toThrow('expected charge heads that add up to 5000, found 2360 paise');
  });
});

describe('provenance of a report', () => {
  it('needs no label for recorded data', () => {
    expect(buildReport(INPUT).provenance).toMatchObject({
      label: null,
      mixed: false,
      statement: 'recorded market data',
    });
  });

  it('labels simulated sessions', () => {
    const coverage = [session(MONDAY, { indexSource: 'simulated', premiumSource: 'simulated' })];
    const { provenance } = buildReport({ ...INPUT, source: 'simulated', coverage });
    expect(provenance.label).toBe('SIMULATED');
    expect(provenance.statement).toMatch(/^SIMULATED: prices were made by the simulated market/);
  });

  it('labels premiums modelled on a recorded index', () => {
    const { provenance } = buildReport({
      ...INPUT,
      source: 'modelled',
      coverage: [session(MONDAY, { premiumSource: 'modelled' })],
    });
    expect(provenance.label).toBe('MODELLED');
    expect(provenance.rows).toEqual([{ underlying: 'NIFTY', index: 'recorded', premiums: 'modelled', sessions: 1 }]);
  });

  it('never mixes silently', () => {
    const coverage = [session(MONDAY), session(TUESDAY, { indexSource: 'simulated', premiumSource: 'simulated' })];
    const { provenance } = buildReport({ ...INPUT, source: 'simulated', coverage });
    expect(provenance.mixed).toBe(true);
    expect(provenance.statement).toBe(
      'MIXED sources (sessions: 1 recorded, 1 SIMULATED); the whole result counts as SIMULATED',
    );
  });
});
