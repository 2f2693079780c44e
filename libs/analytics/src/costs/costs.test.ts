import { paise, type ChargeBreakdown, type Side, type Units } from '@sos/domain';
import { breakEvenSpread } from './break-even-spread.js';
import { capacities, type CapacityEntry } from './capacity.js';
import { costWaterfalls } from './cost-waterfall.js';
import type { QuotedLeg, QuotedTrade } from './quoted-trade.js';
import { quotedTrades, type DecidedFill } from './quoted-trades.js';

const CHARGES: ChargeBreakdown = {
  brokerage: paise(4000),
  stt: paise(1100),
  exchange: paise(520),
  ipft: paise(7),
  sebi: paise(2),
  stamp: paise(23),
  gst: paise(815),
  total: paise(6467),
};

function leg(side: Side, price: number, quote: readonly [number, number] | null, units = 75): QuotedLeg {
  return {
    side,
    units: units as Units,
    price: paise(price),
    quote: quote === null ? null : { bid: paise(quote[0]), ask: paise(quote[1]) },
  };
}

function trade(legs: readonly QuotedLeg[], gate = 'A'): QuotedTrade {
  const gross = legs.reduce((sum, l) => sum + (l.side === 'BUY' ? -1 : 1) * l.price * l.units, 0);
  return { gate, gross: paise(gross), charges: CHARGES, legs };
}

/** Bought at 101.10 on 100.80 / 101.05, sold at 104.90 on 104.95 / 105.15: mids 100.925 and 105.05. */
const TYPICAL = trade([leg('BUY', 10_110, [10_080, 10_105]), leg('SELL', 10_490, [10_495, 10_515])]);

describe('cost waterfall', () => {
  test('from the mid of the signal to net, every step exact', () => {
    const [row] = costWaterfalls([TYPICAL]);
    expect(row).toEqual({
      gate: 'A',
      trades: 1,
      units: 75,
      // (105.05 − 100.925) × 75 = ₹309.375; the entry's half spread 9.375 is rounded up to 9.38
      grossAtMidPaise: 30_938,
      // 12.5 × 75 = 937.5 → 938, and 10 × 75
      spreadPaise: 938 + 750,
      // 0.05 above the ask and 0.05 below the bid
      slippagePaise: 375 + 375,
      grossPaise: 28_500,
      chargesPaise: { brokerage: 4000, stt: 1100, exchange: 520, ipft: 7, sebi: 2, stamp: 23, gst: 815 },
      netPaise: 28_500 - 6467,
      unquoted: { trades: 0, netPaise: 0 },
    });
  });

  test('a fill better than the touch is negative slippage', () => {
    const [row] = costWaterfalls([
      trade([leg('BUY', 10_090, [10_080, 10_100]), leg('SELL', 10_090, [10_080, 10_100])]),
    ]);
    expect([row?.grossAtMidPaise, row?.spreadPaise, row?.slippagePaise, row?.grossPaise]).toEqual([0, 1500, -1500, 0]);
  });

  test('a trade with one unknown quote is counted apart', () => {
    const bare = trade([leg('BUY', 10_000, null), leg('SELL', 10_200, [10_200, 10_210])]);
    const rows = costWaterfalls([TYPICAL, bare, trade(bare.legs, 'B')]);
    expect(rows.map((r) => [r.gate, r.trades, r.units, r.netPaise, r.unquoted])).toEqual([
      ['A', 1, 75, 22_033, { trades: 1, netPaise: 15_000 - 6467 }],
      ['B', 0, 0, 0, { trades: 1, netPaise: 15_000 - 6467 }],
    ]);
  });

  test('several fills of one leg count each', () => {
    const legs = [
      leg('BUY', 10_000, [9_990, 10_000], 50),
      leg('BUY', 10_010, [9_990, 10_000], 25),
      leg('SELL', 10_000, [10_000, 10_010]),
    ];
    const [row] = costWaterfalls([trade(legs)]);
    expect([row?.units, row?.spreadPaise, row?.slippagePaise, row?.grossPaise]).toEqual([75, 750, 250, -250]);
  });

  test('refuses fills that do not make the gross, a crossed quote, and heads that do not add up', () => {
    expect(() => costWaterfalls([{ ...TYPICAL, gross: paise(28_501) }])).toThrow(
      'expected fills that make a gross of 28501, found 28500 paise',
    );
    const crossed = trade([leg('BUY', 10_000, [10_001, 10_000]), leg('SELL', 10_000, [10_000, 10_000])]);
    expect(() => costWaterfalls([crossed])).toThrow('expected bid ≤ ask, found 10001 > 10000 paise');
    expect(() => costWaterfalls([{ ...TYPICAL, charges: { ...CHARGES, stt: paise(1) } }])).toThrow(
      'expected charge heads that add up to 6467',
    );
  });
});

describe('break-even spread', () => {
  const of = (...trades: QuotedTrade[]) => {
    const [row] = costWaterfalls(trades);
    if (row === undefined) throw new Error('expected a row');
    return breakEvenSpread(row);
  };

  test('the spread at which the gate dies', () => {
    // net ₹220.33 + spread ₹16.88 over 75 units; paid 16.88 / 75
    const { gate, paidPoints, diesAtPoints, headroomPoints } = of(TYPICAL);
    expect(gate).toBe('A');
    expect(paidPoints.value).toBeCloseTo(0.22506666666666666, 12);
    expect(diesAtPoints.value).toBeCloseTo(3.1628, 12);
    expect(headroomPoints.value).toBeCloseTo(2.937733333333333, 12);
  });

  test('a gate that loses at its spread but not at none dies below what it pays', () => {
    const row = of(trade([leg('BUY', 10_100, [10_000, 10_100]), leg('SELL', 10_180, [10_180, 10_280])]));
    // gross 60.00 − 64.67 = −4.67; spread 75.00
    expect(row.diesAtPoints.value).toBeCloseTo((-467 + 7500) / 7500, 12);
    expect(row.headroomPoints.value).toBeCloseTo(-467 / 7500, 12);
  });

  test('unknown with a reason: no quotes, or a loss at no spread at all', () => {
    const none = { value: null, reason: 'no trade with a known quote' };
    const bare = trade([leg('BUY', 10_000, null), leg('SELL', 10_200, null)]);
    expect(of(bare)).toEqual({ gate: 'A', paidPoints: none, diesAtPoints: none, headroomPoints: none });
    const lost = of(trade([leg('BUY', 10_000, [10_000, 10_000]), leg('SELL', 10_000, [10_000, 10_000])]));
    expect(lost.diesAtPoints).toEqual({ value: null, reason: 'the gate does not earn even at no spread' });
    expect(lost.paidPoints).toEqual({ value: 0, reason: null });
  });
});

describe('capacity', () => {
  const entry = (minuteVolume: number | null, touchUnits: number | null, gate = 'A'): CapacityEntry => ({
    gate,
    lotSize: 75 as Units,
    minuteVolume,
    touchUnits,
  });

  test('whole lots within a tenth of the minute, and at the touch', () => {
    const entries = [entry(75_000, 750), entry(7_500, 150), entry(15_000, null), entry(null, 300)];
    // 100, 10 and 20 lots; 10, 2 and 4 lots
    expect(capacities(entries)).toEqual([
      {
        gate: 'A',
        entries: 4,
        knownVolumes: 3,
        knownTouches: 3,
        medianLots: { value: 20, reason: null },
        safeLots: { value: 11, reason: null },
        touchLots: { value: 4, reason: null },
        participation: 0.1,
      },
    ]);
  });

  test('each gate for itself, at the participation asked for; unknown is unknown', () => {
    const [a, b] = capacities([entry(7_500, 75), entry(null, null, 'B')], 0.5);
    expect([a?.gate, a?.medianLots.value, a?.participation]).toEqual(['A', 50, 0.5]);
    expect(b).toMatchObject({
      gate: 'B',
      medianLots: { value: null, reason: 'no entry with a known volume' },
      safeLots: { value: null, reason: 'no entry with a known volume' },
      touchLots: { value: null, reason: 'no entry with a known touch' },
    });
  });

  test.each([0, -0.1, 1.01, Number.NaN])('refuses a participation of %d', (participation) => {
    expect(() => capacities([], participation)).toThrow('expected a participation above 0, at most 1');
  });

  test('all of the minute is the most', () => {
    expect(capacities([entry(150, null)], 1)[0]?.medianLots.value).toBe(2);
  });
});

describe('trades beside their fills', () => {
  const fill = (orderId: number, side: Side, price: number, quote: readonly [number, number] | null): DecidedFill => ({
    orderId,
    side,
    units: 75 as Units,
    price: paise(price),
    decisionBid: quote === null ? null : paise(quote[0]),
    decisionAsk: quote === null ? null : paise(quote[1]),
  });

  test('are joined by their orders, in the order of the orders', () => {
    const fills = [
      fill(4, 'SELL', 10_490, [10_495, 10_515]),
      fill(3, 'BUY', 10_110, [10_080, 10_105]),
      fill(5, 'BUY', 1, null),
      fill(5, 'SELL', 2, [1, 2]),
    ];
    const of = (seq: number, gross: number, orderIds: number[]) => ({
      seq,
      gate: 'A',
      gross: paise(gross),
      charges: CHARGES,
      orderIds,
    });
    const [first, second] = quotedTrades([of(1, 28_500, [3, 4]), of(2, 75, [5, 6])], fills);
    expect(first).toEqual(TYPICAL);
    expect(second?.legs.map((l) => l.quote)).toEqual([null, { bid: 1, ask: 2 }]);
    expect(() => quotedTrades([of(9, 0, [7, 8])], fills)).toThrow(
      'expected fills of trade 9 of A under its orders 7, 8, found none',
    );
    expect(() => quotedTrades([of(9, 0, [])], fills)).toThrow('under its orders (none), found none');
  });
});
