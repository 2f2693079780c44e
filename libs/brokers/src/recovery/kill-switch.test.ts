import { DeskRoom } from '../fixtures/desk-room.js';
import { PLAIN_LAW } from '../fixtures/plain-law.js';

// Orders that nobody re-prices while the switch is tested.
const PATIENT = { ...PLAIN_LAW, entry: { ...PLAIN_LAW.entry, intervalMs: 60_000, quoteMaxAgeMs: 120_000 } };

describe('the kill switch of a running desk', () => {
  test('twenty working orders are withdrawn within 2.5 seconds, and no entry leaves after it was thrown', async () => {
    const room = new DeskRoom(PATIENT);
    await room.start();
    room.quote({ askQty: 0 });
    for (let i = 0; i < 20; i++) room.enter(`wish-${i}`);
    await room.clock.advance(7_000);
    const working = room.broker.exchange.orders();
    expect(working.map(({ status }) => status)).toEqual(Array(20).fill('working'));

    room.quote({ askQty: 0 });
    const thrownAt = room.clock.now();
    room.reason = 'runaway';
    // Wished for before the switch was even looked at.
    room.enter('too-late');
    await room.clock.advance(2_500);
    const orders = room.broker.exchange.orders();
    expect(orders).toHaveLength(20);
    expect(orders.map(({ status }) => status)).toEqual(Array(20).fill('cancelled'));
    expect(Math.max(...orders.map(({ time }) => time)) - thrownAt).toBeLessThanOrEqual(2_500);
    expect(room.desk.state.killed).toBe('runaway');
    room.shell.stop();
  });

  test('positions are flat within 10 seconds, and a new process is still killed', async () => {
    const room = new DeskRoom();
    await room.start();
    for (let i = 0; i < 3; i++) room.enter(`wish-${i}`);
    await room.clock.advance(3_000);
    expect(room.broker.exchange.positions()).toMatchObject([{ netUnits: 195 }]);
    room.quote();
    room.reason = 'by hand';
    await room.clock.advance(10_000);
    expect(room.broker.exchange.positions()).toMatchObject([{ netUnits: 0 }]);
    expect([...room.desk.state.positions.values()].map(({ isClosed }) => isClosed)).toEqual([true, true, true]);

    room.reason = null;
    await room.restart();
    room.enter('next');
    await room.clock.advance(3_000);
    expect(room.desk.state.killed).toBe('by hand');
    expect(room.desk.state.vetoes).toBe(1);
    room.shell.stop();
  });
});

describe('a process that ends', () => {
  test('leaves its stops at the broker, and the next one drives them on without a second order', async () => {
    const room = new DeskRoom();
    await room.start();
    room.enter('wish');
    await room.clock.advance(3_000);
    room.shell.stop();
    await room.clock.advance(60_000);
    expect(room.broker.exchange.orders().map(({ status }) => status)).toEqual(['filled', 'stop-waiting']);
    const before = room.clock.now();
    await room.restart();
    expect(room.desk.phase).toBe('ready');
    expect(room.clock.now() - before).toBeLessThanOrEqual(5_000);
    room.quote({ bid: 89.8, ask: 90, last: 89.9 });
    await room.clock.advance(5_000);
    expect(room.broker.exchange.orders().map(({ status }) => status)).toEqual(['filled', 'filled']);
    expect(room.desk.state.positions.get('wish')).toMatchObject({ isClosed: true, leaving: 'stop' });
    expect(room.desk.state.realised).toBe(65 * (8_980 - 10_010));
    room.shell.stop();
  });
});
