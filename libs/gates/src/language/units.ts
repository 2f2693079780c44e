/**
 * What a number measures. `price` is a level in rupees, `points` a difference of two levels; `literal` is a bare number that takes the unit of its partner.
 * `ratio`, `count` and `number` are dimensionless and mix freely.
 */
export const UNITS = [
  'price',
  'points',
  'volume',
  'openInterest',
  'ratio',
  'percent',
  'minutes',
  'count',
  'time',
  'perMinute',
  'number',
] as const;

export type DeclaredUnit = (typeof UNITS)[number];
export type Unit = DeclaredUnit | 'literal';

const WORDS: Readonly<Record<Unit, string>> = {
  price: 'a price level',
  points: 'a price difference',
  volume: 'a volume',
  openInterest: 'an open interest',
  ratio: 'a ratio',
  percent: 'a percentage',
  minutes: 'a duration in minutes',
  count: 'a count',
  time: 'a time of day',
  perMinute: 'a change per minute',
  number: 'a plain number',
  literal: 'a bare number',
};

/** A unit in words, for messages. */
export function wordsOf(unit: Unit): string {
  return WORDS[unit];
}

export function isDimensionless(unit: Unit): boolean {
  return unit === 'ratio' || unit === 'count' || unit === 'number' || unit === 'literal';
}

/** The unit in which two values may be compared, or null when they measure different things. A bare number never stands for a time of day. */
export function commonUnit(a: Unit, b: Unit): Unit | null {
  if (a === b) return a;
  if (a === 'literal') return b === 'time' ? null : b;
  if (b === 'literal') return a === 'time' ? null : a;
  return isDimensionless(a) && isDimensionless(b) ? 'ratio' : null;
}

/** The unit of a difference of two values of `unit`: levels differ by points, times of day by minutes. */
export function differenceUnit(unit: Unit): Unit {
  if (unit === 'price') return 'points';
  return unit === 'time' ? 'minutes' : unit;
}

function isLevel(unit: Unit): boolean {
  return unit === 'price' || unit === 'time';
}

/** Unit of `a + b` or `a - b`; null when it has no meaning (two price levels cannot be added). */
export function sumUnit(op: '+' | '-', a: Unit, b: Unit): Unit | null {
  if (isLevel(a) && a === b) return op === '-' ? differenceUnit(a) : null;
  const step = (level: Unit, other: Unit): boolean => other === 'literal' || other === differenceUnit(level);
  if (isLevel(a)) return step(a, b) ? a : null;
  if (isLevel(b)) return op === '+' && step(b, a) ? b : null;
  return commonUnit(a, b);
}

/** Unit of `a * b`; null when it has no meaning: at most one factor may carry a dimension. */
export function productUnit(a: Unit, b: Unit): Unit | null {
  if (a === 'literal' && b === 'literal') return 'literal';
  if (isDimensionless(a)) return isDimensionless(b) ? 'ratio' : b;
  return isDimensionless(b) ? a : null;
}

/** Unit of `a / b`; null when it has no meaning. Prices and price differences divide into a ratio. */
export function quotientUnit(a: Unit, b: Unit): Unit | null {
  if (a === 'literal' && b === 'literal') return 'literal';
  if (isDimensionless(b)) return isDimensionless(a) ? 'ratio' : a;
  const rupees = (unit: Unit): boolean => unit === 'price' || unit === 'points';
  if (a === b || (rupees(a) && rupees(b))) return 'ratio';
  return null;
}
