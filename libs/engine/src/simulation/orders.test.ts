import { units, type TradeRecord } from '@sos/domain';
import { Desk, OPEN, type DeskOptions, type TestRow } from '../fixtures/desk.js';
import { PLAIN_EXECUTION, PLAIN_RULES } from '../fixtures/plain-rules.js';
import { gateProfile } from '../fixtures/scripted-signals.js';

const MINUTE = 60_000;
const steady = (price: number, more: Partial<TestRow> = {}): TestRow => ({ open: price, ...more });

/** A desk rich enough for ten lots of 65. */
function rich(options: DeskOptions = {}): Desk {
  return new Desk({ ...options, config: { riskShare: 0.1, premiumShare: 1, maxLots: 10, ...options.config } });
}
const bought = (desk: Desk): number[] => desk.out.fills.filter((f) => f.side === 'BUY').map((f) => f.units);
const statuses = (desk: Desk): string[] => desk.out.orders.map((o) => `${o.side} ${o.status}`);
function onlyTrade(desk: Desk): TradeRecord {
  const [trade, ...others] = desk.out.trades;
  if (!trade || others.length > 0) throw new Error(`expected one trade, found ${desk.out.trades.length}`);
  return trade;
}

describe('an entry', () => {
  it('is chased through a minute that runs away, and what it costs is counted', () => {
    const desk = new Desk().minute({ signal: {} }).minute({ option: { open: 150, high: 168, low: 150, close: 168 } });
    // 150 → 168 → 150 → 168 is 54 a minute: 0.27 away after 0.3 s, inside the first limit 150.95; 150.42 → 150.45, + 0.05
    expect(desk.out.fills[0]).toMatchObject({ price: 15_050, attempt: 0 });
    const wild = new Desk().minute({ signal: {} }).minute({ option: { open: 150, high: 345, low: 150, close: 345 } });
    // 585 a minute outrun the first limit and every later one: the collar is 157.50
    expect(wild.verdicts).toEqual(['signal admitted', 'unfilled max-chase']);
    expect(statuses(wild)).toEqual(['BUY placed', 'BUY modified', 'BUY cancelled']);
    expect(wild.state.counts.unfilledEntries).toBe(1);
    expect([wild.state.outlay, wild.state.realised]).toEqual([0, 0]);
  });

  it('takes what is displayed at each price and gives the rest up', () => {
    const desk = rich()
      .minute({ signal: {} })
      .minute({ option: steady(150, { bid: 149.9, ask: 150.1, askQty: 100 }) });
    // one lot at the first price, at each of three re-prices, and while the cancellation is on its way
    expect(bought(desk)).toEqual([65, 65, 65, 65, 65]);
    expect(desk.position.units).toBe(325);
    expect(desk.state.counts).toMatchObject({ partialEntries: 1 });
    expect(desk.verdicts).toEqual(['signal admitted', 'entered partial']);
  });

  it('takes no more than its share of what was traded', () => {
    const desk = rich()
      .minute({ signal: {} })
      .minute({ option: steady(150, { volume: 2000 }) });
    expect(bought(desk)).toEqual([195]);
  });

  it('of a quote takes what it displays once; the next quote displays anew', () => {
    const quote = { open: 150, bid: 149.9, ask: 150.1, askQty: 130, bidQty: 650 };
    const desk = rich({ kind: 'quotes' }).minute({ signal: {} }).minute({ option: quote });
    expect(desk.positions).toHaveLength(0);
    expect(bought(desk)).toEqual([130]);
    desk.minute();
    expect(desk.position.units).toBe(130);
  });

  it('larger than the freeze quantity becomes several orders, each with its own brokerage', () => {
    const terms = () => ({
      ...PLAIN_RULES.terms('NIFTY', '' as never, '' as never),
      lotSize: units(65),
      maxLotsPerOrder: 4,
    });
    const desk = rich({ rules: { ...PLAIN_RULES, terms } })
      .minute({ signal: {} })
      .minute({ option: steady(150) });
    expect(bought(desk)).toEqual([260, 260, 130]);
    expect(new Set(desk.out.fills.map((f) => f.orderId)).size).toBe(3);
    expect(desk.position.entryCharges.brokerage).toBe(6000);
  });

  it('follows the parameters of its gate', () => {
    const gates = [gateProfile({ execution: { entry: { bufferShare: 0.02 } } })];
    const desk = new Desk({ gates }).minute({ signal: {} }).minute({ option: steady(150) });
    // 150.15 + 3.003 → 153.20
    expect(desk.out.orders[0]).toMatchObject({ status: 'placed', limit: 15_320, trigger: null });
  });

  it('is not made shortly before its contract expires', () => {
    const rules = { ...PLAIN_RULES, expiryInstant: () => (OPEN + 20 * MINUTE) as never };
    const desk = new Desk({ rules }).minute({ signal: {} }).minute({ option: steady(20) });
    expect(desk.verdicts).toEqual(['signal admitted', 'refused near-expiry']);
  });
});

describe('an exit', () => {
  it('rests as a stop-limit from the fill on, and becomes a plain limit when it leaves', () => {
    const desk = new Desk({ gates: [gateProfile({ timeExitMinutes: 1 })] }).entered().minute({ option: steady(150) });
    const exits = desk.out.orders.filter((o) => o.side === 'SELL');
    // stop 124.15, band 2 % = 2.483 → 121.65; then 149.85 − 0.74925 → 149.10
    expect(exits).toMatchObject([
      { status: 'placed', limit: 12_165, trigger: 12_415 },
      { status: 'modified', limit: 14_910, trigger: null, reason: 'time' },
      { status: 'filled' },
    ]);
    expect(onlyTrade(desk).orderIds).toEqual([1, 2]);
  });

  it('goes on over the minutes until the market has taken everything', () => {
    const desk = rich({ gates: [gateProfile({ timeExitMinutes: 1 })] }).entered();
    for (let i = 0; i < 4; i++) desk.minute({ option: steady(150, { volume: 2000 }) });
    expect(desk.out.fills.filter((f) => f.side === 'SELL').map((f) => f.units)).toEqual([195, 195, 195, 65]);
    const trade = onlyTrade(desk);
    expect(trade.units).toBe(650);
    expect(trade.gross).toBe(
      desk.out.fills.reduce((sum, f) => sum + (f.side === 'SELL' ? 1 : -1) * f.price * f.units, 0),
    );
    // one order, one brokerage, however many fills
    expect(trade.charges.brokerage).toBe(4000);
  });

  it('whose chase is used up goes to the edge of its collar', () => {
    const exit = { ...PLAIN_EXECUTION.exit, maxChase: 0, bufferPoints: 0, bufferShare: 0 };
    const rules = { ...PLAIN_RULES, execution: () => ({ ...PLAIN_EXECUTION, exit }) };
    const desk = new Desk({ rules, gates: [gateProfile({ timeExitMinutes: 1 })] }).entered();
    desk.minute({ option: { open: 150, high: 150, low: 126, close: 126 } });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'time', exitChases: 1 });
    expect(desk.state.counts).toMatchObject({ chasedExits: 1, escalatedExits: 1 });
    expect(desk.state.counts.chaseCost).toBeGreaterThan(0);
  });
});

describe('a print that nobody believes', () => {
  it('eight times away triggers nothing and is counted, inside a bar and at its open', () => {
    const desk = new Desk().entered().minute({ option: { open: 150, high: 1200, low: 18.75, close: 150 } });
    expect(desk.positions).toHaveLength(1);
    desk.minute({ option: { open: 1200, close: 150 } });
    expect(desk.positions).toHaveLength(1);
    expect(desk.state.counts.freakPrints).toBe(3);
  });

  it('is believed when the next one confirms it', () => {
    const desk = new Desk()
      .entered()
      .minute({ option: steady(18) })
      .minute({ option: steady(18.5) });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'stop' });
  });

  it('counts when the guard is off', () => {
    const desk = new Desk({ config: { freakRatio: 0 } }).entered().minute({ option: { open: 150, low: 18.75 } });
    expect(onlyTrade(desk).exitReason).toBe('stop');
  });

  it('crossed and stale quotes neither fill nor trigger', () => {
    const desk = new Desk({ kind: 'quotes' }).minute({ signal: {} });
    desk.minute({ option: { open: 150, bid: 151, ask: 150 } });
    expect(desk.out.fills).toEqual([]);
    desk.minute({ option: { open: 150, bid: 149.9, ask: 150.1 } }).minute();
    desk.minute({ option: { open: 100, bid: 99.9, ask: 100.1, age: 181_000 } });
    desk.minute({ option: { open: 100, bid: 101, ask: 100 } });
    expect(desk.positions).toHaveLength(1);
    expect(desk.state.counts).toMatchObject({ crossedQuotes: 2, staleQuotes: 1 });
  });
});

it('an ambiguous trade carries its worst and best result, any other only its own', () => {
  const desk = new Desk().entered().minute({ option: { open: 150, low: 120, high: 211 } });
  const trade = onlyTrade(desk);
  expect(trade).toMatchObject({ ambiguous: true, worst: trade.net });
  expect(trade.best).toBe(desk.state.counts.ambiguousBest);
  expect(trade.best).toBeGreaterThan(0);
  const plain = onlyTrade(new Desk().entered().minute({ option: { open: 150, low: 120 } }));
  expect([plain.worst, plain.best]).toEqual([plain.net, plain.net]);
});
