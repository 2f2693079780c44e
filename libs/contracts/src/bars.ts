import type { BarColumns } from '@sos/domain';
import { z } from 'zod';
import { IstDateText, MarketName, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';

/** Bars as parallel columns; `time` is the close in epoch ms, prices rupees, volume and openInterest units, null = unknown. */
export const BarsPayload = z.object({
  time: z.array(z.number()),
  open: z.array(MaybeNumber),
  high: z.array(MaybeNumber),
  low: z.array(MaybeNumber),
  close: z.array(MaybeNumber),
  volume: z.array(MaybeNumber),
  openInterest: z.array(MaybeNumber),
});
export type BarsPayload = z.infer<typeof BarsPayload>;

/** Asks for one session of one underlying and, optionally, of contracts beside it. */
export const DayQuery = z.object({
  symbol: UnderlyingName,
  date: IstDateText,
  market: MarketName.optional(),
  /** Comma-separated canonical contract ids. */
  contracts: z.string().max(400).optional(),
});
export type DayQuery = z.infer<typeof DayQuery>;

/** The bars of one option or future of the session, with the label of their source. */
export const ContractBars = z.object({ contract: z.string(), source: SourceLabel, bars: BarsPayload });
/** The bars of one option or future of the session, with the label of their source. */
export type ContractBars = z.infer<typeof ContractBars>;

/** The charts of one session. */
export const DayCharts = z.object({
  symbol: UnderlyingName,
  date: IstDateText,
  source: SourceLabel,
  origins: z.array(z.string()),
  index: BarsPayload,
  contracts: z.array(ContractBars),
});
export type DayCharts = z.infer<typeof DayCharts>;

const maybe = (column: Float64Array): (number | null)[] => Array.from(column, (x) => (Number.isNaN(x) ? null : x));

/** Columns for the wire: NaN becomes null. */
export function barsPayloadOf(bars: BarColumns): BarsPayload {
  return {
    time: Array.from(bars.time),
    open: maybe(bars.open),
    high: maybe(bars.high),
    low: maybe(bars.low),
    close: maybe(bars.close),
    volume: maybe(bars.volume),
    openInterest: maybe(bars.openInterest),
  };
}
