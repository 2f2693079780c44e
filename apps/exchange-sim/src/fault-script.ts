import { z } from 'zod';

const clock = z.string().regex(/^\d{2}:\d{2}$/, 'expected HH:MM');
const when = {
  /** Hours of the simulated day, `HH:MM` IST; from inclusive, to exclusive. */
  from: clock.default('00:00'),
  to: clock.default('24:00'),
  /** Chance that a request, frame, update or order is hit; for the market the chance of an instrument's minute. */
  probability: z.number().min(0).max(1).default(1),
  /** How often at most. */
  times: z.number().int().positive().default(Number.MAX_SAFE_INTEGER),
};
const onRequests = {
  ...when,
  /** Only paths that contain this text. */
  path: z.string().default(''),
  /** Only this method, `POST`. */
  method: z.string().default(''),
  /** `after`: the request is carried out, its answer is what is hit. */
  stage: z.enum(['before', 'after']).default('before'),
};

const RestFault = z.discriminatedUnion('fault', [
  z.strictObject({
    fault: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfterSeconds: z.number().positive().optional(),
    ...onRequests,
  }),
  z.strictObject({ fault: z.literal('drop'), ...onRequests }),
  /** No answer, and the connection stays open until the client gives up. */
  z.strictObject({ fault: z.literal('hang'), ...onRequests }),
  z.strictObject({ fault: z.literal('truncate'), ...onRequests }),
  z.strictObject({ fault: z.literal('delay'), ms: z.number().positive(), ...onRequests }),
]);
const FeedFault = z.strictObject({
  fault: z.enum(['drop', 'close', 'silent', 'duplicate', 'late', 'truncate', 'wrong-clock']),
  /** How far the vendor's clock is off in a `wrong-clock` frame. */
  ms: z.number().int().default(3_600_000),
  ...when,
});
const UpdateFault = z.strictObject({
  /** `reordered`: sent after the update that follows it; `silent`: from then on the connection is open and mute, pings are not answered either. */
  fault: z.enum(['lost', 'duplicate', 'reordered', 'silent', 'close', 'drop']),
  ...when,
});
const OrderFault = z.discriminatedUnion('fault', [
  /** A part is filled, of two lots at least one, then the exchange cancels the rest. */
  z.strictObject({
    fault: z.literal('partial-then-cancel'),
    share: z.number().positive().lt(1).default(0.5),
    ...when,
  }),
  /** Updates of an order that is filled on arrival come fills first, and before the answer to its request. */
  z.strictObject({ fault: z.literal('fill-before-ack'), ...when }),
  z.strictObject({ fault: z.literal('reject'), ...when }),
]);
const ofContract = {
  ...when,
  /** Only contracts whose id contains this text, `NIFTY13JAN26`. */ contract: z.string().default(''),
};
const MarketFault = z.discriminatedUnion('fault', [
  /** The displayed bid is above the ask. */
  z.strictObject({ fault: z.literal('crossed-quote'), ...ofContract }),
  /** A print this many percent away from the market; it triggers stops, as a real one does. */
  z.strictObject({ fault: z.literal('freak-print'), percent: z.number().min(-99).default(-40), ...ofContract }),
  /** Open interest stays what it was at `from`. */
  z.strictObject({ fault: z.literal('oi-frozen'), ...ofContract }),
  /** Nothing trades and nothing moves between `from` and `to`; orders are refused. */
  z.strictObject({ fault: z.literal('halt'), from: clock, to: clock }),
]);

/** The faults of one run of the stand-in. */
export const FaultScript = z.strictObject({
  seed: z.number().int().default(1),
  rest: z.array(RestFault).default([]),
  feed: z.array(FeedFault).default([]),
  updates: z.array(UpdateFault).default([]),
  orders: z.array(OrderFault).default([]),
  market: z.array(MarketFault).default([]),
  /** The vendor's clock in stamps of orders, trades and answers is off by so many milliseconds. */
  clockSkew: z.strictObject({ ms: z.number().int(), from: when.from, to: when.to }).optional(),
  /** Clock time, `HH:MM` IST, from which every token is dead and open feeds are mute. */
  tokenDeathAt: clock.optional(),
});

export type FaultScriptInput = z.input<typeof FaultScript>;
export type RestFault = z.output<typeof RestFault>;
export type FeedFault = z.output<typeof FeedFault>;
export type UpdateFault = z.output<typeof UpdateFault>;
export type OrderFault = z.output<typeof OrderFault>;
export type MarketFault = z.output<typeof MarketFault>;
