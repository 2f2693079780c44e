import { z } from 'zod';
import { UNDERLYINGS, SERIES_SOURCES } from '@sos/domain';

/** A calendar day in India, `YYYY-MM-DD`. */
export const IstDateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD');

/** A time of day in India, `HH:MM`. */
export const ClockText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time as HH:MM');

/** Canonical name of an underlying. */
export const UnderlyingName = z.enum(UNDERLYINGS);

/** Label of where prices come from; shown wherever they are shown. */
export const SourceLabel = z.enum(SERIES_SOURCES);

/** A number, or null where it is not known (JSON has no NaN). */
export const MaybeNumber = z.number().nullable();

/**
 * Which market a day is read from: `auto` (what is imported, else the simulated market of seed 1), `imported`, `simulated:<seed>`, `modelled:<seed>`,
 * or the name of a stored data set.
 */
export const MarketName = z
  .string()
  .regex(/^[\w .,:+-]{1,120}$/, 'expected auto, imported, simulated:<seed>, modelled:<seed> or the name of a data set');
