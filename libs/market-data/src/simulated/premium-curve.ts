import { black76Price } from '@sos/math-engine';

/**
 * The shape of a volatility smile in normalised moneyness u = ln(K/F)/ω, where ω is the at-the-money total volatility of the expiry: total variance is
 * ω² (1 + steepness (√((u − tilt)² + roundness²) − √(tilt² + roundness²))), the SVI form of Gatheral (2004) in natural units, which is free of butterfly arbitrage for the
 * values used here (tested).
 */
export interface Smile {
  readonly steepness: number;
  readonly tilt: number;
  readonly roundness: number;
}

const ROUNDNESS = 6;
const STEEPNESS_FAR = 1.35;
const STEEPNESS_FRONT = 0.3;
const STEEPNESS_SESSIONS = 4;
const TILT_FRONT = 0.3;
const TILT_FAR = 0.35;
const TILT_SESSIONS = 6;

/** The smile of an expiry that many normal sessions ahead: steep and even when near, flatter and leaning to the puts when far (fitted to recorded chains of 2025-08-29). */
export function smileAt(sessionsAhead: number): Smile {
  return {
    steepness: STEEPNESS_FAR + STEEPNESS_FRONT * Math.exp(-sessionsAhead / STEEPNESS_SESSIONS),
    tilt: TILT_FRONT + TILT_FAR * (1 - Math.exp(-sessionsAhead / TILT_SESSIONS)),
    roundness: ROUNDNESS,
  };
}

/** Total volatility at normalised moneyness `u`, as a multiple of the at-the-money one. */
export function smileFactor({ steepness, tilt, roundness }: Smile, u: number): number {
  const lean = Math.sqrt(tilt * tilt + roundness * roundness);
  return Math.sqrt(1 + steepness * (Math.sqrt((u - tilt) * (u - tilt) + roundness * roundness) - lean));
}

const PER_UNIT = 6;
const REACH = 13;
const CELLS = REACH * PER_UNIT;
const TERMS = 4;

/** Cubics through four neighbouring nodes each: `TERMS` coefficients per cell, in powers of the way through the cell. */
function cubics(valueAt: (node: number) => number): Float64Array {
  const out = new Float64Array(CELLS * TERMS);
  let [a, b, c] = [valueAt(-1), valueAt(0), valueAt(1)];
  for (let i = 0; i < CELLS; i++) {
    const d = valueAt(i + 2);
    out[TERMS * i] = b;
    out[TERMS * i + 1] = c - b / 2 - a / 3 - d / 6;
    out[TERMS * i + 2] = (a + c) / 2 - b;
    out[TERMS * i + 3] = (b - c) / 2 + (d - a) / 6;
    a = b;
    b = c;
    c = d;
  }
  return out;
}

/**
 * Out-of-the-money premiums of one expiry and session as a function of u, in units of F·ω, tabulated once from Black-76 at a reference ω and read by cubic interpolation
 * (error below 0.005 rupees). Premium = F ω curve(ln(K/F)/ω) is convex in the strike for every ω up to the reference.
 */
export class PremiumCurve {
  private readonly calls: Float64Array;
  private readonly puts: Float64Array;

  /** @param omega reference total volatility, > 0, not below any ω that will be asked for */
  constructor(smile: Smile, omega: number) {
    const premium = (u: number, isCall: boolean): number =>
      black76Price(1, Math.exp(u * omega), 1, omega * smileFactor(smile, u), isCall, 1) / omega;
    this.calls = cubics((node) => premium(node / PER_UNIT, true));
    this.puts = cubics((node) => premium(-node / PER_UNIT, false));
  }

  /** Premium of the out-of-the-money option (a call for u ≥ 0, else a put) divided by F·ω. Zero beyond |u| = 13. */
  outOfTheMoney(u: number): number {
    const at = (u < 0 ? -u : u) * PER_UNIT;
    if (!(at < CELLS)) return 0;
    const i = at | 0;
    const t = at - i;
    const terms = u < 0 ? this.puts : this.calls;
    const c = i * TERMS;
    return (
      (terms[c] as number) +
      t * ((terms[c + 1] as number) + t * ((terms[c + 2] as number) + t * (terms[c + 3] as number)))
    );
  }
}
