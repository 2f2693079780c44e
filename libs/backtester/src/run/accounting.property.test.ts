import { CHARGE_HEADS, parseIstDate, type FillRecord, type TradeRecord } from '@sos/domain';
import fc from 'fast-check';
import { paperMarket } from '../fixtures/paper-market.js';
import { paperRequest, runPaper } from '../fixtures/run-paper.js';
import type { RunResult } from '../run-result.js';

const RANDOM_DAYS = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  hasChain: fc.boolean(),
  missing: fc.constantFrom(0, 0.05, 0.4),
  volatility: fc.constantFrom(0.1, 0.3, 0.9),
  kind: fc.constantFrom('bars' as const, 'quotes' as const),
});

const cashOf = (fills: readonly FillRecord[]): number =>
  fills.reduce((sum, f) => sum + (f.side === 'SELL' ? 1 : -1) * f.price * f.units - f.charges.total, 0);

function openUnits(run: RunResult): number[] {
  const held = new Map<string, number>();
  for (const f of run.fills)
    held.set(f.contract, (held.get(f.contract) ?? 0) + (f.side === 'BUY' ? f.units : -f.units));
  return [...held.values()];
}

/** Names of the laws that a trade breaks. */
function brokenLaws(t: TradeRecord): string[] {
  const heads = CHARGE_HEADS.reduce((sum, head) => sum + t.charges[head], 0);
  const laws: Record<string, boolean> = {
    'heads make the total': heads === t.charges.total,
    'gross is price difference times units': t.gross === (t.exitPrice - t.entryPrice) * t.units,
    'net is gross less charges': t.net === t.gross - heads,
    'risk is positive': t.initialRisk > 0,
    'adverse is no better than the result': t.maxAdverse <= Math.min(0, t.gross),
    'favourable is no worse than the result': t.maxFavourable >= Math.max(0, t.gross),
    'signal, entry, exit in this order': t.signalTime <= t.entryTime && t.entryTime <= t.exitTime,
    'prices are on the tick': t.entryPrice % 5 === 0 && t.exitPrice % 5 === 0,
  };
  return Object.keys(laws).filter((law) => laws[law] === false);
}

/** The laws of accounting that hold on any day. */
function expectBalanced(run: RunResult): void {
  expect(run.trades.flatMap(brokenLaws)).toEqual([]);
  expect(run.trades.reduce((sum, t) => sum + t.net, 0)).toBe(cashOf(run.fills));
  expect(openUnits(run).every((units) => units === 0)).toBe(true);
  expect(run.fills).toHaveLength(2 * run.trades.length);
  expect(run.orders.filter((o) => o.status === 'filled')).toHaveLength(run.fills.length);
  expect(run.trades.filter((t) => t.ambiguous)).toHaveLength(run.ambiguity.trades);
  expect(run.ambiguity.best).toBeGreaterThanOrEqual(run.ambiguity.worst);
}

it('gross less every charge head is net to the paisa, fills are positions are ledger, and the day ends flat', async () => {
  let trades = 0;
  await fc.assert(
    fc.asyncProperty(RANDOM_DAYS, async (options) => {
      const run = await runPaper(paperMarket(options));
      trades += run.trades.length;
      expectBalanced(run);
    }),
    { numRuns: 20 },
  );
  expect(trades).toBeGreaterThan(100);
});

it('holds over days and underlyings of one portfolio', async () => {
  const request = paperRequest({ underlyings: ['NIFTY', 'BANKNIFTY'], to: parseIstDate('2026-01-16') });
  const run = await runPaper(paperMarket({ hasChain: true, missing: 0.02 }), request);
  expect(run.trades.length).toBeGreaterThan(20);
  expectBalanced(run);
});
