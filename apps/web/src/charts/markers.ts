import type { TradeView } from '@sos/contracts';
import type { SeriesMarker, UTCTimestamp } from 'lightweight-charts';
import { candleAt } from './fold-bars.js';

/** How arrows are drawn. */
export interface MarkerStyle {
  /** Minutes per candle. */
  readonly minutes: number;
  /** The trade whose arrows carry words. */
  readonly spoken: number | null;
  /** On the contract's own chart arrows stand at the price of the fill; on the index chart beside the candle. */
  readonly atPrice: boolean;
  readonly colours: { readonly entry: string; readonly up: string; readonly down: string };
}

const rupees = (paise: number): string => (paise / 100).toFixed(2);

function markersOf(t: TradeView, { minutes, spoken, atPrice, colours }: MarkerStyle): SeriesMarker<UTCTimestamp>[] {
  const isSpoken = t.seq === spoken;
  const won = t.netPaise >= 0;
  const entry = {
    time: candleAt(t.entryTime, minutes) as UTCTimestamp,
    shape: 'arrowUp' as const,
    color: colours.entry,
    text: isSpoken ? `${t.gate} in ${rupees(t.entryPrice)}` : '',
  };
  const exit = {
    time: candleAt(t.exitTime, minutes) as UTCTimestamp,
    shape: 'arrowDown' as const,
    color: won ? colours.up : colours.down,
    text: isSpoken ? `${t.exitReason} ${rupees(t.exitPrice)} (${won ? '+' : ''}${rupees(t.netPaise)})` : '',
  };
  if (!atPrice)
    return [
      { ...entry, position: 'belowBar' },
      { ...exit, position: 'aboveBar' },
    ];
  return [
    { ...entry, position: 'atPriceBottom', price: t.entryPrice / 100 },
    { ...exit, position: 'atPriceTop', price: t.exitPrice / 100 },
  ];
}

/** Entry and exit arrows of trades, ordered by time as the chart wants them; an arrow stands on the candle that holds its fill. */
export function tradeMarkers(trades: readonly TradeView[], style: MarkerStyle): SeriesMarker<UTCTimestamp>[] {
  return trades.flatMap((t) => markersOf(t, style)).sort((a, b) => a.time - b.time);
}
