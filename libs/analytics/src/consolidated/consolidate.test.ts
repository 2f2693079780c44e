import { istInstant, paise, type EpochMs, type IstDate } from '@sos/domain';
import { quotedRun } from '../fixtures/quoted-run.js';
import type { ReportInput } from '../report/report-input.js';
import { consolidate } from './consolidate.js';

const WEDNESDAY = '2026-01-14' as IstDate;

/** The same gates on BANKNIFTY. */
function onBankNifty(run: ReportInput): ReportInput {
  return {
    ...run,
    runId: 'run-2',
    underlyings: ['BANKNIFTY'],
    trades: run.trades.slice(0, 1).map((t) => ({ ...t, underlying: 'BANKNIFTY' })),
    coverage: run.coverage.map((c) => ({ ...c, underlying: 'BANKNIFTY' })),
    decisions: [],
    vetoes: [],
  };
}

/** The gates on a third day, with one more trade that lost nothing and won nothing. */
function onWednesday(run: ReportInput): ReportInput {
  const exitTime = istInstant(WEDNESDAY, '11:00');
  const [first] = run.trades;
  const flat = { gross: paise(6_485), net: paise(0), exitTime, entryTime: (exitTime - 60_000) as EpochMs };
  return {
    ...run,
    runId: 'run-3',
    from: WEDNESDAY,
    to: WEDNESDAY,
    source: 'simulated',
    trades: first === undefined ? [] : [{ ...first, ...flat }],
    coverage: run.coverage.slice(1).map((c) => ({ ...c, date: WEDNESDAY, indexSource: 'simulated' as const })),
    decisions: [],
  };
}

describe('the all-gates table', () => {
  it('of one run has every gate and symbol, every session and the extremes', () => {
    const all = consolidate([quotedRun()]);
    expect(all.rows.map((r) => [r.gate, r.underlying, r.trades, r.netPaise])).toEqual([
      ['alpha', 'NIFTY', 3, 40_545],
      ['beta', 'NIFTY', 2, -27_970],
    ]);
    expect(all.totals).toMatchObject({ grossPaise: 45_000, chargesPaise: 32_425, netPaise: 12_575 });
    expect(all.days.map((d) => [d.date, d.underlying, d.trades.count, d.netPaise])).toEqual([
      ['2026-01-12', 'NIFTY', 2, 17_030],
      ['2026-01-13', 'NIFTY', 3, -4_455],
    ]);
    expect(all.best.map((t) => t.seq)).toEqual([1, 3, 5]);
    expect(all.worst.map((t) => t.seq)).toEqual([2, 4]);
  });

  it('of several runs joins rows of the same gate and symbol, and adds up', () => {
    const all = consolidate([quotedRun(), onBankNifty(quotedRun()), onWednesday(quotedRun())]);
    expect(all.rows.map((r) => [r.gate, r.underlying, r.trades])).toEqual([
      ['alpha', 'NIFTY', 4],
      ['alpha', 'BANKNIFTY', 1],
      ['beta', 'NIFTY', 2],
      ['beta', 'BANKNIFTY', 0],
    ]);
    for (const part of [all.rows, all.symbols, all.days])
      expect(part.reduce((sum, row) => sum + row.netPaise, 0)).toBe(all.totals.netPaise);
    expect(all.rows[2]?.topVetoes).toMatchObject([{ condition: 'chain.pcr > 0.8', failed: 40, unknown: 10 }]);
    expect([all.from, all.to]).toEqual(['2026-01-12', '2026-01-14']);
    expect(all.totals.trades).toMatchObject({ count: 7, wins: 4, losses: 2, scratches: 1 });
    expect(all.provenance).toMatchObject({ label: 'SIMULATED', mixed: true });
    expect(all.days.map((d) => d.underlying)).toEqual(['BANKNIFTY', 'NIFTY', 'BANKNIFTY', 'NIFTY', 'NIFTY']);
  });

  it('keeps ten extremes', () => {
    const run = quotedRun();
    const many = Array.from({ length: 12 }, (_, i) => run.trades.map((t) => ({ ...t, seq: 10 * i + t.seq }))).flat();
    const { best, worst } = consolidate([{ ...run, trades: many }]);
    expect([best.length, worst.length]).toEqual([10, 10]);
    expect(new Set(worst.map((t) => t.net))).toEqual(new Set([-51_485]));
  });

  it('refuses to count a session twice, and no run', () => {
    expect(() => consolidate([quotedRun(), { ...quotedRun(), runId: 'again' }])).toThrow(
      'expected runs that share no session, found alpha on NIFTY of 2026-01-12 in run-1 and again',
    );
    expect(() => consolidate([])).toThrow('expected at least one run to consolidate, found none');
  });
});
