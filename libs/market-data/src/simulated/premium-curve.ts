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

/** One side of the curve: cubics through four neighbouring nodes each, worked out when their cell is first asked for. */
class CurveSide {
  /** `TERMS` coefficients per cell, in powers of the way through the cell; NaN = not worked out yet. */
  readonly terms = new Float64Array(CELLS * TERMS).fill(Number.NaN);
  private readonly nodes = new Float64Array(CELLS + 3).fill(Number.NaN);
  private readonly smile: Smile;
  private readonly omega: number;
  private readonly isCall: boolean;

  constructor(smile: Smile, omega: number, isCall: boolean) {
    this.smile = smile;
    this.omega = omega;
    this.isCall = isCall;
  }

  fill(cell: number): void {
    const [a, b, c, d] = [this.node(cell - 1), this.node(cell), this.node(cell + 1), this.node(cell + 2)];
    const at = cell * TERMS;
    this.terms[at] = b;
    this.terms[at + 1] = c - b / 2 - a / 3 - d / 6;
    this.terms[at + 2] = (a + c) / 2 - b;
    this.terms[at + 3] = (b - c) / 2 + (d - a) / 6;
  }

  private node(i: number): number {
    const known = this.nodes[i + 1] as number;
    if (known === known) return known;
    const { smile, omega, isCall } = this;
    const u = (isCall ? i : -i) / PER_UNIT;
    const premium = black76Price(1, Math.exp(u * omega), 1, omega * smileFactor(smile, u), isCall, 1) / omega;
    this.nodes[i + 1] = premium;
    return premium;
  }
}

/**
 * Out-of-the-money premiums of one expiry and session as a function of u, in units of F·ω, taken from Black-76 at a reference ω and read by cubic interpolation
 * (error below 0.005 rupees). Premium = F ω curve(ln(K/F)/ω) is convex in the strike for every ω up to the reference.
 */
export class PremiumCurve {
  private readonly calls: CurveSide;
  private readonly puts: CurveSide;

  /** @param omega reference total volatility, > 0, not below any ω that will be asked for */
  constructor(smile: Smile, omega: number) {
    this.calls = new CurveSide(smile, omega, true);
    this.puts = new CurveSide(smile, omega, false);
  }

  /** Premium of the out-of-the-money option (a call for u ≥ 0, else a put) divided by F·ω. Zero beyond |u| = 13. */
  outOfTheMoney(u: number): number {
    const at = (u < 0 ? -u : u) * PER_UNIT;
    if (!(at < CELLS)) return 0;
    const i = at | 0;
    const t = at - i;
    const side = u < 0 ? this.puts : this.calls;
    const { terms } = side;
    const c = i * TERMS;
    if (terms[c] !== terms[c]) side.fill(i);
    return (
      (terms[c] as number) +
      t * ((terms[c + 1] as number) + t * ((terms[c + 2] as number) + t * (terms[c + 3] as number)))
    );
  }
}
