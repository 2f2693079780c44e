import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import { istDateOf, parseIstDate, type EpochMs, type IstDate } from '@sos/domain';
import { compileGates, createSignalSource, type SignalSource } from '@sos/gates';
import { paperMarket } from '../fixtures/paper-market.js';
import { paperRequest } from '../fixtures/run-paper.js';
import { gateOf } from '../honesty/fixtures/sensitive-gates.js';
import { runBacktest } from '../run/run-backtest.js';
import type { MarketSource } from '../market-source.js';
import type { RunResult } from '../run-result.js';
import { ledgerFingerprint } from './ledger-fingerprint.js';
import { runVariants, type VariantSignals } from './run-variants.js';
import type { Variant } from './variant-run.js';

const CONDITIONS = [
  'close > sma(close, 5)',
  'close > sma(close, 9)',
  'chain.pcr > prev(chain.pcr, 1)',
  'chain.pcr > 900',
  'volume > sma(volume, 5)',
  'crossesBelow(close, sma(close, 9))',
];
const REQUEST = paperRequest({ underlyings: ['NIFTY', 'BANKNIFTY'], to: parseIstDate('2026-01-13'), warmUpBars: 50 });
const VARIANTS: readonly Variant[] = CONDITIONS.map((condition, index) => ({
  index,
  gate: `SENSITIVE_${index}`,
  gatesText: gateOf(condition, index),
}));

function compiled(variants: readonly Variant[]) {
  const { gates, problems } = compileGates(variants.map((v) => ({ path: v.gate, text: v.gatesText })));
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return gates;
}

const together: VariantSignals = (_, variants) => createSignalSource(compiled(variants));
// Every test reads the same days: making them takes longer than all runs.
const days = new Map<string, ReturnType<MarketSource['day']>>();
const paper = paperMarket({ hasChain: true, missing: 0.02 });
const MARKET: MarketSource = {
  ...paper,
  day: (underlying, date) => {
    const key = `${underlying} ${date}`;
    const known = days.get(key) ?? paper.day(underlying, date);
    days.set(key, known);
    return known;
  },
};

/** The hash of a backtest's ledger as a sweep makes it: day by day, without record numbers. */
function daily(run: RunResult, sessions: readonly IstDate[]): string {
  const sha = sha256.create();
  for (const [i, day] of sessions.entries()) {
    const isOn = (time: EpochMs): boolean => istDateOf(time) === day;
    const orders = run.orders.filter((o) => isOn(o.time));
    const [fills, trades] = [run.fills.filter((f) => isOn(f.time)), run.trades.filter((t) => isOn(t.exitTime))];
    if (orders.length > 0) sha.update(`${i + 1} ${ledgerFingerprint({ orders, fills, trades })}\n`);
  }
  return bytesToHex(sha.digest());
}

function alone(variant: Variant): Promise<RunResult> {
  const request = { ...REQUEST, gatesText: variant.gatesText };
  return runBacktest(request, MARKET, () => createSignalSource(compiled([variant])));
}

describe('variants run together', () => {
  it('each have the trades, money and hashes of a backtest of that variant alone', async () => {
    const { sessions, source, results } = await runVariants(VARIANTS, {
      request: REQUEST,
      market: MARKET,
      signals: together,
    });
    expect({ sessions, source }).toEqual({ sessions: ['2026-01-12', '2026-01-13'], source: 'simulated' });
    let trades = 0;
    for (const [i, variant] of VARIANTS.entries()) {
      const run = await alone(variant);
      trades += run.trades.length;
      const net = run.trades.reduce((sum, t) => sum + t.net, 0);
      expect(results[i]).toMatchObject({
        variant: i,
        configHash: run.configHash,
        dataHash: run.dataHash,
        ledgerHash: daily(run, sessions),
        trades: run.trades.length,
        net,
        unfilledEntries: run.unfilledEntries,
        failure: null,
      });
      const days = sessions.map((day) =>
        run.trades.filter((t) => istDateOf(t.exitTime) === day).reduce((sum, t) => sum + t.net, 0),
      );
      expect(results[i]?.dayNets).toEqual(days);
    }
    expect(trades).toBeGreaterThan(40);
    expect(results[3]).toMatchObject({
      trades: 0,
      net: 0,
      ledgerHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  it('have the same results whatever company they are run in', async () => {
    const options = { request: REQUEST, market: MARKET, signals: together };
    const whole = await runVariants(VARIANTS, options);
    const halves = [VARIANTS.filter((v) => v.index % 2 === 1), VARIANTS.filter((v) => v.index % 2 === 0)];
    const parts = await Promise.all(halves.map((half) => runVariants(half, options)));
    const merged = parts.flatMap((part) => part.results).sort((a, b) => a.variant - b.variant);
    expect(merged).toEqual(whole.results);
  });

  it('report one that throws as failed and keep the others', async () => {
    const throwing = (inner: SignalSource, variants: readonly Variant[]): SignalSource => {
      const isBad = variants.some((v) => v.index === 2);
      const bar: SignalSource['bar'] = (bars, row, volume, sink) => {
        if (isBad && row === 100) throw new RangeError('division of the undivided');
        inner.bar(bars, row, volume, sink);
      };
      return {
        gates: inner.gates,
        bar,
        warmUp: (bars) => inner.warmUp(bars),
        openSession: (session) => inner.openSession(session),
        chain: (tape, snapshot) => inner.chain(tape, snapshot),
        closeSession: (sink) => inner.closeSession(sink),
        conditionsOf: (gate) => inner.conditionsOf(gate),
        conditionCounts: () => inner.conditionCounts(),
      };
    };
    const options = { request: REQUEST, market: MARKET };
    const good = await runVariants(VARIANTS, { ...options, signals: together });
    const mixed = await runVariants(VARIANTS, {
      ...options,
      signals: (u, variants) => throwing(together(u, variants), variants),
    });
    expect(mixed.results[2]).toMatchObject({ variant: 2, failure: 'division of the undivided', dayNets: [] });
    expect(mixed.results.filter((r) => r.variant !== 2)).toEqual(good.results.filter((r) => r.variant !== 2));
  });

  it('refuse days of which nothing is known', async () => {
    const empty = { ...MARKET, sessions: () => Promise.resolve([]) };
    await expect(runVariants(VARIANTS, { request: REQUEST, market: empty, signals: together })).rejects.toMatchObject({
      code: 'SOS_NO_DATA',
    });
  });
});
