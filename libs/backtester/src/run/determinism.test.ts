import { parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import { compileGates, createSignalSource, type GateSignalSource } from '@sos/gates';
import { paperMarket } from '../fixtures/paper-market.js';
import { paperRequest } from '../fixtures/run-paper.js';
import { randomStream } from '../fixtures/random-stream.js';
import { gateOf } from '../honesty/fixtures/sensitive-gates.js';
import type { MarketSource } from '../market-source.js';
import { runBacktest } from './run-backtest.js';

const CONDITIONS = [
  'crossesAbove(close, sma(close, 9))',
  'crossesBelow(close, sma(close, 9))',
  'rsi(close, 14) < 35',
  'rsi(close, 14) > 65',
  'high > highest(prev.high, 10)',
  'low < lowest(prev.low, 10)',
];
const FILES = CONDITIONS.map((condition, i) => ({ path: `gate-${i}.json`, text: gateOf(condition, i) }));
const REQUEST = paperRequest({
  underlyings: ['NIFTY', 'BANKNIFTY'],
  to: parseIstDate('2026-01-13'),
  gatesText: 'six gates',
});

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomStream(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The same days, answered in another order and after other waits. */
function scrambled(market: MarketSource, seed: number): MarketSource {
  const random = randomStream(seed);
  const later = async <T>(answer: Promise<T>): Promise<T> => {
    for (let turns = Math.floor(8 * random()); turns > 0; turns--) await Promise.resolve();
    return answer;
  };
  return {
    sessions: async (u: Underlying, from: IstDate, to: IstDate) => shuffled(await market.sessions(u, from, to), seed),
    day: (u, date) => later(market.day(u, date)),
    warmUp: (u, date, bars) => later(market.warmUp(u, date, bars)),
  };
}

function signals(seed: number): () => GateSignalSource {
  const { gates, problems } = compileGates(seed === 0 ? FILES : shuffled(FILES, seed));
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return () => createSignalSource(gates);
}

test('ten runs, with gates loaded and days answered in any order, make one ledger', async () => {
  const hashes = new Set<string>();
  let trades = 0;
  for (let run = 0; run < 10; run++) {
    const market = paperMarket({ seed: 5, hasFuture: true });
    const result = await runBacktest(REQUEST, run === 0 ? market : scrambled(market, run), signals(run));
    trades = result.trades.length;
    hashes.add([result.ledgerHash, result.configHash, result.dataHash].join(' '));
  }
  expect(trades).toBeGreaterThan(10);
  expect([...hashes]).toHaveLength(1);
});
