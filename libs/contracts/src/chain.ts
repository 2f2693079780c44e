import { z } from 'zod';
import { ClockText, IstDateText, MarketName, MaybeNumber, SourceLabel, UnderlyingName } from './scalars.js';

/** What open interest and premium together say of one contract; null when it cannot be told. */
export const BuildupName = z
  .enum(['long-buildup', 'short-buildup', 'short-covering', 'long-unwinding', 'neutral'])
  .nullable();
/** What open interest and premium together say of one contract; null when it cannot be told. */
export type BuildupName = z.infer<typeof BuildupName>;

/** One option of a chain. Premium rupees, sizes units, iv per √year (0.15 = 15 %), theta per calendar day, vega per volatility point. */
export const ChainCell = z.object({
  ltp: MaybeNumber,
  volume: MaybeNumber,
  openInterest: MaybeNumber,
  /** Since the first snapshot of the day. */
  oiChange: MaybeNumber,
  /** Over the last `buildupMinutes` of the table. */
  buildup: BuildupName,
  iv: MaybeNumber,
  delta: MaybeNumber,
  gamma: MaybeNumber,
  theta: MaybeNumber,
  vega: MaybeNumber,
});
/** One option of a chain. */
export type ChainCell = z.infer<typeof ChainCell>;

/** Call and put of one strike. */
export const ChainRow = z.object({ strike: z.number(), call: ChainCell, put: ChainCell });
/** Call and put of one strike. */
export type ChainRow = z.infer<typeof ChainRow>;

/** The chain of one expiry as it was known at one minute. Times epoch ms, levels rupees. */
export const ChainTable = z.object({
  expiry: IstDateText,
  source: SourceLabel,
  eventTime: z.number(),
  availableAt: z.number(),
  ageMinutes: z.number(),
  spot: MaybeNumber,
  forward: MaybeNumber,
  /** Where the forward came from: `parity`, `future`, `spot-carry`, `spot`, `unknown`. */
  forwardRung: z.string(),
  atm: MaybeNumber,
  rows: z.array(ChainRow),
  /** Put-call ratio of open interest over `pcrBand`. */
  pcr: MaybeNumber,
  pcrBand: z.string(),
  /** Change of the ratio per minute. */
  pcrVelocity: MaybeNumber,
  maxPain: MaybeNumber,
  callWall: MaybeNumber,
  putWall: MaybeNumber,
  straddle: MaybeNumber,
  expectedMove: MaybeNumber,
  buildupMinutes: z.number(),
});
/** The chain of one expiry as it was known at one minute. */
export type ChainTable = z.infer<typeof ChainTable>;

/** Asks for a chain at a minute (the last one known when `at` is left out). */
export const ChainQuery = z.object({
  symbol: UnderlyingName,
  date: IstDateText,
  market: MarketName.optional(),
  at: ClockText.optional(),
  expiry: IstDateText.optional(),
  /** Strikes on each side of the money. */
  reach: z.coerce.number().int().min(1).max(60).optional(),
});
/** Asks for a chain at a minute. */
export type ChainQuery = z.infer<typeof ChainQuery>;

const Matrix = z.array(z.array(MaybeNumber));

/** How a chain came to be what it is: figures by snapshot, and open interest change by snapshot and strike (rows are strikes). */
export const ChainHistory = z.object({
  time: z.array(z.number()),
  spot: z.array(MaybeNumber),
  pcr: z.array(MaybeNumber),
  pcrVelocity: z.array(MaybeNumber),
  straddle: z.array(MaybeNumber),
  /** Columns of the heat map: every n-th snapshot. */
  heatTime: z.array(z.number()),
  heatStrikes: z.array(z.number()),
  callChange: Matrix,
  putChange: Matrix,
});
/** How a chain came to be what it is. */
export type ChainHistory = z.infer<typeof ChainHistory>;

/** The chain page at one minute: nothing in it was known later. */
export const ChainPage = z.object({
  symbol: UnderlyingName,
  date: IstDateText,
  source: SourceLabel,
  /** Closes of the index bars, epoch ms: the minutes that can be asked for. */
  minutes: z.array(z.number()),
  at: z.number(),
  expiries: z.array(IstDateText),
  table: ChainTable.nullable(),
  history: ChainHistory.nullable(),
});
/** The chain page at one minute. */
export type ChainPage = z.infer<typeof ChainPage>;
