/**
 * Natural logarithm for the hot path: the built-in one is a call out of compiled code, whose latency alone is a quarter of an implied-volatility solve. Exponent from the
 * bits, mantissa by a table of 128 reciprocals and a polynomial of the rest.
 */

/** Cells per binade. */
const CELLS = 128;
/** Binary exponents that the table of powers covers. */
const LEAST_EXPONENT = -160;
const MOST_EXPONENT = 32;
const BIAS = 1023;

const word = new Float64Array(1);
const halves = new Int32Array(word.buffer);
/** Index of the half that holds sign, exponent and the mantissa's first 20 bits. */
const HIGH_HALF = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

function makePowers(): Float64Array {
  const powers = new Float64Array(MOST_EXPONENT - LEAST_EXPONENT + 1);
  for (let e = LEAST_EXPONENT; e <= MOST_EXPONENT; e++) powers[e - LEAST_EXPONENT] = 2 ** -e;
  return powers;
}

function makeCells(): Float64Array {
  const cells = new Float64Array(2 * CELLS);
  for (let i = 0; i < CELLS; i++) {
    const reciprocal = 1 / (1 + (i + 0.5) / CELLS);
    cells[2 * i] = reciprocal;
    cells[2 * i + 1] = -Math.log(reciprocal);
  }
  return cells;
}

const POWERS = /* @__PURE__ */ makePowers();
const TABLE = /* @__PURE__ */ makeCells();

/** ln x for 2⁻¹⁶⁰ ≤ x < 2³³, not checked; absolute error ≤ 3 × 10⁻¹⁶ beside the result's own rounding. */
export function naturalLog(x: number): number {
  word[0] = x;
  const high = halves[HIGH_HALF] as number;
  const exponent = (high >> 20) - BIAS;
  const cell = (high >> 12) & 0xfe;
  const r = x * (POWERS[exponent - LEAST_EXPONENT] as number) * (TABLE[cell] as number) - 1;
  const r2 = r * r;
  const tail = r2 * (-0.5 + r * (1 / 3) + r2 * (-0.25 + r * 0.2 - r2 * (1 / 6)));
  return exponent * Math.LN2 + (TABLE[cell + 1] as number) + (r + tail);
}
