import { MS_PER_MINUTE, formatIst, type EpochMs, type TradeRecord } from '@sos/domain';
import { Desk, OPEN, type TestRow } from '../fixtures/desk.js';
import { gateProfile } from '../fixtures/scripted-signals.js';

const at = (minutes: number): number => OPEN + minutes * MS_PER_MINUTE;
/** An order arrives so many milliseconds after it was sent. */
const LATENCY = 300;

/** The one trade of a test. */
function onlyTrade(desk: Desk): TradeRecord {
  expect(desk.out.trades).toHaveLength(1);
  const [trade] = desk.out.trades;
  if (!trade) throw new Error('expected a trade, found none');
  return trade;
}

/** A quiet minute of the option around a price. */
const around = (price: number): TestRow => ({ open: price, high: price + 0.1, low: price - 0.1 });

describe('entry', () => {
  it('buys at the open of the bar after the decision: half the modelled spread, rounded up, one tick of slippage', () => {
    const desk = new Desk().entered();
    // 150 + max(0.05, 0.2 % × 150) / 2 = 150.15, + 0.05 slippage
    expect(desk.out.fills[0]).toMatchObject({ side: 'BUY', price: 15_020, time: at(1) + LATENCY });
    expect(desk.verdicts).toEqual(['signal admitted', 'entered filled']);
  });

  it('rounds a buyer up to the tick and a seller down', () => {
    const desk = new Desk({ config: { slippageTicks: 0 } }).minute({ signal: {} }).minute({ option: { open: 150.02 } });
    // 150.02 + 0.150020 = 150.17002 → 150.20
    expect(desk.out.fills[0]?.price).toBe(15_020);
    for (let i = 0; i < 29; i++) desk.minute({ option: around(152) });
    desk.minute({ option: around(152.03) });
    // 152.03 − 0.15203 = 151.87797 → 151.85
    expect(onlyTrade(desk)).toMatchObject({ exitPrice: 15_185, exitReason: 'time' });
  });

  it('pays the width a bar was quoted with: the level of its last quote is not known at its open', () => {
    const desk = new Desk().minute({ signal: {} }).minute({ option: { open: 150, close: 150, bid: 151, ask: 152 } });
    expect(desk.out.fills[0]?.price).toBe(15_055);
  });

  it('pays the ask of a quote and gets its bid', () => {
    const desk = new Desk({ kind: 'quotes' }).minute({ signal: {} });
    desk.minute({ option: { open: 149, bid: 149.8, ask: 150.2 } });
    expect(desk.out.fills[0]).toMatchObject({ price: 15_025, time: at(2) - 1000 + LATENCY });
    // the row after the one that is sold at tells until when its quote stood
    for (let i = 0; i < 31; i++) desk.minute({ option: { open: 149, bid: 149.8, ask: 150.2 } });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'time', exitPrice: 14_975 });
  });

  it('never uses the bar in which the decision fell, nor an older row', () => {
    const desk = new Desk().minute({ signal: {} });
    const [contract] = desk.watched;
    expect(contract?.id).toBe('NIFTY20JAN2625000CE');
    desk.minute();
    expect(desk.positions).toHaveLength(0);
  });

  it('gives up when no row comes in time: unfilled, counted, nothing invented', () => {
    const desk = new Desk().minute({ signal: {} }).minute().minute().minute();
    expect(desk.verdicts).toEqual(['signal admitted', 'unfilled no-price']);
    expect(desk.state.counts.unfilledEntries).toBe(1);
    expect(desk.out.orders).toMatchObject([{ status: 'unfilled', lots: 0, reason: 'no-price', time: at(4) }]);
    expect(desk.watched).toEqual([]);
    expect(desk.minute({ option: { open: 150 } }).out.fills).toEqual([]);
  });

  it('takes the last row allowed, two minutes after the decision', () => {
    const desk = new Desk()
      .minute({ signal: {} })
      .minute()
      .minute()
      .minute({ option: { open: 150 } });
    expect(desk.out.fills[0]?.time).toBe(at(3) + LATENCY);
  });

  it('waits while the quoted spread is too wide and says so when it gives up', () => {
    const wide = { option: { open: 150, bid: 140, ask: 160 } };
    const desk = new Desk().minute({ signal: {} }).minute(wide).minute(wide).minute(wide);
    expect(desk.verdicts).toEqual(['signal admitted', 'unfilled wide-spread']);
  });

  it('does not buy what is nearly worthless', () => {
    const cheap = { option: { open: 1.5 } };
    const desk = new Desk().minute({ signal: {} }).minute(cheap).minute(cheap).minute(cheap);
    expect(desk.verdicts).toEqual(['signal admitted', 'unfilled cheap']);
  });

  it('refuses a premium that implies no volatility: no delta is assumed instead', () => {
    const desk = new Desk({ gates: [gateProfile({ option: { steps: -10, expiry: 'nearest' } })] });
    desk.minute({ signal: {} }).minute({ option: { open: 450 } });
    expect(desk.verdicts).toEqual(['signal admitted', 'refused iv-unknown']);
    expect(desk.out.orders).toEqual([]);
    expect(desk.watched).toEqual([]);
  });

  it('cancels what waits when the session ends', () => {
    const desk = new Desk().minute({ signal: {} }).close();
    expect(desk.out.orders).toMatchObject([{ status: 'cancelled', reason: 'session-close' }]);
    expect(desk.verdicts).toEqual(['signal admitted', 'unfilled session-close', 'reset session']);
  });
});

describe('stop', () => {
  it('is the premium at the index stop by Black-76 with the volatility of the entry price', () => {
    const { position } = new Desk().entered();
    // by hand (scripted bisection): T = 8 d 6 h 14 min, forward 25036.80, σ = 8.725 %; worth 124.1555 at an index of 24950 and 210.6331 at 25100
    expect(position.stop).toBe(124.15);
    expect(position.target).toBe(210.65);
  });

  it('touched inside a bar fills at its level less half the spread and slippage', () => {
    const desk = new Desk().entered();
    const { stop } = desk.position;
    desk.minute({ option: { open: 150, low: stop - 1, close: 140 } });
    // 124.15 − 0.12415 = 124.02585 → 124.00, − 0.05; the walk 150 → 123.15 → 150 → 140 is 63.70 long and meets the stop after 25.85
    expect(onlyTrade(desk)).toMatchObject({ exitPrice: 12_395, exitReason: 'stop', ambiguous: false });
    expect(onlyTrade(desk).exitTime).toBe(at(2) + Math.ceil((25.85 / 63.7) * 60_000));
  });

  it('jumped over is missed, chased, and its cost counted', () => {
    const desk = new Desk().entered();
    desk.minute({ option: { open: 110, high: 111, low: 109 } });
    // limit 124.15 − 2 % → 121.65; re-priced after 2 s, there 0.3 s later: 110 − 2.3 s × 4 a minute = 109.84667, − 0.11 → 109.70, − 0.05
    expect(onlyTrade(desk)).toMatchObject({
      exitPrice: 10_965,
      exitReason: 'stop',
      exitTime: at(2) + 2300,
      exitChases: 1,
    });
    expect(onlyTrade(desk).missedStopCost).toBe((12_165 - 10_965) * 65);
    expect(desk.state.counts).toMatchObject({ missedStops: 1, missedStopCost: 78_000, chasedExits: 1 });
  });

  it('comes before the target when one bar touches both, and the doubt is counted with its best and worst result', () => {
    const desk = new Desk().entered();
    desk.minute({ option: { open: 150, low: 120, high: 211 } });
    const trade = onlyTrade(desk);
    expect(trade).toMatchObject({ exitReason: 'stop', ambiguous: true });
    const { counts } = desk.state;
    expect(counts).toMatchObject({ ambiguousTrades: 1, ambiguousAssumed: trade.net, ambiguousWorst: trade.net });
    // target 210.65 − 0.21065 → 210.40, − 0.05 = 210.35
    const premium = 21_035 * trade.units;
    const charges = 4000 + Math.round(premium / 1000);
    expect(counts.ambiguousBest).toBe(premium - trade.entryPrice * trade.units - charges);
  });

  it('gapped through but not beyond its limit fills at the worse open', () => {
    const desk = new Desk().entered();
    desk.minute({ option: { open: 122, high: 123, low: 121 } });
    // 122 − 0.122 → 121.85, − 0.05; the limit is 121.65
    expect(onlyTrade(desk)).toMatchObject({ exitPrice: 12_180, exitTime: at(2), exitChases: 0, missedStopCost: null });
  });

  it('is live in the entry bar itself: what follows the fill is lived through', () => {
    const desk = new Desk().minute({ signal: {} }).minute({ option: { open: 150, low: 110 } });
    // bought after 0.3 s of a walk 80 long at 149.60; from there to 110 and up to 150 are 79.60, and the stop is met after 25.45
    expect(onlyTrade(desk)).toMatchObject({ entryTime: at(1) + LATENCY, exitReason: 'stop' });
    expect(onlyTrade(desk).exitTime).toBe(at(1) + LATENCY + Math.ceil((25.45 / 79.6) * 60_000));
  });

  it('opened beyond the target there is no doubt about the order', () => {
    const desk = new Desk().entered().minute({ option: { open: 212, low: 100, high: 213, close: 205 } });
    // the low touched the stop, but the bar opened beyond the target. 233 a minute outrun the first limit (210.70): re-priced after 2 s, 2.3 s × 3.8833 lower: 202.85 − 0.05
    expect(onlyTrade(desk)).toMatchObject({
      ambiguous: false,
      exitReason: 'target',
      exitPrice: 20_280,
      exitTime: at(2) + 2300,
      exitChases: 1,
    });
  });
});

describe('target', () => {
  it('is left at the market after the touch, which is assumed to turn there', () => {
    const desk = new Desk().entered().minute({ option: { open: 150, high: 211, low: 149 } });
    // 150 → 149 → 211 → 150 is 124 long: 0.3 s are 0.62; 210.65 − 0.62 − 0.21065 → 209.80, − 0.05
    expect(onlyTrade(desk)).toMatchObject({ exitPrice: 20_975, exitReason: 'target' });
    expect(onlyTrade(desk).exitTime).toBe(at(2) + Math.ceil((62.65 / 124) * 60_000 + LATENCY));
  });
});

describe('a missing minute', () => {
  it('invents no price: the position waits and the gap is counted', () => {
    const desk = new Desk()
      .entered()
      .minute()
      .minute()
      .minute({ option: around(150) });
    expect(desk.position.missingMinutes).toBe(2);
    expect(desk.state.counts.missingMinutes).toBe(2);
    expect(desk.out.trades).toEqual([]);
  });

  it('does not trigger a stop with the bar before it', () => {
    const desk = new Desk().entered().minute({ index: 24_960 }).minute();
    expect(desk.positions).toHaveLength(1);
  });
});

describe('break-even', () => {
  // half way from 150.20 to 210.65 is 180.425
  const half = { open: 160, high: 182, low: 126, close: 181 };

  it('holds from the next bar: the low of the bar that earned it may have come first', () => {
    const desk = new Desk().entered().minute({ option: half });
    expect(desk.position.stopMoved).toBe(true);
    expect(desk.out.trades).toEqual([]);
  });

  it('covers both orders, half the spread and the slippage, so that leaving there loses nothing', () => {
    const desk = new Desk().entered().minute({ option: half });
    expect(desk.position.stop).toBeGreaterThan(150.2);
    desk.minute({ option: { open: 170, high: 171, low: 140 } });
    const trade = onlyTrade(desk);
    expect(trade).toMatchObject({ exitReason: 'break-even' });
    expect(trade.net).toBeGreaterThanOrEqual(0);
    // not more than three ticks a unit are given away to rounding
    expect(trade.net).toBeLessThan(3 * 5 * trade.units);
  });

  it('needs a close at half the way, not a touch', () => {
    const desk = new Desk().entered().minute({ option: { ...half, low: 140, close: 180 } });
    expect(desk.position.stopMoved).toBe(false);
  });

  it('never comes for a gate that wants none', () => {
    const desk = new Desk({ gates: [gateProfile({ breakEvenAt: null })] }).entered();
    expect(desk.minute({ option: { ...half, low: 140 } }).position.stopMoved).toBe(false);
  });
});

describe('time exit', () => {
  it('closes at the first open 30 minutes after the entry, and the position is gone', () => {
    const desk = new Desk().entered();
    for (let i = 0; i < 29; i++) desk.minute({ option: around(150) });
    expect(desk.positions).toHaveLength(1);
    desk.minute({ option: { open: 151, low: 150.9, high: 151.1 } });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'time', exitTime: at(31) + LATENCY, exitPrice: 15_075 });
    expect(desk.positions).toEqual([]);
    desk.minute({ option: { open: 1 } });
    expect(desk.out.trades).toHaveLength(1);
    expect(desk.state.books[0]?.busy[0]).toBe(0);
  });

  it('waits for a price when its minute is missing, and counts the delay', () => {
    const desk = new Desk().entered();
    for (let i = 0; i < 29; i++) desk.minute({ option: around(150) });
    desk
      .minute()
      .minute()
      .minute({ option: around(149) });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'time', exitTime: at(33) + LATENCY });
    expect(desk.state.counts.lateExits).toBe(1);
    expect(desk.out.decisions.at(-1)?.detail).toContain('2 minutes without a price');
  });
});

describe('index stop', () => {
  it('closes at the next open after an index close beyond it', () => {
    const desk = new Desk().entered().minute({ index: 24_950, option: around(140) });
    expect(desk.positions).toHaveLength(1);
    desk.minute({ option: { open: 138, low: 100 } });
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'index-stop' });
    expect(onlyTrade(desk).exitTime).toBeGreaterThan(at(3));
  });

  it('may look at the extreme of the bar instead, or not at all', () => {
    const dip = { index: 24_980, indexLow: 24_940, option: around(145) };
    const leaves = (indexStop: 'close' | 'extreme' | 'off') =>
      new Desk({ config: { indexStop } })
        .entered()
        .minute(dip)
        .minute({ option: around(145) }).out.trades.length;
    expect([leaves('close'), leaves('extreme'), leaves('off')]).toEqual([0, 1, 0]);
  });
});

describe('the end', () => {
  const late = gateProfile({ timeExitMinutes: 600 });

  it('of the day: square-off at the first open from 15:15 on', () => {
    const desk = new Desk({ gates: [late] }).entered();
    while (desk.now < OPEN + 361 * MS_PER_MINUTE) desk.minute({ option: around(150) });
    const trade = onlyTrade(desk);
    expect(trade.exitReason).toBe('square-off');
    expect(formatIst(trade.exitTime as EpochMs)).toBe('2026-01-12 15:15:00');
  });

  it('of the data: flat at the last real price, labelled run-end', () => {
    const desk = new Desk({ gates: [late] })
      .entered()
      .minute({ option: around(155) })
      .minute()
      .close();
    // 155 − 0.155 → 154.80, − 0.05, dated when that price was last seen
    expect(onlyTrade(desk)).toMatchObject({ exitReason: 'run-end', exitPrice: 15_475, exitTime: at(3) });
    expect(desk.state.counts.runEndExits).toBe(1);
    expect(desk.positions).toEqual([]);
  });
});

describe('the trade record', () => {
  it('adds up to the paisa and keeps the extremes after the fill only', () => {
    const desk = new Desk()
      .minute({ option: { open: 90 }, signal: {} })
      .minute({ option: { open: 150, low: 148, high: 151 } });
    desk.minute({ option: { open: 150, low: 140, high: 170 } }).minute({ option: { open: 150, high: 211 } });
    const trade = onlyTrade(desk);
    const { units, lots } = trade;
    expect([lots, units]).toEqual([1, 65]);
    // bought 0.03 later on the way to 151: 150.03 + 0.15 → 150.20, + 0.05
    expect(trade.gross).toBe((20_975 - 15_025) * units);
    expect(trade.charges).toMatchObject({ brokerage: 4000, stt: Math.round((20_975 * units) / 1000) });
    expect(trade.net).toBe(trade.gross - trade.charges.total);
    expect(trade.maxAdverse).toBe((14_000 - 15_025) * units);
    // the market had turned by 0.61 when it was sold
    expect(trade.maxFavourable).toBe((21_004 - 15_025) * units);
    // risk to the stop at 124.15 plus the round trip's charges
    expect(trade.initialRisk).toBe((15_025 - 12_415) * units + 4000 + Math.round((12_415 * units) / 1000));
    expect(trade).toMatchObject({
      gate: 'UP',
      bias: 'bullish',
      regime: 'BULLISH',
      reasons: ['filter', 'trigger'],
      source: 'recorded',
    });
    expect(trade.signalTime).toBe(at(1));
  });

  it('buys puts for a bearish gate', () => {
    const desk = new Desk({ gates: [gateProfile({ bias: 'bearish' })] });
    desk.minute({ signal: { stop: 25_050, target: 24_900 } }).minute({ option: { open: 150 } });
    expect(desk.position.contract.id).toBe('NIFTY20JAN2625000PE');
    expect(desk.minute({ index: 25_050, option: around(130) }).position.exitReason).toBe('index-stop');
  });
});
