/** Why rows are kept out of the store. */
export const QUARANTINE_REASONS = {
  'after-close': 'stamped after the close of its session (settlement and close prints)',
  'bad-number': 'a price, size or time is not a number',
  'bad-price': 'a price is zero or negative',
  'before-session': 'stamped or published before the session could have printed (pre-open prints, yesterday’s page)',
  'between-sessions': 'stamped in a pause of its session',
  'clock-mix':
    'stamped in UTC in a column of Indian time: outside the session as written, inside it five and a half hours later',
  'column-count': 'the row has another number of columns than the header',
  'duplicate-time': 'a second row of the same contract and time',
  'empty-page': 'a chain page without a single value',
  'freak-print': 'a price eight times away from the prices before and after it',
  'late-day': 'a message of a day that was already written',
  'message-shape': 'a message without the fields of a market feed',
  'no-place': 'a statistic of a vendor that the sink keeps no place for',
  'no-session': 'dated on a holiday, a weekend, or outside the known calendar',
  'off-tick': 'a traded price that is not a multiple of the contract’s tick',
  'ohlc-order': 'high or low does not contain open and close',
  'repeated-page-time': 'a page that repeats the page time of the one before it with other values: its time is unknown',
  'stale-page': 'a page identical to the one before it',
  'truncated-row': 'the last row of the file is cut off',
  'unknown-contract': 'names no underlying, expiry or instrument that is known',
} as const;

/** Stable code of a reason for quarantine. */
export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

/** What is mended, or stored as unknown, on the way in. */
export const REPAIR_REASONS = {
  'available-before-event': 'availability stamped before the page time: moved to the page time',
  'book-only': 'message repeats the last trade: book updated, no trade counted',
  'crossed-quote': 'bid above ask: both are unknown',
  'event-time-unknown': 'page without a page time: dated at its availability, at the latest the close',
  'feed-gap': 'first trade after a silence of the feed: that minute’s prices and volume are unknown',
  'float-noise': 'prices stored as 32-bit floats: rounded back to two decimals',
  'fraction-of-lot': 'open interest in fractions of a lot: whole units again',
  'freak-price': 'last price eight times away from those before and after it: unknown',
  'interest-vanished': 'open interest fell to 0 without a trade (a row blanked by the page): unknown',
  'late-message': 'message older than the one before it: its price counts in its own minute, its volume not again',
  'never-traded': 'last price 0 of a contract not traded today: unknown',
  'off-tick-price': 'price of an option that is not a multiple of its tick: unknown',
  'outside-session': 'message of the book outside the session: not used',
  'out-of-order': 'row older than the one before it: sorted',
  'partial-minute': 'first minute of a feed that began inside it: prices and volume unknown, quote kept',
  'sampled-minute': 'minute of an index seen in parts only: bar of the values seen, source derived',
  'side-missing': 'row with calls or puts only: the other side is unknown',
  'status-message': 'message about the state of the market: holds no prices',
  'trade-undated': 'message without the time of its trade: book updated, no trade counted',
  'vendor-candle': 'minute not seen whole: the vendor’s own candle of it is used',
  'volume-fell': 'cumulative volume below what was already reported: unknown, never negative',
  'zone-mended': 'recorder’s stamp in another zone than written: set right by the exchange’s trade times',
} as const;

/** Stable code of a repair. */
export type RepairReason = keyof typeof REPAIR_REASONS;

/** Counts by reason. */
export type Tally<Reason extends string> = Partial<Record<Reason, number>>;

/** Adds to a count by reason. */
export function addTo<Reason extends string>(tally: Tally<Reason>, reason: Reason, count = 1): void {
  if (count > 0) tally[reason] = (tally[reason] ?? 0) + count;
}

/** Adds every count of one tally to another. */
export function mergeInto<Reason extends string>(tally: Tally<Reason>, more: Tally<Reason>): void {
  for (const reason of Object.keys(more) as Reason[]) addTo(tally, reason, more[reason] ?? 0);
}

/** The sum of all counts. */
export function totalOf(tally: Tally<string>): number {
  return Object.values(tally).reduce<number>((sum, n) => sum + (n ?? 0), 0);
}
