import type { EpochMs } from '@sos/domain';
import { z } from 'zod';
import { ProtoWriter } from './proto-writer.js';

// 64-bit integers come as text.
const number = z.coerce.number().default(0);
const Ltpc = z.object({ ltp: number, ltt: number, ltq: number, cp: number });
const Quote = z.object({ bidQ: number, bidP: number, askQ: number, askP: number });
const Greeks = z.object({ delta: number, theta: number, gamma: number, vega: number, rho: number });
const Bar = z.object({
  interval: z.string(),
  open: number,
  high: number,
  low: number,
  close: number,
  vol: number,
  ts: number,
});
const Bars = z.object({ ohlc: z.array(Bar).default([]) });
const MarketFeed = z.object({
  ltpc: Ltpc.optional(),
  marketLevel: z.object({ bidAskQuote: z.array(Quote).default([]) }).optional(),
  optionGreeks: Greeks.optional(),
  marketOHLC: Bars.optional(),
  atp: number,
  vtt: number,
  oi: number,
  iv: number,
  tbq: number,
  tsq: number,
});
const IndexFeed = z.object({ ltpc: Ltpc.optional(), marketOHLC: Bars.optional() });
const Message = z.object({
  fullFeed: z.object({ marketFF: MarketFeed.optional(), indexFF: IndexFeed.optional() }),
});

const LIVE = 1;
const SNAPSHOT = 0;
const FULL = 1;

function ltpc(w: ProtoWriter, l: z.output<typeof Ltpc> | undefined): void {
  if (l) w.message(1, (o) => o.double(1, l.ltp).int(2, l.ltt).int(3, l.ltq).double(4, l.cp));
}

function bars(w: ProtoWriter, field: number, ohlc: z.output<typeof Bars> | undefined): void {
  if (!ohlc) return;
  w.message(field, (all) => {
    for (const b of ohlc.ohlc)
      all.message(1, (o) =>
        o
          .text(1, b.interval)
          .double(2, b.open)
          .double(3, b.high)
          .double(4, b.low)
          .double(5, b.close)
          .int(6, b.vol)
          .int(7, b.ts),
      );
  });
}

function market(w: ProtoWriter, ff: z.output<typeof MarketFeed>): void {
  const { marketLevel, optionGreeks: g } = ff;
  ltpc(w, ff.ltpc);
  if (marketLevel)
    w.message(2, (levels) => {
      for (const q of marketLevel.bidAskQuote)
        levels.message(1, (o) => o.int(1, q.bidQ).double(2, q.bidP).int(3, q.askQ).double(4, q.askP));
    });
  if (g)
    w.message(3, (o) => o.double(1, g.delta).double(2, g.theta).double(3, g.gamma).double(4, g.vega).double(5, g.rho));
  bars(w, 4, ff.marketOHLC);
  w.double(5, ff.atp).int(6, ff.vtt).double(7, ff.oi).double(8, ff.iv).double(9, ff.tbq).double(10, ff.tsq);
}

/** The feed object of an exported message as the vendor's wire has it, or null for a message of another form. */
export function encodeRecordedFeed(message: unknown): Uint8Array | null {
  const parsed = Message.safeParse(message);
  if (!parsed.success) return null;
  const { marketFF, indexFF } = parsed.data.fullFeed;
  const w = new ProtoWriter();
  w.message(2, (full) => {
    if (marketFF) full.message(1, (m) => market(m, marketFF));
    else if (indexFF)
      full.message(2, (m) => {
        ltpc(m, indexFF.ltpc);
        bars(m, 2, indexFF.marketOHLC);
      });
  });
  return w.int(4, FULL).finish();
}

/** A frame with encoded feeds of instruments. */
export function frameOfFeeds(
  feeds: Iterable<readonly [string, Uint8Array]>,
  at: EpochMs,
  snapshot: boolean,
): Uint8Array {
  const w = new ProtoWriter().int(1, snapshot ? SNAPSHOT : LIVE);
  for (const [key, feed] of feeds) w.message(2, (entry) => entry.text(1, key).bytes(2, feed));
  return w.int(3, at).finish();
}
