import { istInstant, parseIstDate } from '@sos/domain';
import type { TradeView } from '@sos/contracts';
import { candlesOf, chartTime, tradeMarkers } from './to-series.js';

const date = parseIstDate('2026-01-12');
const at = (clock: string): number => istInstant(date, clock);
const digits = (time: number): string => new Date(time * 1000).toISOString().slice(11, 16);

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
  source: 'simulated',
};

describe('series of the charts', () => {
  test('the bar that closes at 09:16 IST is drawn at 09:15', () => {
    expect(digits(chartTime(at('09:16')))).toBe('09:15');
  });

  test('a bar with an unknown price is a gap', () => {
    const candles = candlesOf({
      time: [at('09:16'), at('09:17')],
      open: [1, null],
      high: [2, 2],
      low: [0.5, 1],
      close: [1.5, 1],
      volume: [null, null],
      openInterest: [null, null],
    });
    expect(candles).toEqual([
      { time: chartTime(at('09:16')), open: 1, high: 2, low: 0.5, close: 1.5 },
      { time: chartTime(at('09:17')) },
    ]);
  });

  test('arrows stand on the candle that holds the fill', () => {
    const [entry, exit] = tradeMarkers([trade], trade.seq);
    expect([digits(Number(entry?.time)), entry?.shape, entry?.text]).toEqual([
      '10:00',
      'arrowUp',
      'BB_MEAN_REVERSION_LONG in 104.50',
    ]);
    expect([digits(Number(exit?.time)), exit?.shape, exit?.text]).toEqual([
      '10:07',
      'arrowDown',
      'stop 99.00 (-409.62)',
    ]);
  });

  test('arrows of several trades are in the order of time', () => {
    const later = { ...trade, seq: 9, entryTime: at('10:03'), exitTime: at('10:05') };
    expect(tradeMarkers([trade, later], 9).map((m) => m.text !== '')).toEqual([false, true, true, false]);
    expect(tradeMarkers([trade, later], 9).map((m) => digits(Number(m.time)))).toEqual([
      '10:00',
      '10:03',
      '10:05',
      '10:07',
    ]);
  });
});
