import { startOfIstDay, istDateOf, type EpochMs } from '@sos/domain';
import type { InstrumentState, StateBar } from '../market/instrument-day.js';
import { ProtoWriter } from './proto-writer.js';

/** Modes of a subscription, as clients name them. */
export const FEED_MODES = ['ltpc', 'option_greeks', 'full', 'full_d30'] as const;
export type WireMode = (typeof FEED_MODES)[number];

/** What is sent of one instrument. */
export interface FeedItem {
  readonly key: string;
  readonly isIndex: boolean;
  readonly mode: WireMode;
  readonly state: InstrumentState;
}

const REQUEST_MODES: Readonly<Record<WireMode, number>> = { ltpc: 0, full: 1, option_greeks: 2, full_d30: 3 };
const SNAPSHOT = 0;
const LIVE = 1;
const MARKET_INFO = 2;
const LEVELS = 5;

function ltpc(w: ProtoWriter, { lastPrice, lastTradeTime, previousClose }: InstrumentState): void {
  // The size of the last print is not known from bars: left out.
  w.double(1, lastPrice).int(2, lastTradeTime).double(4, previousClose);
}

function quote(w: ProtoWriter, { bid, bidQty, ask, askQty }: InstrumentState): void {
  w.int(1, bidQty).double(2, bid).int(3, askQty).double(4, ask);
}

function bar(w: ProtoWriter, interval: string, { start, open, high, low, close, volume }: StateBar): void {
  const time = interval === '1d' ? startOfIstDay(istDateOf(start as EpochMs)) : start;
  w.message(1, (o) => {
    o.text(1, interval).double(2, open).double(3, high).double(4, low).double(5, close).int(6, volume).int(7, time);
  });
}

function bars(w: ProtoWriter, { day, minute }: InstrumentState): void {
  if (day !== null) bar(w, '1d', day);
  if (minute !== null) bar(w, 'I1', minute);
}

function fullFeed(w: ProtoWriter, { isIndex, state }: FeedItem): void {
  if (isIndex) {
    w.message(2, (index) => index.message(1, (l) => ltpc(l, state)).message(2, (o) => bars(o, state)));
    return;
  }
  w.message(1, (market) => {
    market.message(1, (l) => ltpc(l, state));
    // One level is known; the others are sent empty, as the vendor sends a thin book.
    market.message(2, (levels) => {
      for (let i = 0; i < LEVELS; i++) levels.message(1, (q) => (i === 0 ? quote(q, state) : undefined));
    });
    market.message(3, () => undefined).message(4, (o) => bars(o, state));
    market.int(6, state.volumeToday).double(7, state.openInterest).double(9, state.bidQty).double(10, state.askQty);
  });
}

function feed(w: ProtoWriter, item: FeedItem): void {
  const { mode, state } = item;
  if (mode === 'ltpc') w.message(1, (l) => ltpc(l, state));
  else if (mode === 'option_greeks')
    w.message(3, (first) => {
      first
        .message(1, (l) => ltpc(l, state))
        .message(2, (q) => quote(q, state))
        .message(3, () => undefined);
      first.int(4, state.volumeToday).double(5, state.openInterest);
    });
  else w.message(2, (full) => fullFeed(full, item));
  w.int(4, REQUEST_MODES[mode]);
}

/** A frame with the state (`snapshot`) or the changes of instruments. */
export function encodeFeed(items: readonly FeedItem[], now: EpochMs, snapshot: boolean): Uint8Array {
  const w = new ProtoWriter().int(1, snapshot ? SNAPSHOT : LIVE);
  for (const item of items) w.message(2, (entry) => entry.text(1, item.key).message(2, (f) => feed(f, item)));
  return w.int(3, now).finish();
}

/** The frame about the phase of the markets; `status` is the number of the vendor's list (2 = open, 3 = closed). */
export function encodeMarketInfo(segments: readonly string[], status: number, now: EpochMs): Uint8Array {
  const w = new ProtoWriter().int(1, MARKET_INFO).int(3, now);
  w.message(4, (info) => {
    for (const segment of segments) info.message(1, (entry) => entry.text(1, segment).int(2, status));
  });
  return w.finish();
}
