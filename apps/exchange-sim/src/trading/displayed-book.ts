import type { EpochMs } from '@sos/domain';
import { z } from 'zod';
import type { InstrumentState } from '../market/instrument-day.js';

/** A price that is displayed and the units that are offered at it. */
export interface Level {
  readonly pricePaise: number;
  readonly size: number;
}

/** What the market displays of one instrument at an instant, best prices first. */
export interface DisplayedBook {
  readonly at: EpochMs;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** The last print; NaN before the first. */
  readonly lastPaise: number;
  /** Units traded today; NaN when not told. */
  readonly volume: number;
}

const toPaise = (rupees: number): number => Math.round(rupees * 100);

function levels(quotes: readonly (readonly [price: number, size: number])[]): Level[] {
  return quotes.flatMap(([price, size]) =>
    price > 0 && size > 0 ? [{ pricePaise: toPaise(price), size: Math.floor(size) }] : [],
  );
}

/** The book of an instrument of the market: one level on each side. */
export function bookOfState(state: InstrumentState, at: EpochMs): DisplayedBook {
  return {
    at,
    bids: levels([[state.bid, state.bidQty]]),
    asks: levels([[state.ask, state.askQty]]),
    lastPaise: toPaise(state.lastPrice),
    volume: state.volumeToday,
  };
}

const number = z.coerce.number().default(0);
const Quote = z.object({ bidQ: number, bidP: number, askQ: number, askP: number });
const Message = z.object({
  fullFeed: z.object({
    marketFF: z.object({
      ltpc: z.object({ ltp: number }).optional(),
      marketLevel: z.object({ bidAskQuote: z.array(Quote).default([]) }).optional(),
      vtt: number,
    }),
  }),
});

/** The book of a recorded message, with the levels that were recorded; null for an index or a message of another form. */
export function bookOfMessage(message: unknown, at: EpochMs): DisplayedBook | null {
  const parsed = Message.safeParse(message);
  if (!parsed.success) return null;
  const { ltpc, marketLevel, vtt } = parsed.data.fullFeed.marketFF;
  const quotes = marketLevel?.bidAskQuote ?? [];
  return {
    at,
    bids: levels(quotes.map((q) => [q.bidP, q.bidQ])),
    asks: levels(quotes.map((q) => [q.askP, q.askQ])),
    lastPaise: ltpc ? toPaise(ltpc.ltp) : Number.NaN,
    volume: vtt,
  };
}
