import { z } from 'zod';
import { BarsPayload, ContractBars } from './bars.js';
import { JobView } from './jobs.js';
import { DecisionView, MinuteState } from './minute.js';
import { TradeView } from './runs.js';
import { ClockText, IstDateText, MarketName, SourceLabel, UnderlyingName } from './scalars.js';

/** Version of every message on the socket; a peer with another version is refused. */
export const SOCKET_VERSION = 2;

const v = z.literal(SOCKET_VERSION);
/** Market minutes per wall-clock minute. */
const Speed = z.number().min(1).max(200);
const Bar = z.number().int().min(0);

/** What a client may say. The server's clock of the replay is authoritative: a client asks, it does not set time. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({
    v,
    type: z.literal('replay.start'),
    symbol: UnderlyingName,
    date: IstDateText,
    market: MarketName.optional(),
    /** 1 = as fast as the market was, 60 = a bar a second. */
    speed: Speed,
    /** Bars that are known at the start. */
    bar: Bar.optional(),
    /** Or the minute up to which everything is known. */
    at: ClockText.optional(),
    paused: z.boolean().optional(),
    strike: z.number().positive().optional(),
  }),
  z.object({ v, type: z.literal('replay.pause') }),
  z.object({ v, type: z.literal('replay.resume') }),
  z.object({ v, type: z.literal('replay.step'), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ v, type: z.literal('replay.seek'), bar: Bar }),
  z.object({ v, type: z.literal('replay.next-signal') }),
  z.object({ v, type: z.literal('replay.speed'), speed: Speed }),
  /** Which strike's call and put stand beside the index. */
  z.object({ v, type: z.literal('replay.strike'), strike: z.number().positive() }),
  z.object({ v, type: z.literal('replay.stop') }),
  /** Takes up a session whose connection was lost: everything after message `after` is said again. */
  z.object({ v, type: z.literal('session.resume'), session: z.string().max(60), after: z.number().int().min(0) }),
]);
/** What a client may say. */
export type ClientMessage = z.infer<typeof ClientMessage>;

const head = { v, seq: z.number().int() };
const Growth = {
  index: BarsPayload,
  /** Call and put of the chosen strike; what is not known of them is absent. */
  pair: z.array(ContractBars),
  decisions: z.array(DecisionView),
  trades: z.array(TradeView),
  minute: MinuteState,
};

/** What the server says; `seq` grows by one per session, so a gap is visible. */
export const ServerMessage = z.discriminatedUnion('type', [
  /** Everything known up to the minute: after a start, a seek or a change of strike. It replaces what the client had. */
  z.object({
    ...head,
    type: z.literal('replay.history'),
    session: z.string(),
    symbol: UnderlyingName,
    date: IstDateText,
    source: SourceLabel,
    origins: z.array(z.string()),
    /** What the index chart's volume is: an index has none. */
    volumeSource: z.enum(['future', 'option-band', 'none']),
    bars: z.number().int(),
    strike: z.number().nullable(),
    ...Growth,
  }),
  /** One more minute: rows to be appended. */
  z.object({ ...head, type: z.literal('replay.minute'), ...Growth }),
  z.object({
    ...head,
    type: z.literal('replay.state'),
    status: z.enum(['playing', 'paused', 'ended', 'stopped']),
    bar: z.number().int(),
    bars: z.number().int(),
    speed: z.number(),
  }),
  /** A backtest moved on; `seq` is 0: jobs belong to no session. */
  z.object({ ...head, type: z.literal('job'), job: JobView }),
  z.object({ ...head, type: z.literal('error'), code: z.string(), message: z.string() }),
]);
/** What the server says. */
export type ServerMessage = z.infer<typeof ServerMessage>;
