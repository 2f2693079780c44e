import { z } from 'zod';
import { IstDateText, UnderlyingName } from './scalars.js';

/** What the form of a backtest asks for. */
export const BacktestForm = z.object({
  symbols: z.array(UnderlyingName).min(1).max(5),
  from: IstDateText,
  to: IstDateText,
  /** Gate ids; none = the 18 of the strategies folder. */
  gates: z.array(z.string().max(80)).max(200),
  source: z.enum(['auto', 'imported', 'simulated']),
  capitalRupees: z.number().int().min(1_000).max(1_000_000_000),
  seed: z.number().int().min(0).max(4_294_967_295),
});
/** What the form of a backtest asks for. */
export type BacktestForm = z.infer<typeof BacktestForm>;

/** How far a backtest has come. */
export const JobView = z.object({
  jobId: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  sessionsDone: z.number().int(),
  sessionsTotal: z.number().int(),
  date: IstDateText.nullable(),
  trades: z.number().int(),
  /** Of a finished run. */
  runId: z.string().nullable(),
  /** Of a failed one: what was expected and found. */
  message: z.string().nullable(),
});
/** How far a backtest has come. */
export type JobView = z.infer<typeof JobView>;
