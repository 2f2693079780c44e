const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const NAN_HIGH = 0x7ff80000;

function rotl(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * 128-bit fingerprint of a column of numbers as 32 hex digits: MurmurHash3 x86_128 (A. Appleby, public domain) over the IEEE 754 bits, low word first.
 * Every NaN counts as the same NaN and the length is part of it; columns of equal numbers agree on every machine. Not a defence against forgery:
 * it feeds the SHA-256 of a run, which would take longer than the run if it read every byte.
 */
export function fingerprint(column: Float64Array): string {
  const words = new Uint32Array(column.buffer, column.byteOffset, column.length * 2);
  const low = isLittleEndian ? 0 : 1;
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  for (let i = 0; i < words.length; i += 4) {
    const lo1 = words[i + low] as number;
    const hi1 = words[i + 1 - low] as number;
    const isNaN1 = (hi1 & 0x7ff00000) === 0x7ff00000 && ((hi1 & 0xfffff) | lo1) !== 0;
    // An odd column's last pair is completed by zeros; the length below tells it from real zeros.
    const hasTwo = i + 3 < words.length;
    const lo2 = hasTwo ? (words[i + 2 + low] as number) : 0;
    const hi2 = hasTwo ? (words[i + 3 - low] as number) : 0;
    const isNaN2 = (hi2 & 0x7ff00000) === 0x7ff00000 && ((hi2 & 0xfffff) | lo2) !== 0;
    h1 ^= Math.imul(rotl(Math.imul(isNaN1 ? 0 : lo1, C1), 15), C2);
    h1 = (Math.imul((rotl(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotl(Math.imul(isNaN1 ? NAN_HIGH : hi1, C2), 16), C3);
    h2 = (Math.imul((rotl(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotl(Math.imul(isNaN2 ? 0 : lo2, C3), 17), C4);
    h3 = (Math.imul((rotl(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotl(Math.imul(isNaN2 ? NAN_HIGH : hi2, C4), 18), C1);
    h4 = (Math.imul((rotl(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  return finish([h1, h2, h3, h4], column.length * 8);
}

function finish(state: readonly [number, number, number, number], bytes: number): string {
  let [a, b, c, d] = state.map((h) => h ^ bytes) as [number, number, number, number];
  const spread = (): void => {
    a = (a + b + c + d) | 0;
    b = (b + a) | 0;
    c = (c + a) | 0;
    d = (d + a) | 0;
  };
  spread();
  [a, b, c, d] = [mix(a), mix(b), mix(c), mix(d)];
  spread();
  return [a, b, c, d].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('');
}
