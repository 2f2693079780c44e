type Json = Record<string, unknown>;

// Only text that holds one of these is walked: walking every message of a plain export would double the time of reading it.
const WRAPPER = /"\$(?:numberLong|numberInt|numberDouble|numberDecimal|date|oid)"/;

function dateOf(value: unknown): unknown {
  const plain = unwrapped(value);
  const ms = typeof plain === 'number' || (typeof plain === 'string' && /^-?\d+$/.test(plain)) ? Number(plain) : null;
  return ms === null ? plain : new Date(ms).toISOString();
}

function unwrapObject(object: Json): unknown {
  const keys = Object.keys(object);
  const [name = ''] = keys;
  if (keys.length === 1 && name.startsWith('$')) {
    if (name === '$numberLong' || name === '$oid') return object[name];
    if (name.startsWith('$number')) return Number(object[name]);
    if (name === '$date') return dateOf(object[name]);
  }
  for (const key of keys) object[key] = unwrapped(object[key]);
  return object;
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return unwrapObject(value as Json);
  for (let i = 0; i < value.length; i++) value[i] = unwrapped(value[i]);
  return value;
}

/**
 * Parses JSON as `mongoexport` writes it: `{"$numberLong": "1"}` and `{"$oid": "…"}` become texts, other numbers numbers, `{"$date": …}` (ISO
 * text or milliseconds) an ISO text. Plain JSON comes through as it is.
 * @throws SyntaxError
 */
export function parseExtendedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return WRAPPER.test(text) ? unwrapped(value) : value;
}
