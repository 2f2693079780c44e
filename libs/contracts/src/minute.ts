import { REGIMES } from '@sos/domain';
import { z } from 'zod';
import { ChainTable } from './chain.js';
import { MaybeNumber } from './scalars.js';

/** Where one gate stands at a minute. */
export const GateState = z.object({
  id: z.string(),
  bias: z.enum(['bullish', 'bearish']),
  phase: z.string(),
  phaseIndex: z.number().int(),
  phases: z.array(z.string()),
  /** Bars until the phase is over; null where it has no limit in bars. */
  barsLeft: z.number().int().nullable(),
  inPosition: z.boolean(),
  regimeAllows: z.boolean(),
  /** Conditions that hold now, of those it waits for. */
  passed: z.number().int(),
  total: z.number().int(),
  /** The first condition that keeps it waiting, in its own words; null when all hold. */
  blocking: z.string().nullable(),
  /** Value, threshold and distance of that condition, in words. */
  detail: z.string(),
});
/** Where one gate stands at a minute. */
export type GateState = z.infer<typeof GateState>;

/** One line of the decision journal. */
export const DecisionView = z.object({
  seq: z.number().int(),
  time: z.number(),
  gate: z.string(),
  kind: z.enum(['advanced', 'reset', 'signal', 'vetoed', 'refused', 'entered', 'exited', 'unfilled']),
  reason: z.string(),
  detail: z.string(),
});
/** One line of the decision journal. */
export type DecisionView = z.infer<typeof DecisionView>;

/** An open position. Premium levels in rupees (they are levels, not money); `openPaise` before charges, null while no price is known. */
export const PositionView = z.object({
  gate: z.string(),
  contract: z.string(),
  units: z.number().int(),
  entryTime: z.number(),
  entryPrice: z.number().int(),
  stop: z.number(),
  target: z.number(),
  last: MaybeNumber,
  openPaise: z.number().int().nullable(),
});
/** An open position. */
export type PositionView = z.infer<typeof PositionView>;

/** Everything that is known of a session at the close of one minute: a function of the day and the minute alone. */
export const MinuteState = z.object({
  /** Bars told so far, 0..bars of the session. */
  bar: z.number().int(),
  /** Close of the last bar told, epoch ms; null before the first. */
  time: z.number().nullable(),
  regime: z.enum(REGIMES),
  chain: ChainTable.nullable(),
  gates: z.array(GateState),
  positions: z.array(PositionView),
  realisedPaise: z.number().int(),
  trades: z.number().int(),
});
/** Everything that is known of a session at the close of one minute. */
export type MinuteState = z.infer<typeof MinuteState>;
