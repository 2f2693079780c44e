import { AppError, makeBarColumns, parseIstDate } from '@sos/domain';
import { makeEngineConfig } from '@sos/engine';
import { MOMENTUM_GATES, MomentumSignals } from '../fixtures/momentum-signals.js';
import { paperDay, paperMarket } from '../fixtures/paper-market.js';
import { paperRequest, runPaper } from '../fixtures/run-paper.js';
import type { MarketSource } from '../market-source.js';
import { runBacktest } from './run-backtest.js';

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

describe('a backtest', () => {
  it('gives the same three hashes twice, and a run id that also depends on its start', async () => {
    const first = await runPaper(paperMarket({ hasChain: true }));
    const again = await runPaper(paperMarket({ hasChain: true }));
    const later = await runPaper(paperMarket({ hasChain: true }), paperRequest({ startedAt: 0 as never }));
    expect(first.trades.length).toBeGreaterThan(5);
    expect(again).toEqual(first);
    expect(later.ledgerHash).toBe(first.ledgerHash);
    expect(first.runId).toMatch(/^20260112-180000-[0-9a-f]{12}$/);
    expect(later.runId).not.toBe(first.runId);
  });

  it('changes the data hash with one price, the configuration hash with one setting', async () => {
    const base = await runPaper(paperMarket());
    const otherData = await runPaper(paperMarket({ seed: 2 }));
    const otherSetting = await runPaper(paperMarket(), paperRequest({}, { slippageTicks: 2 }));
    expect(otherData.dataHash).not.toBe(base.dataHash);
    expect(otherData.configHash).toBe(base.configHash);
    expect(otherSetting.configHash).not.toBe(base.configHash);
    expect(otherSetting.ledgerHash).not.toBe(base.ledgerHash);
  });

  it('says what it used of each session and labels itself with the worst source', async () => {
    const run = await runPaper(paperMarket({ hasChain: true, minutes: 370 }));
    expect(run.source).toBe('simulated');
    expect(run.coverage).toEqual([
      {
        underlying: 'NIFTY',
        date: '2026-01-12',
        expectedBars: 375,
        indexBars: 370,
        chainSnapshots: 370,
        chainShare: 1,
        indexSource: 'simulated',
        premiumSource: 'simulated',
        volumeSource: 'option-band',
        origins: ['paper (simulated)'],
      },
    ]);
  });

  it('runs two underlyings through one portfolio, day after day', async () => {
    const request = paperRequest({ underlyings: ['NIFTY', 'BANKNIFTY'], to: parseIstDate('2026-01-16') });
    const run = await runPaper(paperMarket(), request);
    // 2026-01-15 was a holiday (NSE/FAOP/72262): four sessions for each of two underlyings
    expect(run.coverage).toHaveLength(8);
    expect(new Set(run.trades.map((t) => t.underlying))).toEqual(new Set(['NIFTY', 'BANKNIFTY']));
    const times = run.decisions.map((d) => d.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('tells of its progress after each day', async () => {
    const told: string[] = [];
    const request = paperRequest({
      to: parseIstDate('2026-01-13'),
      onProgress: (p) => told.push(`${p.date} ${p.sessionsDone}/${p.sessionsTotal}`),
    });
    await runPaper(paperMarket(), request);
    expect(told).toEqual(['2026-01-12 1/2', '2026-01-13 2/2']);
  });

  it('warms the gates up with the bars before its first day, and hashes them', async () => {
    const asked: string[] = [];
    const bars = makeBarColumns(3);
    const market: MarketSource = {
      ...paperMarket(),
      warmUp: (underlying, date, count) => {
        asked.push(`${underlying} ${date} ${count}`);
        return Promise.resolve(bars);
      },
    };
    const warmed: number[] = [];
    class Warmed extends MomentumSignals {
      override warmUp(given: typeof bars): void {
        warmed.push(given.length);
      }
    }
    const run = await runBacktest(paperRequest({ warmUpBars: 3 }), market, () => new Warmed(MOMENTUM_GATES));
    expect(asked).toEqual(['NIFTY 2026-01-12 3']);
    expect(warmed).toEqual([3]);
    expect(run.dataHash).not.toBe((await runPaper(paperMarket())).dataHash);
  });

  it('skips an underlying on a day of which nothing is known', async () => {
    const market: MarketSource = {
      ...paperMarket(),
      day: (u, date) => Promise.resolve(u === 'BANKNIFTY' ? null : paperDay(u, date)),
    };
    const run = await runPaper(market, paperRequest({ underlyings: ['NIFTY', 'BANKNIFTY'] }));
    expect(run.coverage.map((c) => c.underlying)).toEqual(['NIFTY']);
  });

  it('gathers why gates stayed out', async () => {
    const run = await runPaper(paperMarket());
    expect(run.vetoes).toEqual([
      { gate: 'UP2', underlying: 'NIFTY', phase: 'RUN', condition: 'closes in a row', failed: 1, unknown: 0 },
    ]);
    expect(run.gates).toEqual(['UP2', 'DOWN3', 'UP4', 'DOWN5']);
  });

  it('counts entries that never met a price', async () => {
    const run = await runPaper({
      ...paperMarket(),
      day: (u, date) => Promise.resolve({ ...paperDay(u, date), option: () => null }),
    });
    expect(run.trades).toEqual([]);
    expect(run.unfilledEntries).toBeGreaterThan(0);
    expect(run.decisions.filter((d) => d.kind === 'unfilled')).toHaveLength(run.unfilledEntries);
  });
});

describe('a bad request', () => {
  it.each([
    ['a reversed range', { from: parseIstDate('2026-01-13') }, 'SOS_DATE_RANGE'],
    ['no underlying', { underlyings: [] }, 'SOS_INPUT'],
    ['an underlying twice', { underlyings: ['NIFTY', 'NIFTY'] }, 'SOS_INPUT'],
  ] as const)('%s is refused', async (_what, change, code) => {
    await expect(runPaper(paperMarket(), paperRequest(change)).catch(codeOf)).resolves.toBe(code);
  });

  it('without any session says that nothing is stored', async () => {
    const empty: MarketSource = { ...paperMarket(), sessions: () => Promise.resolve([]) };
    await expect(runPaper(empty).catch(codeOf)).resolves.toBe('SOS_NO_DATA');
  });

  it('with a setting that is not a number never starts', () => {
    expect(() => makeEngineConfig({ dailyLossShare: Number.NaN })).toThrow(
      'expected engine setting dailyLossShare to be a real number from 0.000001 to 1, found NaN',
    );
  });
});
