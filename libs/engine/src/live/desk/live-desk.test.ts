import { lots, paise, units } from '@sos/domain';
import { DeskUnderTest, LAW, OPTION, START, intentOf } from '../fixtures/desk-under-test.js';
import type { BrokerTrade, OrderTag } from '../broker/broker-words.js';
import { RELEASE_WORDS } from './desk-event.js';

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

describe('an entry', () => {
  test('is in the journal before it leaves, within the collar of the market', () => {
    const under = new DeskUnderTest().ready();
    const effects = under.tell({ kind: 'enter', intent: intentOf() });
    expect(effects.map((effect) => (effect.kind === 'journal' ? effect.record.kind : effect.kind))).toEqual([
      'position',
      'intent',
      'place',
    ]);
    // Ask 100.10 + max(0.25, 0.5 %) = 100.60, rounded up to the tick.
    expect(effects.at(-1)).toMatchObject({
      lane: 'entry',
      slip: { side: 'BUY', units: 130, limit: 10_065, trigger: null },
    });
  });

  test('that is wished for fifty times is made once', () => {
    const { under } = entered();
    for (let i = 0; i < 49; i++) under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.placed).toHaveLength(1);
  });

  test('above the freeze quantity goes out in slices with tags of their own', () => {
    const under = new DeskUnderTest().ready();
    under.tell({ kind: 'enter', intent: intentOf({ lots: lots(7) }) });
    const sizes = under.effects.flatMap((effect) => (effect.kind === 'place' ? effect.slip.units : []));
    expect(sizes).toEqual([195, 195, 65]);
    expect(new Set(under.placed).size).toBe(3);
  });

  test('before the books of the broker are explained is vetoed', () => {
    const under = new DeskUnderTest();
    under.tell({ kind: 'start' });
    under.quote();
    under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.vetoes).toEqual(['recovering']);
    expect(under.placed).toEqual([]);
  });

  test('on a day on which programs may not send its order types is vetoed', () => {
    const { under } = entered({ law: { ...LAW, isOrderTypeAllowed: false } });
    expect(under.vetoes).toEqual(['order-type']);
  });
});

describe('a protected position', () => {
  const held = (): { under: DeskUnderTest; stop: OrderTag } => {
    const { under, tag } = entered();
    under.news(tag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
    return { under, stop: under.placed[1] as OrderTag };
  };

  test('rests its stop-limit at the broker as soon as the entry is filled', () => {
    const { under } = held();
    // 90.00 less max(1 point, 3 %) = 87.30.
    expect(under.effects.filter((effect) => effect.kind === 'place').at(-1)).toMatchObject({
      lane: 'exit',
      slip: { side: 'SELL', units: 130, trigger: 9_000, limit: 8_730 },
    });
  });

  test('is closed when the stop filled and every execution is known, to the paisa', () => {
    const { under, stop } = held();
    under.news(stop, { status: 'stop-waiting' });
    under.news(stop, { status: 'filled', filledUnits: units(130), averagePrice: 89.5 });
    const position = under.desk.state.positions.get('wish');
    expect(position).toMatchObject({ leaving: 'stop', isClosed: false });
    const [entry] = under.placed as [OrderTag, OrderTag];
    under.books({
      trades: [trade(`B-${entry}`), trade(`B-${stop}`, { side: 'SELL', price: paise(8_950) })],
      positions: [
        {
          contract: OPTION.id,
          netUnits: 0,
          boughtUnits: units(130),
          soldUnits: units(130),
          boughtValue: paise(1_301_300),
          soldValue: paise(1_163_500),
        },
      ],
    });
    expect(position).toMatchObject({ isClosed: true });
    expect(under.desk.state.realised).toBe(130 * (8_950 - 10_010));
    expect(under.desk.state.stopped).toHaveLength(1);
  });

  test('moves its stop, and leaves by turning the stop into a limit order', () => {
    const { under, stop } = held();
    under.news(stop, { status: 'stop-waiting' });
    const moved = under.tell({ kind: 'protect', position: 'wish', stop: paise(9_500) });
    expect(moved.at(-1)).toMatchObject({ kind: 'modify', tag: stop, change: { trigger: 9_500, limit: 9_215 } });
    under.tell({ kind: 'outcome', message: 'modify', tag: stop, outcome: { kind: 'done', orderId: `B-${stop}` } });
    // Bid 99.90 less 0.5 %, down to the tick.
    const left = under.tell({ kind: 'leave', position: 'wish', reason: 'target' });
    expect(left.map((effect) => effect.kind)).toEqual(['journal', 'journal', 'modify']);
    expect(left.at(-1)).toMatchObject({ change: { trigger: null, limit: 9_940 } });
  });

  test('is covered again when the broker cancels its stop', () => {
    const { under, stop } = held();
    under.news(stop, { status: 'stop-waiting' });
    under.news(stop, { status: 'cancelled' });
    under.tell({ kind: 'clock' }, 2_000);
    under.quote();
    expect(under.placed).toHaveLength(3);
    expect(under.effects.filter((effect) => effect.kind === 'place').at(-1)).toMatchObject({
      lane: 'exit',
      slip: { side: 'SELL', units: 130 },
    });
  });
});

describe('news', () => {
  test('that come late, doubled or before the answer change nothing twice', () => {
    const { under, tag } = entered();
    under.news(tag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
    const before = under.desk.state.records;
    under.news(tag, { status: 'working', filledUnits: units(65), averagePrice: 100.1 });
    under.news(tag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
    under.tell({ kind: 'outcome', message: 'place', tag, outcome: { kind: 'done', orderId: `B-${tag}` } });
    // Only the stop was sent meanwhile.
    expect(under.desk.state.records).toBe(before);
    expect(under.placed).toHaveLength(2);
  });

  test('of an order with a tag of ours that no journal knows quarantine its contract', () => {
    const under = new DeskUnderTest().ready();
    under.tell({
      kind: 'news',
      order: {
        orderId: 'X',
        tag: 'sabcdefghijklmnopqrs',
        contract: OPTION.id,
        side: 'BUY',
        units: units(65),
        limit: paise(1_000),
        trigger: null,
        status: 'working',
        filledUnits: units(0),
        averagePrice: 0,
        reason: '',
        time: START,
      },
    });
    under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.vetoes).toEqual(['quarantined']);
    under.tell({ kind: 'explain', contract: OPTION.id, by: 'trader' });
    under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.placed).toHaveLength(1);
  });

  test('of a position that nothing explains stop entries once they stay', () => {
    const under = new DeskUnderTest().ready();
    const foreign = {
      positions: [
        {
          contract: OPTION.id,
          netUnits: 65,
          boughtUnits: units(65),
          soldUnits: units(0),
          boughtValue: paise(650_000),
          soldValue: paise(0),
        },
      ],
    };
    for (let i = 0; i < 3; i++) under.books(foreign);
    under.quote();
    under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.vetoes).toEqual(['quarantined']);
  });

  test('of trades that a person made by hand explain the position', () => {
    const under = new DeskUnderTest().ready();
    const byHand = {
      trades: [trade('by-hand', { units: units(65) })],
      positions: [
        {
          contract: OPTION.id,
          netUnits: 65,
          boughtUnits: units(65),
          soldUnits: units(0),
          boughtValue: paise(650_650),
          soldValue: paise(0),
        },
      ],
    };
    for (let i = 0; i < 4; i++) under.books(byHand);
    under.quote();
    under.tell({ kind: 'enter', intent: intentOf() });
    expect(under.vetoes).toEqual([]);
  });
});

describe('the kill switch', () => {
  test('withdraws entries, leaves positions and refuses the next entry; only the words of release free it', () => {
    const { under, tag } = entered();
    under.news(tag, { status: 'working' });
    const effects = under.tell({ kind: 'kill', reason: 'by hand' });
    expect(effects.find((effect) => effect.kind === 'cancel')).toMatchObject({ tag, lane: 'exit' });
    under.news(tag, { status: 'cancelled', filledUnits: units(65), averagePrice: 100 });
    // What the entry had bought leaves at once instead of being protected.
    expect(under.effects.filter((effect) => effect.kind === 'place').at(-1)).toMatchObject({
      lane: 'exit',
      slip: { side: 'SELL', units: 65, trigger: null },
    });
    under.tell({ kind: 'enter', intent: intentOf({ id: 'next' }) });
    under.tell({ kind: 'release', by: 'trader', confirmation: 'yes' });
    expect(under.vetoes).toEqual(['killed', 'confirmation']);
    expect(under.desk.state.killed).toBe('by hand');
    under.tell({ kind: 'release', by: 'trader', confirmation: RELEASE_WORDS });
    expect(under.desk.state.killed).toBeNull();
  });
});

describe('a lost login', () => {
  test('stops entries; resting stops stay', () => {
    const { under, tag } = entered();
    under.news(tag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
    under.news(under.placed[1] as OrderTag, { status: 'stop-waiting' });
    const effects = under.tell({ kind: 'session', isValid: false });
    expect(effects).toEqual([]);
    under.quote();
    under.tell({ kind: 'enter', intent: intentOf({ id: 'next' }) });
    expect(under.vetoes).toEqual(['login-needed']);
  });
});
