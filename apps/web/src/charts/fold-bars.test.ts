import { istInstant, parseIstDate } from '@sos/domain';
import type { BarsPayload } from '@sos/contracts';
import { axisOf, candleAt, foldBars, onAxis } from './fold-bars.js';

const date = parseIstDate('2026-01-12');
const at = (clock: string): number => istInstant(date, clock);
const digits = (time: number | undefined): string => new Date((time ?? 0) * 1000).toISOString().slice(11, 16);

const bars: BarsPayload = {
  time: [at('09:16'), at('09:17'), at('09:18'), at('09:19')],
  open: [100, 101, null, 103],
  high: [102, 105, null, 104],
  low: [99, 100, null, 98],
  close: [101, 102, null, 99],
  volume: [10, null, null, 5],
  openInterest: [50, 60, null, 55],
};

describe('candles', () => {
  test('the bar that closes at 09:16 IST is drawn at 09:15', () => {
    expect(foldBars(bars, 1).map((c) => digits(c.time))).toEqual(['09:15', '09:16', '09:17', '09:18']);
  });
  test('three minutes are one candle: first open, extremes, last close, summed volume, last open interest', () => {
    expect(foldBars(bars, 3)).toEqual([
      { time: candleAt(at('09:15'), 3), open: 100, high: 105, low: 99, close: 102, volume: 10, openInterest: 60 },
      { time: candleAt(at('09:18'), 3), open: 103, high: 104, low: 98, close: 99, volume: 5, openInterest: 55 },
    ]);
  });
  test('candles of 5 and 15 minutes begin with the session', () => {
    expect([5, 15].map((m) => digits(foldBars(bars, m)[0]?.time))).toEqual(['09:15', '09:15']);
  });
  test('a minute that is not known is a gap, never a flat candle', () => {
    expect(foldBars(bars, 1)[2]).toMatchObject({ open: null, close: null, volume: null });
  });
  test('series of different lengths stand on one axis', () => {
    const [whole, part] = [foldBars(bars, 1), foldBars(bars, 1).slice(1, 2)];
    const axis = axisOf(whole, part);
    expect(onAxis(part, axis).map((c) => c.close)).toEqual([null, 102, null, null]);
    expect(axis).toEqual(whole.map((c) => c.time));
  });
});
