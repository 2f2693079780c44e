import fc from 'fast-check';
import { paise, units, type EpochMs } from '@sos/domain';
import type { BrokerBooks, BrokerOrder, BrokerTrade, OrderTag } from '../broker/broker-words.js';
import { DeskUnderTest, OPTION, intentOf } from '../fixtures/desk-under-test.js';
import { heldUnits } from './desk-state.js';

interface Truth {
  readonly entered: number;
  readonly sold: number;
  readonly foreign: number;
  /** What the broker shows beyond the truth. */
  readonly ghost: number;
  /** Error of the broker's value, parts of 100,000. */
  readonly drift: number;
  readonly knowsOrders: boolean;
}

const PRICE = paise(10_000);

function booksOf(under: DeskUnderTest, truth: Truth): BrokerBooks {
  const [entry, exit] = under.placed as [OrderTag, OrderTag | undefined];
  const row = (tag: OrderTag, side: 'BUY' | 'SELL', filled: number): BrokerOrder => ({
    orderId: `B-${tag}`,
    tag,
    contract: OPTION.id,
    side,
    units: units(130),
    limit: PRICE,
    trigger: side === 'SELL' ? paise(9_000) : null,
    status: filled === 130 ? 'filled' : side === 'SELL' ? 'stop-waiting' : 'cancelled',
    filledUnits: units(filled),
    averagePrice: filled === 0 ? 0 : 100,
    reason: '',
    time: under.now as EpochMs,
  });
  const trade = (orderId: string, side: 'BUY' | 'SELL', count: number): BrokerTrade[] =>
    count === 0
      ? []
      : [
          {
            tradeId: `T-${orderId}`,
            orderId,
            contract: OPTION.id,
            side,
            units: units(count),
            price: PRICE,
            time: under.now as EpochMs,
          },
        ];
  const orders = [row(entry, 'BUY', truth.entered)];
  if (exit !== undefined) orders.push(row(exit, 'SELL', truth.sold));
  const bought = truth.entered + truth.foreign + truth.ghost;
  const position = {
    contract: OPTION.id,
    netUnits: bought - truth.sold,
    boughtUnits: units(bought),
    soldUnits: units(truth.sold),
    boughtValue: paise(Math.round(bought * PRICE * (1 + truth.drift / 1e5))),
    soldValue: paise(truth.sold * PRICE),
  };
  return {
    readAt: under.now as EpochMs,
    orders,
    trades: [
      ...trade(`B-${entry}`, 'BUY', truth.entered),
      ...trade(`B-${exit ?? ''}`, 'SELL', truth.sold),
      ...trade('by-hand', 'BUY', truth.foreign),
    ],
    positions: bought + truth.sold === 0 ? [] : [position],
  };
}

function expectHealedOrQuarantined(numRuns: number): void {
  const counts = { healed: 0, quarantined: 0 };
  fc.assert(
    fc.property(
      fc.record({
        entered: fc.constantFrom(0, 65, 130),
        isSold: fc.boolean(),
        foreign: fc.constantFrom(0, 0, 65),
        ghost: fc.constantFrom(0, 0, 0, 65, 195),
        drift: fc.constantFrom(0, 0, 5, 9, 11, 50),
        knowsOrders: fc.boolean(),
      }),
      ({ entered, isSold, foreign, ghost, drift, knowsOrders }) => {
        const under = new DeskUnderTest().ready();
        under.tell({ kind: 'enter', intent: intentOf() });
        // What the stream told before it broke; the rest is for the books to heal.
        if (knowsOrders && entered === 130)
          under.news(under.placed[0] as OrderTag, { status: 'filled', filledUnits: units(130), averagePrice: 100 });
        const sold = isSold && under.placed.length === 2 ? 130 : 0;
        const truth: Truth = { entered, sold, foreign, ghost, drift, knowsOrders };
        for (let i = 0; i < 3; i++) under.books(booksOf(under, truth));
        const isWrong = ghost > 0 || (drift > 10 && entered + foreign > 0);
        expect(under.desk.state.quarantined.has(OPTION.id)).toBe(isWrong);
        const position = under.desk.state.positions.get('wish');
        expect(position === undefined ? Number.NaN : heldUnits(position)).toBe(entered - sold);
        counts[isWrong ? 'quarantined' : 'healed']++;
      },
    ),
    { numRuns, seed: 11 },
  );
  expect(Math.min(counts.healed, counts.quarantined)).toBeGreaterThan(numRuns / 5);
}

describe('reconciliation', () => {
  test('heals or quarantines 1,000 divergences, and guesses none', () => expectHealedOrQuarantined(1_000));

  const deep = process.env['SOS_DEEP'] === '1' ? test : test.skip;
  deep(
    'heals or quarantines 10,000 divergences, and guesses none [deep]',
    () => expectHealedOrQuarantined(10_000),
    120_000,
  );
});
