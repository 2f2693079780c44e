import type { TradeRecord } from '@sos/domain';
import { SPLIT_DIMENSIONS, type SplitDimension, type SplitTrade } from '../breakdown/split-dimension.js';
import { splitsOf, type TradeSplit } from '../breakdown/split-trades.js';
import { sessionDates } from './run-totals.js';
import type { ReportContext, ReportInput } from './report-input.js';

const SEED = 20_260_112;

/** Each dimension for itself. */
const ALONE: readonly (readonly SplitDimension[])[] = SPLIT_DIMENSIONS.map((one) => [one]);

/** The gate by every other dimension. */
const BY_GATE: readonly (readonly SplitDimension[])[] = SPLIT_DIMENSIONS.filter((one) => one !== 'gate').map((one) => [
  'gate',
  one,
]);

function splitTrade(trade: TradeRecord, { expiryOf }: ReportContext): SplitTrade {
  const { seq, gate, regime, entryTime, exitTime, exitReason, net, contract } = trade;
  return { seq, gate, regime, entryTime, exitTime, exitReason, net, expiry: expiryOf?.(contract) ?? null };
}

/**
 * A run split by gate, regime, weekday, 15-minute slot, days to expiry and exit reason, each for itself and then gate by each other one,
 * or by the combinations asked for. Every cell has its count and intervals.
 */
export function reportSplits(
  input: ReportInput,
  context: ReportContext = {},
  wanted: readonly (readonly SplitDimension[])[] = [...ALONE, ...BY_GATE],
): TradeSplit[] {
  const trades = input.trades.map((trade) => splitTrade(trade, context));
  return splitsOf(trades, wanted, { sessions: sessionDates(input), seed: SEED });
}
