import type { RunDetail, TradeView } from '@sos/contracts';
import { equityLines, runFigures } from './run-figures.js';

const none = { value: null, reason: 'no trades' };
const trade = (seq: number, exitTime: number, netPaise: number): TradeView => ({
  seq,
  gate: 'G',
  underlying: 'NIFTY',
  contract: 'C',
  bias: 'bullish',
  regime: 'BULLISH',
  signalTime: 0,
  entryTime: 0,
  exitTime,
  units: 65,
  entryPrice: 1,
  exitPrice: 1,
  exitReason: 'stop',
  grossPaise: netPaise,
  chargesPaise: 0,
  netPaise,
  reasons: [],
  source: 'simulated',
});
const run: RunDetail = {
  runId: 'r',
  from: '2026-01-12',
  to: '2026-01-12',
  underlyings: ['NIFTY'],
  source: 'simulated',
  trades: 3,
  netPaise: -100_00,
  ledgerHash: '',
  gates: [],
  dataHash: '',
  configHash: '',
  rulebookVersion: '',
  engineVersion: '',
  statement: '',
  markets: {},
  startingCapitalPaise: 1_000_00,
  grossPaise: 0,
  chargesPaise: 0,
  sessions: 1,
  winRate: { value: 0.5, reason: null },
  profitFactor: none,
  expectancyPaise: none,
  sharpe: none,
  maxDrawdownPaise: -300_00,
  unfilledEntries: 0,
  ambiguity: { trades: 0, assumedPaise: 0, bestPaise: 0, worstPaise: 0 },
  days: [],
  gateRows: [],
  costs: [],
  conventions: [],
  tradeList: [trade(2, 2_000, -300_00), trade(1, 1_000, 200_00), trade(3, 2_500, 100_00)],
};

test('equity is told in the order of exits, trades of one second as one point, and drawdown from its peak', () => {
  const [[equity], [drawdown]] = equityLines(run);
  expect(equity?.points).toEqual([
    [19_801, 1_200],
    [19_802, 1_000],
  ]);
  expect(drawdown?.points.map(([, y]) => y)).toEqual([0, -200]);
});

test('a figure that does not exist says why', () => {
  const figures = new Map(runFigures(run));
  expect([figures.get('Win rate'), figures.get('Profit factor'), figures.get('Net')]).toEqual([
    '50.0 %',
    '– (no trades)',
    '₹ ▼ −100.00',
  ]);
});
