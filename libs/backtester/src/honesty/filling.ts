/** The kinds of data that a leak can come from; a finding names those that make a difference. */
export const CHANNELS = [
  'index',
  'future',
  'spot',
  'chain prices',
  'chain volume',
  'chain open interest',
  'option rows',
] as const;

export type Channel = (typeof CHANNELS)[number];

/**
 * What stands where the future is: `soar` and `crash` are two markets that disagree with the real one and with each other in level, in volume and in the ratio of calls
 * and puts; `unknown` is nothing at all.
 */
export const FILLINGS = ['soar', 'crash', 'unknown'] as const;

export type Filling = (typeof FILLINGS)[number];

/** Which way a column goes in `soar`; in `crash` it goes the other way. */
export type Lean = 1 | -1;

const FACTOR = 4;

// A spread by row and column, so that no ratio, mean or difference of adversarial values stands still.
function spread(row: number, column: number): number {
  const h = Math.imul(row ^ (column * 0x9e3779b1), 0x85ebca6b);
  return 0.75 + (((h ^ (h >>> 15)) >>> 0) / 4294967296) * 0.5;
}

/** Writes adversarial values into `shown`, `width` cells a row; unknown cells become known ones. */
export function fillColumn(
  shown: Float64Array,
  real: Float64Array,
  how: { readonly filling: Filling; readonly lean: Lean; readonly width: number; readonly column: number },
): void {
  const { filling, lean, width, column } = how;
  if (filling === 'unknown') {
    shown.fill(Number.NaN);
    return;
  }
  const factor = (filling === 'soar') === (lean === 1) ? FACTOR : 1 / FACTOR;
  for (let i = 0; i < shown.length; i++) {
    const value = real[i] as number;
    shown[i] = (value === value ? value : 1000) * factor * spread(Math.floor(i / width), column);
  }
}
