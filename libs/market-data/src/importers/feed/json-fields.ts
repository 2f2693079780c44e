type Json = Readonly<Record<string, unknown>>;

/** A field of a JSON object, undefined where there is none. */
export function child(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}

/** Numbers come as numbers or, for 64-bit integers, as text; NaN where there is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}

/** Prices and sizes of 0 are how the feed writes that there is none. */
export function positiveOf(value: unknown): number {
  const number = numberOf(value);
  return number > 0 ? number : Number.NaN;
}

const STAMP = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/;
const IST_OFFSET_MINUTES = 330;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined) return IST_OFFSET_MINUTES;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** A recorder's stamp as epoch ms: Indian time where no zone is written; NaN for anything else. */
export function stampOf(value: unknown): number {
  const m = typeof value === 'string' ? STAMP.exec(value) : null;
  if (!m) return Number.NaN;
  const day = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  const seconds = (Number(m[4]) * 60 + Number(m[5])) * 60 + Number(m[6]);
  return day + seconds * 1000 + Math.floor(Number(`0.${m[7] ?? '0'}`) * 1000) - offsetMinutes(m[8]) * 60_000;
}
