import type { Brand } from '../brand.js';

/** An instant: milliseconds since 1970-01-01T00:00:00Z. The only time inside SOS. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** A calendar day in India, `YYYY-MM-DD`. */
export type IstDate = Brand<string, 'IstDate'>;

/** Milliseconds in a second. */
export const MS_PER_SECOND = 1_000;
/** Milliseconds in a minute. */
export const MS_PER_MINUTE = 60_000;
/** Milliseconds in a day. */
export const MS_PER_DAY = 86_400_000;
