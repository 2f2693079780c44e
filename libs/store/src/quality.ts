/**
 * Bits of the quality code that stands beside values. Exactly one of the first four says where the row comes from; a row with an unknown (NULL) value has at least
 * one of `unpublished`, `absent`, `rejected`.
 * - `repaired`: the importer corrected something of the row.
 * - `unpublished`: the source never gives a field that is NULL here.
 * - `absent`: the source gives the field, but had no value for this row (never traded, no quote).
 * - `rejected`: a value was there and was dropped as impossible.
 * - `stale`: the source repeated an earlier value.
 */
export const QUALITY = {
  recorded: 1,
  derived: 2,
  modelled: 4,
  simulated: 8,
  repaired: 16,
  unpublished: 32,
  absent: 64,
  rejected: 128,
  stale: 256,
} as const;

/** The bits of which a row with a NULL must have one. */
export const UNKNOWN_BITS = 224;
