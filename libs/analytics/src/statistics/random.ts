/** Uniform random numbers in [0, 1) with 32 random bits. */
export type RandomSource = () => number;

/** The name that reports print beside the seed. */
export const PRNG_NAME = 'xoshiro128**';

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/**
 * The named generator of every resampling figure: xoshiro128** 1.1 seeded through SplitMix32, the same stream on every machine.
 * Source: D. Blackman, S. Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021).
 * @param seed any 32-bit integer
 */
export function xoshiro128(seed: number): RandomSource {
  const mix = splitMix32(seed);
  return xoshiro128FromState(mix(), mix(), mix(), mix());
}

/** The same generator from its four 32-bit words of state (not all zero). */
export function xoshiro128FromState(...words: readonly [number, number, number, number]): RandomSource {
  let [a, b, c, d] = words;
  return () => {
    const out = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return out / 4294967296;
  };
}
