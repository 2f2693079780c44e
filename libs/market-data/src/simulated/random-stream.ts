/**
 * Named, keyed random numbers of the simulated market. Two generators, both exact 32-bit integer arithmetic, so that every machine
 * draws the same numbers:
 * - a stream: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), for paths drawn in order;
 * - a lattice: a counter hashed with the lowbias32 finaliser (Wellons, https://nullprogram.com/blog/2018/07/31/), for values that must
 *   be the same whenever and in whatever order they are asked for.
 * Keys come from FNV-1a over the parts joined by `|`, finished by lowbias32. Only log, sqrt and exp of Math are used on the results.
 */

// Bound once: in a sandbox (Jest) each look-up of the global costs more than the function.
const { imul, log, sqrt } = Math;

const GOLDEN = 0x9e3779b9 | 0;
const UNIT = 2 ** -32;

function finish(value: number): number {
  let x = value | 0;
  x = imul(x ^ (x >>> 16), 0x21f0aaad);
  x = imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** The 32-bit key of a named source of randomness: the same parts always give the same key. */
export function randomKey(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('|')) hash = imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return finish(hash) >>> 0;
}

/** 32 random bits for place `index` of the lattice `key`, as a signed or unsigned integer. */
export function latticeBits(key: number, index: number): number {
  return finish(imul(index, GOLDEN) ^ key);
}

/** A number in (0, 1) for place `index` of the lattice `key`; any order of asking gives the same numbers. */
export function latticeUniform(key: number, index: number): number {
  return ((finish(imul(index, GOLDEN) ^ key) >>> 0) + 0.5) * UNIT;
}

/** Like `latticeUniform`, spread as a symmetric triangle over (-1, 1): cheap noise with a soft edge, standard deviation 0.41. */
export function latticeTriangle(key: number, index: number): number {
  const bits = finish(imul(index, GOLDEN) ^ key);
  return ((bits >>> 16) - (bits & 0xffff)) / 65536;
}

/** A standard normal number for place `index` of the lattice `key` (polar method; a rejected pair tries the next sub-place). */
export function latticeNormal(key: number, index: number): number {
  let place = index;
  for (;;) {
    const u = 2 * latticeUniform(key, place) - 1;
    const v = 2 * latticeUniform(key ^ 0x5bd1e995, place) - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * sqrt((-2 * log(s)) / s);
    place = (place + 0x10000001) | 0;
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** A sequence of random numbers named by its key: same key, same sequence. */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare = Number.NaN;

  constructor(key: number) {
    this.a = finish(key + GOLDEN);
    this.b = finish(key + imul(GOLDEN, 2));
    this.c = finish(key + imul(GOLDEN, 3));
    this.d = finish(key + imul(GOLDEN, 4)) | 1;
  }

  /** Uniform in (0, 1), 32 bits. */
  uniform(): number {
    const result = imul(rotateLeft(imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotateLeft(this.d, 11);
    return (result + 0.5) * UNIT;
  }

  /** Standard normal, by the polar method. */
  normal(): number {
    const kept = this.spare;
    this.spare = Number.NaN;
    if (!Number.isNaN(kept)) return kept;
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const scale = sqrt((-2 * log(s)) / s);
      this.spare = v * scale;
      return u * scale;
    }
  }
}
