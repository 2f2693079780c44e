import type { EpochMs, Side } from '@sos/domain';
import fc from 'fast-check';
import type { DisplayedBook, Level } from './displayed-book.js';
import { Matching, type Match } from './matching.js';

// Laws of matching against what is displayed: price, then time, and never more than was there.

const LOT = 65;
const LAST = 10_000;

interface OrderStep {
  readonly kind: 'order';
  readonly side: Side;
  readonly ticks: number;
  readonly lots: number;
}
interface BookStep {
  readonly kind: 'book';
  readonly bidTicks: number;
  readonly spread: number;
  readonly bidLots: readonly number[];
  readonly askLots: readonly number[];
  readonly lastTicks: number;
  readonly tradedUnits: number;
}
interface CancelStep {
  readonly kind: 'cancel';
  readonly pick: number;
}
type Step = OrderStep | BookStep | CancelStep;

const lotsOf = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    side: fc.constantFrom<Side>('BUY', 'SELL'),
    ticks: fc.integer({ min: -4, max: 4 }),
    lots: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    kind: fc.constant('book' as const),
    bidTicks: fc.integer({ min: -3, max: 2 }),
    spread: fc.integer({ min: 1, max: 3 }),
    bidLots: lotsOf,
    askLots: lotsOf,
    lastTicks: fc.integer({ min: -4, max: 4 }),
    tradedUnits: fc.integer({ min: 0, max: 500 }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat(20) }),
);

const priceAt = (ticks: number): number => LAST + ticks * 5;

function bookOf(s: BookStep, at: number, volume: number): DisplayedBook {
  const levels = (lots: readonly number[], from: number, way: number): Level[] =>
    lots.flatMap((n, i) => (n === 0 ? [] : [{ pricePaise: priceAt(from + way * i), size: n * LOT }]));
  return {
    at: at as EpochMs,
    bids: levels(s.bidLots, s.bidTicks, -1),
    asks: levels(s.askLots, s.bidTicks + s.spread, 1),
    lastPaise: priceAt(s.lastTicks),
    volume,
  };
}

interface Known {
  readonly side: Side;
  readonly limit: number;
  readonly since: number;
  open: number;
}

/** One run of steps, with every law checked as it goes. */
class Witness {
  readonly matching = new Matching(LOT);
  readonly orders = new Map<string, Known>();
  private volume = 0;
  private count = 0;
  private book: DisplayedBook | null = null;
  // Units taken at displayed prices while they stay displayed, by side and price.
  private readonly taken = new Map<string, number>();
  private printed = 0;
  private passive = 0;

  run(s: Step): void {
    if (s.kind === 'order') this.order(s);
    else if (s.kind === 'book') this.show(s);
    else this.cancel(s.pick);
  }

  private order(s: OrderStep): void {
    const id = String(++this.count);
    const [limitPaise, open] = [priceAt(s.ticks), s.lots * LOT];
    this.orders.set(id, { side: s.side, limit: limitPaise, since: this.count, open });
    const matches = this.matching.enter({ id, side: s.side, limitPaise, open });
    for (const m of matches) {
      expect(m.id).toBe(id);
      this.fill(m);
      // An arriving order trades at displayed prices, each no further than its limit.
      expect(this.displayed(s.side).map((level) => level.pricePaise)).toContain(m.pricePaise);
      expect(s.side === 'BUY' ? m.pricePaise <= limitPaise : m.pricePaise >= limitPaise).toBe(true);
      this.takeAt(s.side, m);
    }
  }

  private show(s: BookStep): void {
    this.volume += s.tradedUnits;
    this.printed += s.tradedUnits;
    const book = bookOf(s, ++this.count, this.volume);
    this.book = book;
    for (const key of this.taken.keys()) {
      const [side, price] = key.split(' ');
      if (!this.displayed(side as Side).some((l) => l.pricePaise === Number(price))) this.taken.delete(key);
    }
    const matches = this.matching.show(book);
    const through = new Map<Side, number>([
      ['BUY', 0],
      ['SELL', 0],
    ]);
    for (const m of matches) {
      const known = this.known(m);
      this.checkPriority(m, matches);
      this.fill(m);
      // A resting order trades at its own price.
      expect(m.pricePaise).toBe(known.limit);
      through.set(known.side, (through.get(known.side) ?? 0) + m.size);
    }
    this.checkSizes(through);
  }

  /** What resting orders got is covered by displayed sizes within their limits and by prints. */
  private checkSizes(through: ReadonlyMap<Side, number>): void {
    for (const [side, size] of through) {
      const shown = this.displayed(side).reduce((sum, level) => sum + level.size, 0);
      this.passive += Math.max(0, size - shown);
    }
    expect(this.passive).toBeLessThanOrEqual(this.printed);
  }

  /** Nobody is served while an own order of a better price, or of the same price and earlier, still waits. */
  private checkPriority(m: Match, matches: readonly Match[]): void {
    const known = this.known(m);
    for (const [id, other] of this.orders) {
      if (id === m.id || other.side !== known.side) continue;
      const isBefore =
        other.limit === known.limit
          ? other.since < known.since
          : known.side === 'BUY'
            ? other.limit > known.limit
            : other.limit < known.limit;
      if (!isBefore) continue;
      const got = matches.filter((one) => one.id === id).reduce((sum, one) => sum + one.size, 0);
      const before = matches.slice(0, matches.indexOf(m)).filter((one) => one.id === id);
      const gotBefore = before.reduce((sum, one) => sum + one.size, 0);
      // All that the better one gets in this round it gets before.
      expect(gotBefore).toBe(got);
    }
  }

  private cancel(pick: number): void {
    const id = [...this.orders.keys()][pick % Math.max(1, this.orders.size)];
    if (id === undefined) return;
    this.matching.remove(id);
    this.orders.delete(id);
  }

  private displayed(side: Side): readonly Level[] {
    return (side === 'BUY' ? this.book?.asks : this.book?.bids) ?? [];
  }

  private takeAt(side: Side, m: Match): void {
    const key = `${side} ${m.pricePaise}`;
    const sum = (this.taken.get(key) ?? 0) + m.size;
    this.taken.set(key, sum);
    const shown = this.displayed(side).find((level) => level.pricePaise === m.pricePaise)?.size ?? 0;
    expect(sum).toBeLessThanOrEqual(shown);
  }

  private known(m: Match): Known {
    const known = this.orders.get(m.id);
    if (known === undefined) throw new Error(`order ${m.id} was filled after its cancel`);
    return known;
  }

  private fill(m: Match): void {
    const known = this.known(m);
    expect(m.size % LOT).toBe(0);
    expect(m.size).toBeGreaterThan(0);
    known.open -= m.size;
    // Never more than was asked.
    expect(known.open).toBeGreaterThanOrEqual(0);
    if (known.open === 0) this.orders.delete(m.id);
  }
}

test('any orders in any market: within the limit, within what is displayed or printed, by price and time', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
      const witness = new Witness();
      for (const s of steps) witness.run(s);
    }),
    { numRuns: 500 },
  );
});

describe('one resting order to buy', () => {
  const quiet = {
    spread: 2,
    bidLots: [2],
    askLots: [3],
    lastTicks: 2,
    tradedUnits: 0,
    bidTicks: 0,
    kind: 'book',
  } as const;
  const enter = (matching: Matching, id: string, lots: number, ticks = 0): Match[] =>
    matching.enter({ id, side: 'BUY', limitPaise: priceAt(ticks), open: lots * LOT });
  const shown = (): Matching => {
    const matching = new Matching(LOT);
    matching.show(bookOf(quiet, 1, 1_000));
    return matching;
  };

  test('waits until what was displayed before it has traded', () => {
    const matching = shown();
    expect(enter(matching, 'a', 2)).toEqual([]);
    // Two lots are before it: the first 130 units at its price serve them.
    expect(matching.show(bookOf({ ...quiet, lastTicks: 0 }, 2, 1_130))).toEqual([]);
    expect(matching.show(bookOf({ ...quiet, lastTicks: 0 }, 3, 1_195))).toEqual([
      { id: 'a', pricePaise: LAST, size: LOT },
    ]);
  });

  test('moves up when those before it leave', () => {
    const matching = shown();
    enter(matching, 'a', 1);
    expect(matching.show(bookOf({ ...quiet, bidLots: [1] }, 2, 1_000))).toEqual([]);
    expect(matching.show(bookOf({ ...quiet, bidLots: [1], lastTicks: 0 }, 3, 1_130))).toEqual([
      { id: 'a', pricePaise: LAST, size: LOT },
    ]);
  });

  test('is served at its own price by a print beyond it, and shares prints with an earlier order of its own side', () => {
    const matching = shown();
    enter(matching, 'a', 1);
    enter(matching, 'b', 2);
    expect(matching.show(bookOf({ ...quiet, bidTicks: -3, spread: 1, askLots: [0], lastTicks: -1 }, 2, 1_130))).toEqual(
      [
        { id: 'a', pricePaise: LAST, size: LOT },
        { id: 'b', pricePaise: LAST, size: LOT },
      ],
    );
  });

  test('takes a displayed size once, for as long as its price stays displayed', () => {
    const matching = shown();
    const taking = { id: 'a', side: 'BUY', limitPaise: priceAt(2), open: 5 * LOT } as const;
    expect(matching.enter(taking)).toEqual([{ id: 'a', pricePaise: priceAt(2), size: 3 * LOT }]);
    expect(matching.show(bookOf(quiet, 2, 1_000))).toEqual([]);
    expect(matching.show(bookOf({ ...quiet, askLots: [4] }, 3, 1_000))).toEqual([
      { id: 'a', pricePaise: priceAt(2), size: LOT },
    ]);
    matching.show(bookOf({ ...quiet, spread: 3 }, 4, 1_000));
    expect(matching.show(bookOf(quiet, 5, 1_000))).toEqual([{ id: 'a', pricePaise: priceAt(2), size: LOT }]);
  });
});
