import { paise, units, type EpochMs } from '@sos/domain';
import { DeskUnderTest, OPTION, START, intentOf } from '../fixtures/desk-under-test.js';
import type { BrokerTrade, OrderTag } from '../broker/broker-words.js';
import type { DeskRecord } from './desk-record.js';
import { applyRecord, grossOf, makeDeskState } from './desk-state.js';

const entered = (own = {}): { under: DeskUnderTest; tag: OrderTag } => {
  const under = new DeskUnderTest(own).ready();
  under.tell({ kind: 'enter', intent: intentOf() });
  return { under, tag: under.placed[0] as OrderTag };
};
const trade = (orderId: string, own: Partial<BrokerTrade> = {}): BrokerTrade => ({
  tradeId: `T-${orderId}`,
  orderId,
  contract: OPTION.id,
  side: 'BUY',
  units: units(130),
  price: paise(10_010),
  time: START,
  ...own,
});

describe('an unknown outcome', () => {
  const unknown = (): { under: DeskUnderTest; tag: OrderTag } => {
    const { under, tag } = entered();
    under.tell(
      { kind: 'outcome', message: 'place', tag, outcome: { kind: 'unknown', detail: 'no answer in 5 s' } },
      5_000,
    );
    return { under, tag };
  };
  const enterMore = (under: DeskUnderTest): void => {
    under.quote();
    under.tell({ kind: 'enter', intent: intentOf({ id: 'another' }) });
  };

  test('freezes entries and is searched by tag, never sent again', () => {
    const { under, tag } = unknown();
    enterMore(under);
    expect(under.vetoes).toEqual(['outcome-unknown']);
    const finds = under.tell({ kind: 'clock' }, 300).filter((effect) => effect.kind === 'find');
    expect(finds).toEqual([{ kind: 'find', tag }]);
    expect(under.placed).toEqual([tag]);
  });

  test('is resolved by what the tag finds, and entries go on', () => {
    const { under, tag } = unknown();
    under.tell({ kind: 'clock' }, 300);
    under.news(tag, { status: 'working' });
    enterMore(under);
    expect(under.vetoes).toEqual([]);
    expect(under.placed).toHaveLength(2);
  });

  test('becomes absent only when tag and book agree for fifteen seconds', () => {
    const { under, tag } = unknown();
    const state = (): string | undefined => under.desk.state.orders.get(tag)?.state;
    for (let ms = 0; ms < 14_000; ms += 1_000) {
      under.tell({ kind: 'clock' }, 1_000);
      under.tell({ kind: 'found', tag, orders: [] });
      under.books();
    }
    expect(state()).toBe('outcome-unknown');
    under.tell({ kind: 'clock' }, 8_000);
    under.tell({ kind: 'found', tag, orders: [] });
    under.books();
    expect(state()).toBe('absent');
    enterMore(under);
    expect(under.vetoes).toEqual([]);
    // The lost entry was given up: only the new wish was sent.
    expect(under.placed).toHaveLength(2);
  });

  test('is not concluded from searches that nobody answered', () => {
    const { under, tag } = unknown();
    for (let ms = 0; ms < 60_000; ms += 1_000) {
      under.tell({ kind: 'clock' }, 1_000);
      under.tell({ kind: 'found', tag, orders: null });
      under.tell({ kind: 'books', books: null, funds: null });
    }
    expect(under.desk.state.orders.get(tag)?.state).toBe('outcome-unknown');
  });

  test('an order that appears after all is withdrawn, and what it filled is protected', () => {
    const { under, tag } = unknown();
    for (let ms = 0; ms < 24_000; ms += 1_000) {
      under.tell({ kind: 'clock' }, 1_000);
      under.tell({ kind: 'found', tag, orders: [] });
      under.books();
    }
    const late = under.news(tag, { status: 'working', filledUnits: units(65), averagePrice: 100 });
    expect(late.some((effect) => effect.kind === 'cancel' && effect.tag === tag)).toBe(true);
    under.news(tag, { status: 'cancelled', filledUnits: units(65), averagePrice: 100 });
    expect(under.effects.filter((effect) => effect.kind === 'place').at(-1)).toMatchObject({
      slip: { side: 'SELL', units: 65, trigger: 9_000 },
    });
  });
});

describe('a new start', () => {
  const refold = (under: DeskUnderTest) => {
    const state = makeDeskState();
    for (const effect of under.effects)
      if (effect.kind === 'journal') applyRecord(state, JSON.parse(JSON.stringify(effect.record)) as DeskRecord);
    return state;
  };

  test('takes over the stop that rests and moves it on', () => {
    const { under, tag } = entered();
    under.news(tag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
    const stop = under.placed[1] as OrderTag;
    under.news(stop, { status: 'stop-waiting' });
    const next = new DeskUnderTest({ state: refold(under) });
    next.now = under.now + 5_000;
    next.tell({ kind: 'start' });
    next.books({
      orders: [],
      trades: [trade(`B-${tag}`)],
      positions: [
        {
          contract: OPTION.id,
          netUnits: 130,
          boughtUnits: units(130),
          soldUnits: units(0),
          boughtValue: paise(1_301_300),
          soldValue: paise(0),
        },
      ],
    });
    // The book read misses the stop: that is a difference, not a reason to place another.
    expect([next.desk.phase, next.placed]).toEqual(['recovering', []]);
    const order = {
      orderId: `B-${stop}`,
      tag: stop,
      contract: OPTION.id,
      side: 'SELL' as const,
      units: units(130),
      limit: paise(8_730),
      trigger: paise(9_000),
      status: 'stop-waiting' as const,
      filledUnits: units(0),
      averagePrice: 0,
      reason: '',
      time: next.now as EpochMs,
    };
    next.books({
      orders: [order],
      positions: [
        {
          contract: OPTION.id,
          netUnits: 130,
          boughtUnits: units(130),
          soldUnits: units(0),
          boughtValue: paise(1_301_300),
          soldValue: paise(0),
        },
      ],
    });
    expect([next.desk.phase, next.placed]).toEqual(['ready', []]);
    expect(next.tell({ kind: 'protect', position: 'wish', stop: paise(9_500) }).at(-1)).toMatchObject({
      kind: 'modify',
      tag: stop,
      change: { trigger: 9_500 },
    });
  });

  test('withdraws an entry that was still working', () => {
    const { under, tag } = entered();
    under.news(tag, { status: 'working' });
    const next = new DeskUnderTest({ state: refold(under) });
    next.now = under.now + 5_000;
    next.tell({ kind: 'start' });
    expect(next.effects.some((effect) => effect.kind === 'cancel' && effect.tag === tag)).toBe(true);
    next.news(tag, { status: 'cancelled' });
    next.books();
    expect(next.desk.phase).toBe('ready');
    expect(next.desk.state.positions.get('wish')).toMatchObject({ isClosed: true });
    expect(
      grossOf(next.desk.state.positions.get('wish') as NonNullable<ReturnType<typeof next.desk.state.positions.get>>),
    ).toBe(0);
  });
});
