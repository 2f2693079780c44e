import { z } from 'zod';
import { EXIT_REASONS, REGIMES } from '@sos/domain';
import { IstDateText, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';

/** One line of the list of runs. Money in paise. */
export const RunSummary = z.object({
  runId: z.string(),
  from: IstDateText,
  to: IstDateText,
  underlyings: z.array(UnderlyingName),
  source: SourceLabel,
  trades: z.number().int(),
  netPaise: z.number().int(),
  ledgerHash: z.string(),
});
/** One line of the list of runs. */
export type RunSummary = z.infer<typeof RunSummary>;

/** A round trip as the dashboard shows it. Times epoch ms, money and prices paise. */
export const TradeView = z.object({
  seq: z.number().int(),
  gate: z.string(),
  underlying: UnderlyingName,
  contract: z.string(),
  bias: z.enum(['bullish', 'bearish']),
  regime: z.enum(REGIMES),
  signalTime: z.number(),
  entryTime: z.number(),
  exitTime: z.number(),
  units: z.number().int(),
  entryPrice: z.number().int(),
  exitPrice: z.number().int(),
  exitReason: z.enum(EXIT_REASONS),
  grossPaise: z.number().int(),
  chargesPaise: z.number().int(),
  netPaise: z.number().int(),
  /** Conditions that admitted the entry, in words. */
  reasons: z.array(z.string()),
  source: SourceLabel,
});
/** A round trip as the dashboard shows it. */
export type TradeView = z.infer<typeof TradeView>;

/** A figure, or the reason why there is none. */
export const MetricView = z.object({ value: MaybeNumber, reason: z.string().nullable() });
/** A figure, or the reason why there is none. */
export type MetricView = z.infer<typeof MetricView>;

/** Results of one gate on one symbol. */
export const GateResult = z.object({
  gate: z.string(),
  underlying: UnderlyingName,
  signals: z.number().int(),
  trades: z.number().int(),
  winRate: MetricView,
  profitFactor: MetricView,
  expectancyPaise: MetricView,
  maxDrawdownPaise: z.number(),
  grossPaise: z.number().int(),
  chargesPaise: z.number().int(),
  netPaise: z.number().int(),
  /** What most often kept it out. */
  blocked: z.array(z.string()),
});
/** Results of one gate on one symbol. */
export type GateResult = z.infer<typeof GateResult>;

/** A run with its report and trades. */
export const RunDetail = RunSummary.extend({
  gates: z.array(z.string()),
  dataHash: z.string(),
  configHash: z.string(),
  rulebookVersion: z.string(),
  engineVersion: z.string(),
  /** Where the numbers come from, in one sentence. */
  statement: z.string(),
  /** The market that each day can be read from again, by day. */
  markets: z.record(z.string(), z.string()),
  startingCapitalPaise: z.number().int(),
  grossPaise: z.number().int(),
  chargesPaise: z.number().int(),
  sessions: z.number().int(),
  winRate: MetricView,
  profitFactor: MetricView,
  expectancyPaise: MetricView,
  sharpe: MetricView,
  maxDrawdownPaise: z.number(),
  unfilledEntries: z.number().int(),
  ambiguity: z.object({
    trades: z.number().int(),
    assumedPaise: z.number().int(),
    bestPaise: z.number().int(),
    worstPaise: z.number().int(),
  }),
  /** Net result of each session, closed trades only. */
  days: z.array(z.object({ date: IstDateText, netPaise: z.number().int(), trades: z.number().int() })),
  gateRows: z.array(GateResult),
  costs: z.array(z.object({ head: z.string(), paise: z.number().int() })),
  conventions: z.array(z.string()),
  tradeList: z.array(TradeView),
});
/** A run with its report and trades. */
export type RunDetail = z.infer<typeof RunDetail>;
