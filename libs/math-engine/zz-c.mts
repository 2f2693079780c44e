import { flatUnit } from './src/pricing/otm-unit.js';
import { logMoneyness } from './src/pricing/log-moneyness.js';
import { black76Price } from './src/pricing/black76-price.js';
import { densityInTable } from './src/pricing/normal-density.js';
import { millsRatioInTable } from './src/pricing/mills-ratio.js';
import { naturalLog } from './src/pricing/natural-log.js';
import { bachelierStart } from './src/pricing/bachelier-start.js';
const n = 4096;
const H = new Float64Array(n),
  T = new Float64Array(n),
  K = new Float64Array(n),
  W = new Float64Array(n);
for (let i = 0; i < n; i++) {
  H[i] = -4 * ((i * 0.618) % 1);
  T[i] = 0.02 + 0.3 * ((i * 0.381) % 1);
  K[i] = 20000 + (i % 80) * 100;
  W[i] = 1 + Math.exp(10 * ((i * 0.77) % 1));
}
const which = process.argv[2];
const fs: Record<string, () => number> = {
  empty() {
    let x = 0;
    for (let i = 0; i < n; i++) x += H[i] * T[i];
    return x;
  },
  logm() {
    let x = 0;
    for (let i = 0; i < n; i++) x += logMoneyness(24000, K[i]);
    return x;
  },
  dens() {
    let x = 0;
    for (let i = 0; i < n; i++) x += densityInTable(H[i]);
    return x;
  },
  mills() {
    let x = 0;
    for (let i = 0; i < n; i++) x += millsRatioInTable(H[i]);
    return x;
  },
  nlog() {
    let x = 0;
    for (let i = 0; i < n; i++) x += naturalLog(W[i]);
    return x;
  },
  start() {
    let x = 0;
    for (let i = 0; i < n; i++) x += bachelierStart(W[i]);
    return x;
  },
  flat() {
    let x = 0;
    for (let i = 0; i < n; i++) x += flatUnit(H[i], T[i]);
    return x;
  },
  price() {
    let x = 0;
    for (let i = 0; i < n; i++) x += black76Price(24000, K[i], T[i], 0.3, true);
    return x;
  },
};
const f = fs[which];
let s = 0;
for (let k = 0; k < 3000; k++) s += f();
const r: number[] = [];
for (let k = 0; k < 31; k++) {
  const t = performance.now();
  for (let j = 0; j < 50; j++) s += f();
  r.push(((performance.now() - t) * 1e6) / (50 * n));
}
r.sort((x, y) => x - y);
console.log(which, r[0].toFixed(2), r[15].toFixed(2), s > 0);
