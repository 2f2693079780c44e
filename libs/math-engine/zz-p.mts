import { black76Price, black76Greeks, makeGreeks } from '@sos/math-engine';
const F = 24000;
const K: number[] = [],
  T: number[] = [],
  S: number[] = [],
  C: boolean[] = [];
const t0 = 1 / 525600,
  t1 = 90 / 365;
for (let e = 0; e < 29; e++) {
  const y = t0 * Math.pow(t1 / t0, e / 28);
  for (let k = 0; k <= 80; k++) {
    const kk = F * (0.8 + 0.005 * k);
    for (let s = 0; s < 30; s++) {
      const sig = 0.05 + s * (1.45 / 29);
      for (const c of [true, false]) {
        const p = black76Price(F, kk, y, sig, c);
        const tv = p - Math.max(c ? F - kk : kk - F, 0);
        if (tv >= 0.05) {
          K.push(kk);
          T.push(y);
          S.push(sig);
          C.push(c);
        }
      }
    }
  }
}
const n = K.length;
const fk = Float64Array.from(K),
  ft = Float64Array.from(T),
  fs = Float64Array.from(S);
const cc = Uint8Array.from(C, (c) => (c ? 1 : 0));
const g = makeGreeks();
function gr(a: number, b: number) {
  let x = 0;
  for (let i = a; i < b; i++) {
    black76Greeks(F, fk[i], ft[i], fs[i], cc[i] === 1, 1, g);
    x += g.price + g.delta + g.gamma + g.vega + g.theta;
  }
  return x;
}
function pr(a: number, b: number) {
  let x = 0;
  for (let i = a; i < b; i++) {
    x += black76Price(F, fk[i], ft[i], fs[i], cc[i] === 1);
  }
  return x;
}
let sink = 0;
const all = [
  ['price', pr],
  ['greeks', gr],
] as const;
for (const [name, f] of all.filter((a) => a[0] === process.argv[2])) {
  for (let i = 0; i < 3000; i++) sink += f((i * 17) % (n - 200), ((i * 17) % (n - 200)) + 200);
  const r: number[] = [];
  for (let k = 0; k < 21; k++) {
    const a = performance.now();
    sink += f(0, n);
    r.push(((performance.now() - a) * 1e6) / n);
  }
  r.sort((a, b) => a - b);
  console.log(name, r[0].toFixed(1), r[10].toFixed(1));
}
console.log(sink > 0);
