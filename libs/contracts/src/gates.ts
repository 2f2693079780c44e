import { z } from 'zod';
import { DecisionView } from './minute.js';
import { ClockText, IstDateText, MarketName, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';

/** One step of a gate's set-up, as it is drawn. */
export const GatePhase = z.object({
  id: z.string(),
  when: z.array(z.string()),
  captures: z.array(z.string()),
  /** `within 12 bars`; empty where there is no limit. */
  limit: z.string(),
});
/** One step of a gate's set-up, as it is drawn. */
export type GatePhase = z.infer<typeof GatePhase>;

/** A gate of the strategies folder with its text. */
export const GateCard = z.object({
  id: z.string(),
  file: z.string(),
  title: z.string(),
  description: z.string(),
  origin: z.string(),
  bias: z.enum(['bullish', 'bearish']),
  option: z.string(),
  session: z.string(),
  priority: z.number().int(),
  timeExitMinutes: z.number(),
  isExtra: z.boolean(),
  filter: z.array(z.string()),
  phases: z.array(GatePhase),
  levels: z.object({ entry: z.string(), stop: z.string(), target: z.string() }),
  text: z.string(),
});
/** A gate of the strategies folder with its text. */
export type GateCard = z.infer<typeof GateCard>;

/** One defect of a gate's JSON with its place. */
export const GateProblemView = z.object({
  path: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  message: z.string(),
});
/** One defect of a gate's JSON with its place. */
export type GateProblemView = z.infer<typeof GateProblemView>;

/** A text to be checked as a gate. */
export const GateTextToCheck = z.object({ text: z.string().max(60_000) });
/** A text to be checked as a gate. */
export type GateTextToCheck = z.infer<typeof GateTextToCheck>;

/** What was found in it: no problem of severity `error` = it would be loaded. */
export const GateCheck = z.object({ problems: z.array(GateProblemView) });
/** What was found in a text that was checked as a gate. */
export type GateCheck = z.infer<typeof GateCheck>;

/** Asks what a gate decided on a day and why it stood where it stood at a minute. */
export const GateDayQuery = z.object({
  symbol: UnderlyingName,
  date: IstDateText,
  market: MarketName.optional(),
  at: ClockText.optional(),
});
/** Asks what a gate decided on a day. */
export type GateDayQuery = z.infer<typeof GateDayQuery>;

/** One comparison with its two values. */
export const WhyTest = z.object({
  left: z.string(),
  operator: z.string(),
  right: z.string(),
  value: MaybeNumber,
  threshold: MaybeNumber,
  distance: MaybeNumber,
  passes: z.boolean().nullable(),
});
/** One comparison with its two values. */
export type WhyTest = z.infer<typeof WhyTest>;

/** What a gate decided on a day, and every condition it waited for at a minute. */
export const GateDay = z.object({
  gate: z.string(),
  source: SourceLabel,
  decisions: z.array(DecisionView),
  at: z.number().nullable(),
  phase: z.string(),
  regime: z.string(),
  regimeAllows: z.boolean(),
  chainAgeMinutes: MaybeNumber,
  conditions: z.array(
    z.object({ stage: z.string(), text: z.string(), passes: z.boolean().nullable(), tests: z.array(WhyTest) }),
  ),
});
/** What a gate decided on a day, and every condition it waited for at a minute. */
export type GateDay = z.infer<typeof GateDay>;
