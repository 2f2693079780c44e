import { z } from 'zod';
import { UNDERLYINGS, SERIES_SOURCES } from '@sos/domain';

/** A calendar day in India, `YYYY-MM-DD`. */
export const IstDateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD');

/** Canonical name of an underlying. */
export const UnderlyingName = z.enum(UNDERLYINGS);

/** Label of where prices come from; shown wherever they are shown. */
export const SourceLabel = z.enum(SERIES_SOURCES);

/** A number, or null where it is not known (JSON has no NaN). */
export const MaybeNumber = z.number().nullable();
