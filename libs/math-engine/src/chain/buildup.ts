/** What the open-interest change says of one contract: who opened or closed positions while its price moved. */
export type Buildup = 'long-buildup' | 'short-buildup' | 'short-covering' | 'long-unwinding' | 'neutral';

/** Buildups by their numeric code 0..4, for columns and hot loops; code −1 means unknown. */
export const BUILDUPS: readonly Buildup[] = [
  'neutral',
  'long-buildup',
  'short-buildup',
  'short-covering',
  'long-unwinding',
];

/** Code of no buildup: price or open interest moved less than its band. */
export const NEUTRAL = 0;
/** Code of price up, open interest up: longs opened. */
export const LONG_BUILDUP = 1;
/** Code of price down, open interest up: shorts opened. */
export const SHORT_BUILDUP = 2;
/** Code of price up, open interest down: shorts closed. */
export const SHORT_COVERING = 3;
/** Code of price down, open interest down: longs closed. */
export const LONG_UNWINDING = 4;
/** Code of a buildup that cannot be told for lack of data. */
export const UNKNOWN_BUILDUP = -1;

const CHANGES = new Float64Array(2);
/** The same memory as whole numbers of half the size; the sign is in the upper half, whose place depends on the machine. */
const HALVES = new Int32Array(CHANGES.buffer);
const HIGH = highHalf();

function highHalf(): 0 | 1 {
  CHANGES[0] = -0;
  return HALVES[1] === 0 ? 0 : 1;
}

/** Smallest moves that count, both ≥ 0: rupees of the contract's own premium, units of its open interest. */
export interface NeutralBands {
  readonly priceBand: number;
  readonly oiBand: number;
}

/**
 * Code of the buildup of one contract from the changes of its own premium and open interest over the same interval: (+,+) long buildup, (−,+) short buildup,
 * (+,−) short covering, (−,−) long unwinding; neutral when either change is 0 or smaller than its band; −1 when either is NaN.
 */
export function buildupOf(dPrice: number, dOi: number, bands: NeutralBands): number {
  if (dPrice !== dPrice || dOi !== dOi) return UNKNOWN_BUILDUP;
  const { priceBand, oiBand } = bands;
  if (dPrice === 0 || dOi === 0 || Math.abs(dPrice) < priceBand || Math.abs(dOi) < oiBand) return NEUTRAL;
  // The sign bits make the code, because both signs are as good as coin tosses and a branch would be guessed wrong: (+,+) 1, (−,+) 2, (+,−) 3, (−,−) 4.
  CHANGES[0] = dPrice;
  CHANGES[1] = dOi;
  return 1 + ((HALVES[HIGH] as number) >>> 31) + 2 * ((HALVES[2 + HIGH] as number) >>> 31);
}

/** Name of a buildup code; null for −1 (unknown) or any number that is no code. */
export function buildupName(code: number): Buildup | null {
  return BUILDUPS[code] ?? null;
}

/** Shares of price and open interest below which a change is noise; 0.0025 = 0.25 % is the usual choice for five minutes. */
export interface NeutralBandOptions {
  /** Premium in rupees at the start of the interval. */
  readonly price: number;
  /** Open interest in units at the start of the interval. */
  readonly openInterest: number;
  /** Rupees of one tick. */
  readonly tick: number;
  /** Units of one lot. */
  readonly lot: number;
  readonly priceShare?: number;
  readonly oiShare?: number;
}

/** Bands of max(1 tick, priceShare · price) and max(1 lot, oiShare · open interest); shares default to 0.0025. */
export function neutralBands(options: NeutralBandOptions): NeutralBands {
  const { price, openInterest, tick, lot, priceShare = 0.0025, oiShare = 0.0025 } = options;
  return { priceBand: Math.max(tick, priceShare * price), oiBand: Math.max(lot, oiShare * openInterest) };
}
