// Fits the spread table of the simulated exchange (libs/engine/src/simulation/spread-table.ts) to recorded books: the mean spread by premium and moneyness, then how it
// changes through the day. Recorded data stays where it is; only these means are written.
// Run: node --conditions=@sos/source --import tsx tools/fit/spread-table.ts && npx prettier --write libs/engine/src/simulation/spread-table.ts
// (SOS_SHARED_DATA = folder of recorded data)
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { istMinuteOfDay, type ChainTape, type EpochMs, type Underlying } from '@sos/domain';
import { MemorySink, runImport } from '@sos/market-data';
import { makeParityForward, parityForward } from '@sos/math-engine';
import { recordedFolder } from '../bench/simulated/recorded.js';

const PREMIUMS = [1, 3, 7, 15, 35, 75, 150, 300, 600, 1200];
/** Share of the forward that a strike lies in the money (negative: out of it). */
const MONEYNESS = [-0.015, -0.0075, 0, 0.0075, 0.015, 0.03];
/** First minutes of the parts of the day that were recorded; before them `OPENING` is assumed. */
const MINUTES = [564, 600, 660, 780, 870, 900, 915];
const OPENING = { minute: 555, factor: 1.5 };
const LEAST = 30;
/** Nearest expiries used: weekly ones are traded two deep, monthly ones one. */
const EXPIRIES: Readonly<Partial<Record<Underlying, number>>> = { NIFTY: 2, BANKNIFTY: 1 };
/** Wider books, as a share of the premium, are nobody's market: the engine enters none either. */
const WIDEST = 0.1;

interface Sample {
  readonly underlying: Underlying;
  readonly premium: number;
  readonly moneyness: number;
  readonly minute: number;
  readonly spread: number;
}

const nearest = (value: number, points: readonly number[], scale: (x: number) => number): number => {
  let best = 0;
  points.forEach((point, i) => {
    if (Math.abs(scale(value) - scale(point)) < Math.abs(scale(value) - scale(points[best] as number))) best = i;
  });
  return best;
};
const premiumBand = (premium: number): number => nearest(premium, PREMIUMS, Math.log);
const moneynessBand = (moneyness: number): number => nearest(moneyness, MONEYNESS, (x) => x);
const minuteBand = (minute: number): number => MINUTES.findLastIndex((from) => minute >= from);

function samplesOf(tape: ChainTape): Sample[] {
  const samples: Sample[] = [];
  const { strikes, call, put } = tape;
  const question = { strikes, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask, discount: 1 };
  for (let s = 0; s < tape.length; s++) {
    const forward = parityForward({ ...question, offset: s * strikes.length }, makeParityForward());
    if (forward.rung !== 'parity') continue;
    for (let k = 0; k < strikes.length; k++) samples.push(...booksAt(tape, { s, k, forward: forward.value }));
  }
  return samples;
}

interface Cell {
  readonly s: number;
  readonly k: number;
  readonly forward: number;
}

/** The call's and the put's two-sided books of one strike in one snapshot. */
function booksAt({ underlying, strikes, call, put, eventTime }: ChainTape, { s, k, forward }: Cell): Sample[] {
  const at = s * strikes.length + k;
  const minute = istMinuteOfDay(eventTime[s] as EpochMs);
  const inMoney = (forward - (strikes[k] as number)) / forward;
  const books = [
    { bid: call.bid[at] as number, ask: call.ask[at] as number, moneyness: inMoney },
    { bid: put.bid[at] as number, ask: put.ask[at] as number, moneyness: -inMoney },
  ];
  return books
    .filter(({ bid, ask }) => bid > 0 && ask > bid && ask - bid <= Math.max(0.1, WIDEST * bid))
    .filter(({ moneyness }) => Math.abs(moneyness) <= 0.04)
    .map(({ bid, ask, moneyness }) => ({ underlying, premium: (bid + ask) / 2, moneyness, minute, spread: ask - bid }));
}

async function readSamples(folder: string): Promise<Sample[]> {
  const sink = new MemorySink();
  await runImport({ kind: 'nse-chain', path: path.join(folder, 'chain-1m-2025-08-29'), sink });
  await runImport({ kind: 'upstox-ticks', path: path.join(folder, 'upstox-ticks-2025-12-15'), sink });
  const near = new Map<string, ChainTape[]>();
  for (const tape of sink.tapes) {
    const key = `${tape.underlying} ${tape.source} ${Math.floor((tape.eventTime[0] as number) / 86_400_000)}`;
    near.set(
      key,
      [...(near.get(key) ?? []), tape]
        .sort((a, b) => (a.expiry < b.expiry ? -1 : 1))
        .slice(0, EXPIRIES[tape.underlying] ?? 1),
    );
  }
  return [...near.values()].flat().flatMap((tape) => [...samplesOf(tape)]);
}

class Mean {
  sum = 0;
  count = 0;
  add(value: number): void {
    this.sum += value;
    this.count++;
  }
  get value(): number {
    return this.sum / this.count;
  }
}

/** Mean share of the premium by premium and moneyness; a band with few samples takes that of the nearest one that has them. */
function fitTable(samples: readonly Sample[]): number[][] {
  const cells = PREMIUMS.map(() => MONEYNESS.map(() => new Mean()));
  for (const s of samples) cells[premiumBand(s.premium)]?.[moneynessBand(s.moneyness)]?.add(s.spread / s.premium);
  const seen = cells.flatMap((line, p) => line.map((mean, m) => ({ mean, p, m }))).filter((c) => c.mean.count >= LEAST);
  const shareAt = (p: number, m: number): number => {
    const away = (c: { p: number; m: number }): number => Math.abs(c.p - p) + Math.abs(c.m - m) * 1.5;
    const best = [...seen].sort((a, b) => away(a) - away(b))[0];
    if (best === undefined) throw new Error('expected samples, found none');
    return best.mean.value;
  };
  // A band that was never seen takes over a share, never less than one tick.
  return PREMIUMS.map((premium, p) => MONEYNESS.map((_, m) => Math.max(0.05, premium * shareAt(p, m))));
}

/** Spreads relative to the table, by some band. */
function ratios(
  samples: readonly Sample[],
  fitted: readonly number[][],
  bandOf: (s: Sample) => number,
): Map<number, Mean> {
  const means = new Map<number, Mean>();
  for (const s of samples) {
    const [p, m] = [premiumBand(s.premium), moneynessBand(s.moneyness)];
    const expected = ((fitted[p]?.[m] as number) * s.premium) / (PREMIUMS[p] as number);
    if (Math.abs(s.moneyness) > 0.015) continue;
    const mean = means.get(bandOf(s)) ?? new Mean();
    means.set(bandOf(s), mean);
    mean.add(s.spread / Math.max(0.05, expected));
  }
  return means;
}

const row = (values: readonly number[], digits: number): string =>
  `[${values.map((v) => v.toFixed(digits)).join(', ')}]`;

const folder = recordedFolder();
if (folder === null) throw new Error('expected the folder of recorded data in SOS_SHARED_DATA, found none');
const all = await readSamples(folder);
const table = fitTable(all.filter((s) => s.underlying === 'NIFTY'));
const nifty = all.filter((s) => s.underlying === 'NIFTY');
const bank = all.filter((s) => s.underlying === 'BANKNIFTY');
const minuteMeans = ratios(nifty, table, (s) => minuteBand(s.minute));
const byMinute = MINUTES.map((_, i) => minuteMeans.get(i) ?? new Mean());
const ofBank = ratios(bank, table, () => 0).get(0);
console.log(`${nifty.length} NIFTY and ${bank.length} BANKNIFTY books; BANKNIFTY × ${ofBank?.value.toFixed(2)}`);
byMinute.forEach((mean, i) => console.log(`from minute ${MINUTES[i]}: × ${mean.value.toFixed(3)} (${mean.count})`));
const text = `// Written by tools/fit/spread-table.ts from ${nifty.length} NIFTY and ${bank.length} BANKNIFTY two-sided books: the NSE chain of 2025-08-29 (NIFTY's two nearest expiries, BANKNIFTY's nearest; 09:24-15:29) and Upstox
// depth of 2025-12-15. Not by hand. The first nine minutes were not recorded: their factor is an assumption.

/** Premiums in rupees of the rows. */
export const SPREAD_PREMIUMS: readonly number[] = ${row(PREMIUMS, 0)};

/** Share of the index that the strike lies in the money, of the columns; negative: out of the money. */
export const SPREAD_MONEYNESS: readonly number[] = ${row(MONEYNESS, 4)};

/** Mean spread of NIFTY options in rupees. */
export const SPREAD_RUPEES: readonly (readonly number[])[] = [
${table.map((values) => `  ${row(values, 3)},`).join('\n')}
];

/** First IST minute of each part of the day, and its spread relative to the table. */
export const SPREAD_MINUTES: readonly number[] = ${row([OPENING.minute, ...MINUTES], 0)};
export const SPREAD_OF_MINUTE: readonly number[] = ${row([OPENING.factor, ...byMinute.map((m) => m.value)], 3)};

/** Spread of BANKNIFTY options relative to the table. */
export const SPREAD_OF_BANKNIFTY = ${(ofBank?.value ?? 1).toFixed(3)};
`;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
writeFileSync(path.join(root, 'libs/engine/src/simulation/spread-table.ts'), text);
