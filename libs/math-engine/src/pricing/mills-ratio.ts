/**
 * The Mills ratio of the normal distribution, R(z) = Φ(z) / φ(z) = √(π/2) · erfcx(−z / √2), the scaled complementary error function that keeps every digit where Φ and
 * φ underflow. It solves R' = 1 + z R, so that all derivatives follow from the value: Taylor polynomials around a grid of centres, filled in once by carrying the
 * solution upwards from a continued fraction (the stable direction, as errors shrink by e^(z dz) for z < 0).
 * Sources: W. J. Cody, Math. Comp. 23 (1969) 631 and S. G. Johnson, Faddeeva package (2012) for the piecewise idea; Abramowitz & Stegun 7.1.14 for the fraction.
 */

/** Centres per unit of z. */
const PER_UNIT = 32;
/** Highest power kept: the next term is below 10⁻¹⁷ of R at half a cell. */
const DEGREE = 7;
const TERMS = DEGREE + 1;
/** Least and largest z that the table answers. */
export const MILLS_TABLE_BOTTOM = -9;
export const MILLS_TABLE_TOP = 1;
const FIRST = -MILLS_TABLE_BOTTOM * PER_UNIT;
const CELLS = FIRST + MILLS_TABLE_TOP * PER_UNIT + 1;
/** Levels of the continued fraction that reach full precision for z ≤ −9. */
const FRACTION_LEVELS = 24;

/** R(−w) by Laplace's continued fraction 1 / (w + 1 / (w + 2 / (w + 3 / ...))), for w ≥ 9. */
function byFraction(w: number): number {
  let tail = w;
  for (let level = FRACTION_LEVELS; level > 0; level--) tail = w + level / tail;
  return 1 / tail;
}

/** Taylor coefficients of R at `z` for steps in whole cells: `into[n]` = R⁽ⁿ⁾(z) / n! / PER_UNITⁿ. */
function derive(z: number, value: number, into: Float64Array): void {
  let before = value;
  let current = 1 + z * value;
  let scale = 1;
  into[0] = value;
  for (let n = 1; n < into.length; n++) {
    scale /= PER_UNIT;
    into[n] = current * scale;
    const next = (z * current + before) / (n + 1);
    before = current;
    current = next;
  }
}

function makeTable(): Float64Array {
  const table = new Float64Array(CELLS * TERMS);
  const series = new Float64Array(16);
  let value = byFraction(-MILLS_TABLE_BOTTOM);
  // What rounding took from `value`, so that it does not add up along the way.
  let lost = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    const z = (cell - FIRST) / PER_UNIT;
    derive(z, value, series);
    table.set(series.subarray(0, TERMS), cell * TERMS);
    let step = lost * (1 + z / PER_UNIT);
    for (let n = series.length - 1; n > 0; n--) step += series[n] as number;
    const sum = value + step;
    lost = step - (sum - value);
    value = sum;
  }
  return table;
}

const TABLE = /* @__PURE__ */ makeTable();

/** R(z) for MILLS_TABLE_BOTTOM ≤ z ≤ MILLS_TABLE_TOP; not checked. Relative error ≤ 3 × 10⁻¹⁶. */
export function millsRatioInTable(z: number): number {
  const table = TABLE;
  const u = z * PER_UNIT;
  const cell = (u + (FIRST + 0.5)) | 0;
  const d = u - (cell - FIRST);
  const at = cell * TERMS;
  const d2 = d * d;
  const top = (table[at + 4] as number) + (table[at + 5] as number) * d;
  const tail = top + d2 * ((table[at + 6] as number) + (table[at + 7] as number) * d);
  const low = (table[at + 2] as number) + (table[at + 3] as number) * d;
  return (table[at] as number) + ((table[at + 1] as number) * d + d2 * (low + d2 * tail));
}

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Mills ratio R(z) = Φ(z) / φ(z) for any z; relative error ≤ 3 × 10⁻¹⁶ for z ≤ 1, growing with z² · ε above; infinite from z ≈ 38. NaN for NaN. */
export function millsRatio(z: number): number {
  if (z <= MILLS_TABLE_TOP) return z >= MILLS_TABLE_BOTTOM ? millsRatioInTable(z) : byFraction(-z);
  // Not by recursion on −z, which a NaN would never leave.
  return SQRT_TWO_PI * Math.exp(0.5 * z * z) - (z < -MILLS_TABLE_BOTTOM ? millsRatioInTable(-z) : byFraction(z));
}
