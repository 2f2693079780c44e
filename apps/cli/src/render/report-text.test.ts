import { buildReport } from '@sos/analytics';
import { PLAIN } from '../fixtures/plain-palette.js';
import { smallRun } from '../fixtures/small-run.js';
import { csvLine } from './csv.js';
import { gateCsv } from './gate-csv.js';
import { reportText } from './report-text.js';

const textOf = (run = smallRun()): string => reportText(buildReport(run), PLAIN);
const bodyLines = (text: string): string[] => text.split('\n').filter((l) => /[\p{L}\d]/u.test(l));

describe('the report for people', () => {
  it('shows gates, totals, costs, why gates stayed out, and coverage', () => {
    const text = textOf();
    expect(text).toMatch(
      /│ BRF_SHORT +│ NIFTY +│ +1 │ +100.0 % │ +21–100 % │ +685.15 │ +– │ +685.15 │ +0.00 │ recorded/,
    );
    expect(text).toMatch(/│ VWAP_LONG +│ NIFTY +│ +0 │/);
    expect(text).toMatch(/│ Gross ₹ +│ +750.00 │/);
    expect(text).toMatch(/│ Charges ₹ +│ +64.85 │/);
    expect(text).toMatch(/│ Net ₹ +│ +685.15 │/);
    expect(text).toMatch(/│ Profit factor +│ +– │ no losing trade/);
    expect(text).toMatch(/│ brokerage +│ +40.00 │/);
    expect(text).toContain('refused: daily-loss (1×)');
    expect(text).toContain('FILTER: chain.pcr > 0.8 (20× and 5× no data)');
    expect(text).toContain('374 of 375');
    expect(text).toContain('rulebook 2026.11.20-1, engine 1');
  });

  it('says when the age of the chain kept gates out, and what to do', () => {
    const run = smallRun();
    const coverage = run.coverage.map((c) => ({ ...c, chainShare: 0.25 }));
    const blind = run.vetoes.map((v) => ({ ...v, failed: 5, unknown: 20 }));
    expect(textOf({ ...run, coverage, vetoes: blind })).toContain(
      'NIFTY: the option chain was too old for the gates in 75 % of the minutes, and this is what mostly kept them out; where pages lie far apart give --chain-max-age <minutes>',
    );
    expect(textOf({ ...run, coverage })).not.toContain('--chain-max-age');
    expect(textOf({ ...run, vetoes: blind })).not.toContain('--chain-max-age');
  });

  it('carries no warning for recorded data', () => {
    expect(textOf()).not.toMatch(/SIMULATED|MODELLED|\*\*\*/);
  });

  it.each([
    ['simulated', 'SIMULATED'],
    ['modelled', 'MODELLED'],
  ] as const)('says %s on every line that shows something', (source, label) => {
    const text = textOf(smallRun(source));
    const heads = /^│ (Gate|Figure|Charge|Symbol) /;
    const silent = bodyLines(text).filter((l) => !l.includes(label) && !heads.test(l) && !/FILTER: chain/.test(l));
    expect(silent).toEqual([]);
    expect(text.startsWith('*** ' + label)).toBe(true);
  });

  it('says when sessions of different sources were mixed', () => {
    const run = smallRun('simulated');
    const [session] = run.coverage;
    const mixed = {
      ...run,
      coverage: [...run.coverage, { ...session, indexSource: 'recorded', premiumSource: 'recorded' }],
    };
    expect(textOf(mixed as typeof run)).toContain('*** MIXED sources (sessions: 1 recorded, 1 SIMULATED)');
  });

  it('names the trading days that no data were found for', () => {
    expect(textOf()).not.toContain('no data for');
    const wider = { ...smallRun(), to: '2026-01-16' } as ReturnType<typeof smallRun>;
    expect(textOf(wider)).toContain(
      'NIFTY: no data for 3 of 4 trading days of the shipped calendar: 2026-01-13, 2026-01-14, 2026-01-16',
    );
  });

  it('points at modelled premiums where only the index is known', () => {
    const run = smallRun();
    const coverage = run.coverage.map((c) => ({ ...c, chainSnapshots: 0, premiumSource: null }));
    expect(textOf({ ...run, coverage })).toContain(
      'NIFTY: no premiums on 1 of 1 sessions, so nothing was bought on them',
    );
    expect(textOf()).not.toContain('no premiums');
  });

  it('shows the ambiguity band only where there is one', () => {
    expect(textOf()).not.toContain('Ambiguity band');
    const run = smallRun();
    const withBand = { ...run, ambiguity: { ...run.ambiguity, trades: 2 } };
    expect(textOf(withBand)).toContain('Ambiguity band');
  });
});

describe('the gate table as CSV', () => {
  it('has a line per gate and symbol with the source of its data', () => {
    const [header, first, second] = gateCsv(buildReport(smallRun('simulated'))).split('\n');
    expect(header).toMatch(/^run_id,data,gate,symbol,trades,/);
    expect(first).toBe('20260112-101500-abcdef123456,SIMULATED,BRF_SHORT,NIFTY,1,1,75000,6485,68515,,68515,0,1,0,0');
    expect(second).toContain(',SIMULATED,VWAP_LONG,NIFTY,0,,0,0,0,,,0,');
  });

  it('quotes what would break a line', () => {
    expect(csvLine(['a,b', 'say "x"', null, 1.5, true])).toBe('"a,b","say ""x""",,1.5,true\n');
  });
});
