import { z } from 'zod';

// Fields that we use are checked, fields that the vendor adds are let through.
const number = z.number();

/** Bars of a series, `v` = time in seconds at the start, open, high, low, close, and volume where the symbol has one. */
const price = number.nullable();
const Row = z.tuple([number, price, price, price, price]).rest(number.nullable());
const SeriesRows = z.looseObject({ s: z.array(z.looseObject({ v: Row })).optional() });

/** One row of a series as the vendor writes it. */
export type TvRow = Readonly<z.infer<typeof Row>>;

/** `[session, { series: rows }]` of `timescale_update` and `du`; parts of other kinds are let through. */
export const SeriesUpdate = z.tuple([z.string(), z.record(z.string(), z.unknown())]).rest(z.unknown());

/** The rows of one series in an update; null when the update is not about it. */
export function rowsOf(update: z.infer<typeof SeriesUpdate>, series: string): TvRow[] | null {
  const part = update[1][series];
  return part === undefined ? null : (SeriesRows.parse(part).s ?? []).map(({ v }) => v);
}

/** `[session, series, update mode, turn]`. */
export const SeriesCompleted = z.tuple([z.string(), z.string(), z.string().nullish()]).rest(z.unknown());

const QuoteValues = z.looseObject({
  lp: number.nullish(),
  lp_time: number.nullish(),
  volume: number.nullish(),
  ch: number.nullish(),
  bid: number.nullish(),
  ask: number.nullish(),
  bid_size: number.nullish(),
  ask_size: number.nullish(),
  open_price: number.nullish(),
  high_price: number.nullish(),
  low_price: number.nullish(),
  prev_close_price: number.nullish(),
  update_mode: z.string().nullish(),
});

/** What a quote session tells of a symbol: on subscribing all of it, then what changed. */
export type TvQuote = z.infer<typeof QuoteValues>;

/** `[session, { n: symbol, s: ok | error, v: values }]`. */
export const QuoteData = z
  .tuple([z.string(), z.looseObject({ n: z.string(), s: z.string(), v: QuoteValues.optional() })])
  .rest(z.unknown());

/** `[session, symbol]`. */
export const QuoteCompleted = z.tuple([z.string(), z.string()]).rest(z.unknown());

/** The fields that are asked of a quote session. */
export const QUOTE_FIELDS = Object.keys(QuoteValues.shape);

/** How far behind a vendor's data are, in milliseconds: `streaming` or `delayed_streaming_900`. */
export function delayMsOf(mode: string | null | undefined): number {
  const seconds = /^delayed_streaming_(\d+)$/.exec(mode ?? '')?.[1];
  return seconds === undefined ? 0 : Number(seconds) * 1000;
}
