import { z } from 'zod';
import { EXIT_REASONS, REGIMES } from '@sos/domain';
import { IstDateText, SourceLabel, UnderlyingName } from './scalars.js';

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
  source: SourceLabel,
});
export type TradeView = z.infer<typeof TradeView>;

/** A run with its trades. */
export const RunDetail = RunSummary.extend({
  gates: z.array(z.string()),
  dataHash: z.string(),
  tradeList: z.array(TradeView),
});
export type RunDetail = z.infer<typeof RunDetail>;
