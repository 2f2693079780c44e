import { DEPTH_LEVELS, type TickColumns } from '../providers/feed/tick-columns.js';

/**
 * One row of a live feed in the form in which recorded messages are read, so that both are folded by the same code; groups of fields that the
 * frame had not are left out.
 * @param isLate the message was overtaken by a newer one: its book is not used
 */
export function feedOfRow(ticks: TickColumns, row: number, isLate: boolean): object {
  const at = (column: Float64Array): number => column[row] as number;
  const best = row * DEPTH_LEVELS;
  const hasTrade = !Number.isNaN(at(ticks.lastQty));
  const hasBook = !isLate && !Number.isNaN(ticks.bidQty[best] as number);
  const hasMinute = !Number.isNaN(at(ticks.minuteTime));
  return {
    fullFeed: {
      marketFF: {
        ltpc: hasTrade ? { ltp: at(ticks.lastPrice), ltt: at(ticks.lastTradeTime), ltq: at(ticks.lastQty) } : undefined,
        marketLevel: hasBook ? { bidAskQuote: [bestOf(ticks, best)] } : undefined,
        vtt: at(ticks.volumeToday),
        oi: at(ticks.openInterest),
        marketOHLC: hasMinute ? { ohlc: [minuteOf(ticks, row)] } : undefined,
      },
    },
  };
}

function bestOf({ bid, bidQty, ask, askQty }: TickColumns, cell: number): object {
  return { bidP: bid[cell], bidQ: bidQty[cell], askP: ask[cell], askQ: askQty[cell] };
}

function minuteOf(ticks: TickColumns, row: number): object {
  const { minuteTime, minuteOpen, minuteHigh, minuteLow, minuteClose, minuteVolume } = ticks;
  return {
    interval: 'I1',
    ts: minuteTime[row],
    open: minuteOpen[row],
    high: minuteHigh[row],
    low: minuteLow[row],
    close: minuteClose[row],
    vol: minuteVolume[row],
  };
}
