import type { BarsPayload, TradeView } from '@sos/contracts';
import type { CandlestickData, SeriesMarker, UTCTimestamp, WhitespaceData } from 'lightweight-charts';

const IST_OFFSET_SECONDS = 19_800;
const MINUTE_SECONDS = 60;

/**
 * Chart time of a bar: its opening second, shifted to IST digits because the chart library draws UTC only.
 * @param close the bar's close, epoch ms
 */
export function chartTime(close: number): UTCTimestamp {
  return (Math.floor(close / 1000) - MINUTE_SECONDS + IST_OFFSET_SECONDS) as UTCTimestamp;
}

export type Candle = CandlestickData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;

/** Candles of a session; a bar with an unknown price becomes a gap, never a flat candle. */
export function candlesOf(bars: BarsPayload): Candle[] {
  return bars.time.map((close, i) => {
    const [o, h, l, c] = [bars.open[i], bars.high[i], bars.low[i], bars.close[i]];
    const time = chartTime(close);
    if (typeof o !== 'number' || typeof h !== 'number' || typeof l !== 'number' || typeof c !== 'number')
      return { time };
    return { time, open: o, high: h, low: l, close: c };
  });
}

// An event inside a minute belongs to the candle of that minute; one exactly at a close belongs to the next candle's open.
const candleAt = (at: number): UTCTimestamp =>
  (Math.floor(at / 60_000) * MINUTE_SECONDS + IST_OFFSET_SECONDS) as UTCTimestamp;

const rupees = (paise: number): string => (paise / 100).toFixed(2);

/** Entry and exit arrows of trades, ordered by time as the chart wants them; words stand at the trade of number `spoken` only. */
export function tradeMarkers(trades: readonly TradeView[], spoken: number): SeriesMarker<UTCTimestamp>[] {
  const markers = trades.flatMap((t): SeriesMarker<UTCTimestamp>[] => [
    {
      time: candleAt(t.entryTime),
      position: 'belowBar',
      shape: 'arrowUp',
      color: '#2f6fed',
      text: t.seq === spoken ? `${t.gate} in ${rupees(t.entryPrice)}` : '',
    },
    {
      time: candleAt(t.exitTime),
      position: 'aboveBar',
      shape: 'arrowDown',
      color: t.netPaise >= 0 ? '#0b8f6a' : '#c2410c',
      text:
        t.seq === spoken
          ? `${t.exitReason} ${rupees(t.exitPrice)} (${t.netPaise >= 0 ? '+' : ''}${rupees(t.netPaise)})`
          : '',
    },
  ]);
  return markers.sort((a, b) => a.time - b.time);
}
