import { istInstant, parseIstDate, type EpochMs, type Side } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import fc from 'fast-check';
import { FaultMenu } from '../faults.js';
import type { DisplayedBook } from './displayed-book.js';
import { OrderDesk, type DeskUpdate } from './order-desk.js';
import { isFinal, openUnits, type OrderTicket } from './order-record.js';

// Laws of the desk over any day: money and units are neither made nor lost, and what was told adds up to what is.

const LOT = 65;
const DAY = parseIstDate('2026-01-12');
const OPENING = 2_000_000_000;
const contracts = [26_000, 26_100].map((strike) =>
  optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-13'), strike, right: 'CE' }),
);

const step = fc.oneof(
  fc.record({
    kind: fc.constant('place' as const),
    which: fc.nat(1),
    side: fc.constantFrom<Side>('BUY', 'SELL'),
    ticks: fc.integer({ min: -4, max: 5 }),
    lots: fc.integer({ min: 1, max: 30 }),
    type: fc.constantFrom('LIMIT' as const, 'SL' as const),
    validity: fc.constantFrom('DAY' as const, 'IOC' as const),
  }),
  fc.record({
    kind: fc.constant('book' as const),
    which: fc.nat(1),
    bidTicks: fc.integer({ min: -3, max: 3 }),
    sizes: fc.tuple(fc.nat(8), fc.nat(8)),
    lastTicks: fc.integer({ min: -4, max: 4 }),
    traded: fc.nat(800),
  }),
  fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat(50) }),
  fc.record({
    kind: fc.constant('modify' as const),
    pick: fc.nat(50),
    ticks: fc.integer({ min: -4, max: 5 }),
    lots: fc.integer({ min: 1, max: 30 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const priceAt = (ticks: number): number => 10_000 + 5 * ticks;

class Day {
  readonly told: DeskUpdate[] = [];
  readonly desk: OrderDesk;
  private now = istInstant(DAY, '10:00');
  private readonly volumes = [0, 0];

  constructor(seed: number) {
    this.desk = new OrderDesk({
      cashPaise: OPENING,
      faults: new FaultMenu({
        seed,
        orders: [
          { fault: 'partial-then-cancel', probability: 0.1 },
          { fault: 'reject', probability: 0.05 },
          { fault: 'fill-before-ack', probability: 0.1 },
        ],
      }),
      now: () => this.now,
      phase: () => ({ isOpen: true, isHalted: false, session: DAY, isOver: () => false }),
      onUpdates: (updates) => this.told.push(...updates),
    });
    for (const which of [0, 1]) {
      this.desk.watch(String(which), LOT);
      this.run({ kind: 'book', which, bidTicks: 0, sizes: [4, 4], lastTicks: 0, traded: 0 });
    }
  }

  run(s: Step): void {
    this.now = (this.now + 500) as EpochMs;
    if (s.kind === 'book') this.desk.show(String(s.which), this.book(s));
    else if (s.kind === 'place') this.desk.place(this.ticket(s), LOT);
    else {
      const live = this.desk.live();
      const order = live[s.pick % Math.max(1, live.length)];
      if (order === undefined) return;
      if (s.kind === 'cancel') this.desk.cancel(order);
      else this.desk.modify(order, { ...order.ticket, limitPaise: priceAt(s.ticks), quantity: s.lots * LOT });
    }
  }

  private book(s: Extract<Step, { kind: 'book' }>): DisplayedBook {
    const volume = (this.volumes[s.which] ?? 0) + s.traded;
    this.volumes[s.which] = volume;
    const side = (lots: number, ticks: number) =>
      lots === 0 ? [] : [{ pricePaise: priceAt(ticks), size: lots * LOT }];
    const [bids, asks] = [side(s.sizes[0], s.bidTicks), side(s.sizes[1], s.bidTicks + 2)];
    return { at: this.now, bids, asks, lastPaise: priceAt(s.lastTicks), volume };
  }

  private ticket(s: Extract<Step, { kind: 'place' }>): OrderTicket {
    const limitPaise = priceAt(s.ticks);
    return {
      instrumentKey: String(s.which),
      contract: contracts[s.which] ?? optionContract({ underlying: 'NIFTY', expiry: DAY, strike: 1, right: 'CE' }),
      side: s.side,
      quantity: s.lots * LOT,
      product: 'I',
      validity: s.validity,
      type: s.type,
      limitPaise,
      triggerPaise: s.type === 'SL' ? limitPaise : 0,
      disclosedQuantity: 0,
      tag: null,
      protectionPercent: null,
    };
  }
}

function checkMoney({ desk }: Day): void {
  const funds = desk.funds();
  const trades = desk.trades();
  const paid = trades.reduce((sum, t) => sum + (t.side === 'BUY' ? -1 : 1) * t.pricePaise * t.size, 0);
  expect(funds.cashPaise).toBe(OPENING + paid);
  // What was paid is what is held at its average, less what was realised.
  const worth = desk.account.positions().reduce((sum, p) => sum + p.quantity * p.averagePaise - p.realisedPaise, 0);
  expect(worth).toBeCloseTo(-paid, 3);
  for (const p of desk.account.positions()) {
    const mine = trades.filter((t) => t.order.ticket.instrumentKey === p.instrumentKey);
    expect(p.quantity).toBe(mine.reduce((sum, t) => sum + (t.side === 'BUY' ? t.size : -t.size), 0));
    expect(p.bought - p.sold).toBe(p.quantity);
  }
}

function checkOrders({ desk, told }: Day): void {
  for (const order of desk.all()) {
    const mine = desk.trades().filter((t) => t.order.id === order.id);
    expect(order.filled).toBe(mine.reduce((sum, t) => sum + t.size, 0));
    expect(order.filledPaise).toBe(mine.reduce((sum, t) => sum + t.size * t.pricePaise, 0));
    expect(openUnits(order)).toBeGreaterThanOrEqual(0);
    expect(order.status === 'complete').toBe(openUnits(order) === 0);
    for (const { order: then, side, pricePaise } of mine) {
      const { limitPaise } = then.ticket;
      expect(side === 'BUY' ? pricePaise <= limitPaise : pricePaise >= limitPaise).toBe(true);
    }
    // Nothing happens to an order after its end, and what was filled never shrinks.
    const end = order.history.findIndex(isFinal);
    expect(end === -1 || end === order.history.length - 1).toBe(true);
    expect(order.history.every((view, i) => view.filled >= (order.history[i - 1]?.filled ?? 0))).toBe(true);
    const updates = told.filter((u) => u.kind === 'order' && u.order.id === order.id);
    expect(updates).toHaveLength(order.history.length);
  }
}

test('any day of orders and quotes, with faults: cash, positions, trades, orders and updates agree to the paisa', () => {
  let trades = 0;
  let short = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), fc.integer(), (steps, seed) => {
      const day = new Day(seed);
      for (const s of steps) day.run(s);
      checkMoney(day);
      checkOrders(day);
      trades += day.desk.trades().length;
      short += day.desk.account.positions().filter((p) => p.quantity < 0).length;
    }),
    { numRuns: 300 },
  );
  // The laws were not proven on empty days.
  expect(trades).toBeGreaterThan(600);
  expect(short).toBeGreaterThan(10);
});
