import type { SessionCoverage } from '@sos/backtester';
import { parseIstDate } from '@sos/domain';
import { marketsOfRun } from './market-of-run.js';

const day = (date: string, ...origins: string[]): SessionCoverage => ({
  underlying: 'NIFTY',
  date: parseIstDate(date),
  expectedBars: 375,
  indexBars: 375,
  chainSnapshots: 0,
  chainShare: 0,
  indexSource: 'simulated',
  premiumSource: null,
  volumeSource: 'none',
  origins,
});

test('each day of a run is read again from the market it came from', () => {
  const coverage = [
    day('2026-01-12', 'index (SIMULATED, seed 7)', 'premiums (SIMULATED, seed 7)'),
    day('2026-01-13', 'SIMULATED-seed-1-model-abcd1234 (simulated)'),
    day('2026-01-14', 'nse-index (recorded)', 'premiums (MODELLED, seed 3)'),
    day('2026-01-15', 'nse-index (recorded)', 'nse-chain (recorded)'),
  ];
  expect(marketsOfRun(coverage)).toEqual({
    '2026-01-12': 'simulated:7',
    '2026-01-13': 'SIMULATED-seed-1-model-abcd1234',
    '2026-01-14': 'modelled:3',
    '2026-01-15': 'imported',
  });
});
