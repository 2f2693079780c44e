import { z } from 'zod';

/** The version of the messages; one of another version is refused, not guessed at. */
export const BRIDGE_VERSION = 1;

const seq = z.number().int().positive();
const price = z.number().positive();
const size = z.number().nonnegative().nullable();

/** One bar of a contract: `start` epoch ms, prices rupees, volume and open interest units (null = unknown), `closed` when it will not change any more. */
export const BridgeBar = z
  .strictObject({
    contract: z.string().min(1),
    start: z.number().int().positive().multipleOf(60_000),
    minutes: z.literal(1),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: size,
    openInterest: size,
    closed: z.boolean(),
  })
  .refine((b) => b.high >= Math.max(b.open, b.close) && b.low <= Math.min(b.open, b.close), {
    error: 'expected high and low to contain open and close',
  });

/** One bar as it crosses the bridge. */
export type BridgeBar = z.infer<typeof BridgeBar>;

const envelope = { v: z.literal(BRIDGE_VERSION), session: z.string().min(1), ts: z.number().int().positive() };

/**
 * What the server says. A closed bar has a `seq`: 1, 2, 3 … of its session, without holes; a running one has none and may be left out. `hello`
 * opens every connection; `lost` names numbers that the server no longer keeps.
 */
export const ServerMessage = z.discriminatedUnion('type', [
  z.strictObject({
    ...envelope,
    type: z.literal('hello'),
    seq: z.null(),
    data: z.strictObject({ newest: z.number().int().nonnegative(), heartbeatMs: z.number().positive() }),
  }),
  z.strictObject({ ...envelope, type: z.literal('bar'), seq: seq.nullable(), data: BridgeBar }),
  z.strictObject({
    ...envelope,
    type: z.literal('heartbeat'),
    seq: z.null(),
    data: z.strictObject({ newest: z.number().int().nonnegative() }),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('lost'),
    seq: z.null(),
    data: z.strictObject({ from: seq, to: seq }),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('history'),
    seq: z.null(),
    data: z.strictObject({ request: z.string(), bars: z.array(BridgeBar), last: z.boolean() }),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('refused'),
    seq: z.null(),
    data: z.strictObject({ request: z.string(), code: z.string(), message: z.string() }),
  }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

type BodyOf<M> = M extends { type: infer T; data: infer D } ? { readonly type: T; readonly data: D } : never;
/** What a message of the server says, without its envelope. */
export type ServerBody = BodyOf<ServerMessage>;

/**
 * What a client says. `resume` comes first: `after` is the last number it took of that session, null for a new client, which gets what comes
 * from now on.
 */
export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    v: z.literal(BRIDGE_VERSION),
    type: z.literal('resume'),
    data: z.strictObject({ session: z.string().nullable(), after: z.number().int().nonnegative().nullable() }),
  }),
  z.strictObject({
    v: z.literal(BRIDGE_VERSION),
    type: z.literal('history'),
    data: z.strictObject({
      request: z.string().min(1).max(64),
      contract: z.string().min(1),
      from: z.iso.date(),
      to: z.iso.date(),
    }),
  }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** A message as the bytes of a text frame. */
export function bridgeText(message: ServerMessage | ClientMessage): string {
  return JSON.stringify(message);
}
