import { z } from 'zod';
import { IstDateText, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';

/** Version of every message on the socket; a peer with another version is refused. */
export const SOCKET_VERSION = 1;

/** What a client may say. The server's clock of the replay is authoritative: a client asks, it does not set time. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({
    v: z.literal(SOCKET_VERSION),
    type: z.literal('replay.start'),
    symbol: UnderlyingName,
    date: IstDateText,
    /** Bars per second of wall time, 0.1..200. */
    speed: z.number().min(0.1).max(200),
  }),
  z.object({ v: z.literal(SOCKET_VERSION), type: z.literal('replay.pause') }),
  z.object({ v: z.literal(SOCKET_VERSION), type: z.literal('replay.resume') }),
  z.object({ v: z.literal(SOCKET_VERSION), type: z.literal('replay.step') }),
  z.object({ v: z.literal(SOCKET_VERSION), type: z.literal('replay.seek'), bar: z.number().int().min(0) }),
  z.object({ v: z.literal(SOCKET_VERSION), type: z.literal('replay.stop') }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

const OneBar = z.object({
  time: z.number(),
  open: MaybeNumber,
  high: MaybeNumber,
  low: MaybeNumber,
  close: MaybeNumber,
  volume: MaybeNumber,
});

/** What the server says; `seq` grows by one per connection, so a gap is visible. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    v: z.literal(SOCKET_VERSION),
    seq: z.number().int(),
    type: z.literal('replay.state'),
    status: z.enum(['playing', 'paused', 'ended', 'stopped']),
    bar: z.number().int(),
    bars: z.number().int(),
    source: SourceLabel,
  }),
  z.object({
    v: z.literal(SOCKET_VERSION),
    seq: z.number().int(),
    type: z.literal('bar'),
    index: z.number().int(),
    bar: OneBar,
  }),
  z.object({
    v: z.literal(SOCKET_VERSION),
    seq: z.number().int(),
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
  }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
