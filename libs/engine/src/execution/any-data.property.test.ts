import type { Signal } from '@sos/gates';
import fc from 'fast-check';
import { Desk, type TestMinute, type TestRow } from '../fixtures/desk.js';
import { gateProfile } from '../fixtures/scripted-signals.js';

/** Prices as vendors really send them: mostly near the last one, sometimes unknown, zero, negative, endless or absurd. */
const PRICE = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 60, max: 320, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(Number.NaN, 0, -5, 0.05, 1e9, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  },
);

const SIZE = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(Number.NaN, 1e6));

const ROW: fc.Arbitrary<TestRow> = fc.record(
  {
    bidQty: SIZE,
    askQty: SIZE,
    volume: SIZE,
    open: PRICE,
    high: PRICE,
    low: PRICE,
    close: PRICE,
    bid: PRICE,
    ask: PRICE,
  },
  { requiredKeys: ['open'] },
);

const INDEX = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 24_800, max: 25_200, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY) },
);

const SIGNAL: fc.Arbitrary<Partial<Signal>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.constant({ gate: 1, stop: 25_050, target: 24_900 }) },
  {
    weight: 1,
    arbitrary: fc.record({
      gate: fc.constantFrom(0, 1),
      stop: fc.constantFrom(24_950, 25_050, Number.NaN),
      target: fc.constantFrom(25_100, 24_900, Number.POSITIVE_INFINITY),
      sizeMultiplier: fc.constantFrom(1, 2.5, 9, Number.NaN, -1),
    }),
  },
);

const MINUTE: fc.Arbitrary<TestMinute> = fc.record(
  {
    index: INDEX,
    indexLow: INDEX,
    option: ROW,
    signal: SIGNAL,
  },
  { requiredKeys: [] },
);

/** Units bought at one instant beyond what any row displayed. */
function boughtBeyondDisplayed({ out, offered }: Desk): number[] {
  const most = Math.max(0, ...offered);
  return out.fills.filter((f) => f.side === 'BUY' && f.units > most).map((f) => f.units);
}

/** Orders that traded after they were withdrawn. */
function filledAfterEnd({ out }: Desk): number[] {
  const ended = new Map(out.orders.filter((o) => o.status === 'cancelled').map((o) => [o.orderId, o.seq]));
  return out.fills.filter((f) => (ended.get(f.orderId) ?? Infinity) < f.seq).map((f) => f.orderId);
}

it('no data, however broken, stops a step or leaves the books unbalanced', () => {
  let trades = 0;
  fc.assert(
    fc.property(
      fc.array(MINUTE, { minLength: 20, maxLength: 120 }),
      fc.constantFrom('bars' as const, 'quotes' as const),
      (minutes, kind) => {
        const gates = [gateProfile(), gateProfile({ id: 'DOWN', bias: 'bearish' })];
        const desk = new Desk({ kind, gates, config: { cooldownMinutes: 0, lossesInRow: 100 } });
        for (const minute of minutes) desk.minute(minute);
        desk.close();
        trades += desk.out.trades.length;
        const { fills, trades: ledger } = desk.out;
        const cash = fills.reduce((s, f) => s + (f.side === 'SELL' ? 1 : -1) * f.price * f.units - f.charges.total, 0);
        expect(ledger.reduce((sum, t) => sum + t.net, 0)).toBe(cash);
        expect([desk.state.realised, desk.state.outlay]).toEqual([cash, 0]);
        expect(desk.positions).toEqual([]);
        expect(desk.watched).toEqual([]);
        expect(fills.every((f) => f.price >= 5 && f.price % 5 === 0 && f.units % 65 === 0)).toBe(true);
        expect(boughtBeyondDisplayed(desk)).toEqual([]);
        expect(filledAfterEnd(desk)).toEqual([]);
        for (const t of ledger) expect(t.maxAdverse <= 0 && t.maxFavourable >= 0 && t.initialRisk > 0).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
  expect(trades).toBeGreaterThan(200);
});
