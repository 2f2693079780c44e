import type { TradeView } from '@sos/contracts';
import { istInstant, parseIstDate } from '@sos/domain';
import { tradeMarkers } from './markers.js';

const date = parseIstDate('2026-01-12');
const at = (clock: string): number => istInstant(date, clock);
const digits = (time: unknown): string => new Date(Number(time) * 1000).toISOString().slice(11, 16);
const colours = { entry: 'e', up: 'u', down: 'd' };
const style = { minutes: 1, spoken: 1, atPrice: false, colours };

const trade: TradeView = {
  seq: 1,
  gate: 'BB_MEAN_REVERSION_LONG',
  underlying: 'NIFTY',
  contract: 'NIFTY13JAN2625700CE',
  bias: 'bullish',
  regime: 'BULLISH',
  signalTime: at('10:00'),
  entryTime: at('10:00'),
  exitTime: at('10:07') + 30_000,
  units: 65,
  entryPrice: 10_450,
  exitPrice: 9_900,
  exitReason: 'stop',
  grossPaise: -35_750,
  chargesPaise: 5_212,
  netPaise: -40_962,
  reasons: [],
  source: 'simulated',
};

describe('arrows', () => {
  test('stand on the candle that holds the fill and say why and what it earned', () => {
    const [entry, exit] = tradeMarkers([trade], style);
    expect([digits(entry?.time), entry?.shape, entry?.text]).toEqual([
      '10:00',
      'arrowUp',
      'BB_MEAN_REVERSION_LONG in 104.50',
    ]);
    expect([digits(exit?.time), exit?.shape, exit?.text, exit?.color]).toEqual([
      '10:07',
      'arrowDown',
      'stop 99.00 (-409.62)',
      'd',
    ]);
  });
  test('stand at the price of the fill on the contract’s own chart', () => {
    expect(tradeMarkers([trade], { ...style, atPrice: true }).map((m) => ('price' in m ? m.price : null))).toEqual([
      104.5, 99,
    ]);
  });
  test('follow the timeframe', () => {
    expect(tradeMarkers([trade], { ...style, minutes: 5 }).map((m) => digits(m.time))).toEqual(['10:00', '10:05']);
  });
  test('of several trades are in the order of time; words stand at one trade only', () => {
    const later = { ...trade, seq: 9, entryTime: at('10:03'), exitTime: at('10:05') };
    const all = tradeMarkers([trade, later], { ...style, spoken: 9 });
    expect(all.map((m) => m.text !== '')).toEqual([false, true, true, false]);
    expect(all.map((m) => digits(m.time))).toEqual(['10:00', '10:03', '10:05', '10:07']);
  });
});
