import type { ChainSide, ChainTape } from '@sos/domain';
import { impliedVolatility, nearestStrikeIndex, parityForward } from '@sos/math-engine';
import { expiryInstant } from '@sos/rulebook';

/** How a recorded or simulated chain of one expiry looks through a session. Strike distances in steps, > 0 out of the money; volatilities in percent per √year (calendar). */
export interface ChainStatistics {
  readonly daysToExpiry: number;
  /** At-the-money volatility: first, middle and last snapshot. */
  readonly atm: readonly [number, number, number];
  /** Volatility over the at-the-money one at SMILE distances, counted in at-the-money standard deviations (< 0 puts), middle of the session. */
  readonly smile: readonly number[];
  /** Median quoted spread in rupees at STEPS. */
  readonly spread: readonly number[];
  /** Median lots at the bid at STEPS. */
  readonly bidLots: readonly number[];
  /** Share of a side's open interest within ±20 strikes that its five largest strikes hold. */
  readonly topFive: readonly [calls: number, puts: number];
  /** Open interest of a strike that ends in nothing rounder over that of the others within ±15 strikes: multiples of ten steps against the rest. */
  readonly roundness: number;
  /** PCR of ±10 strikes: lowest, median, highest. */
  readonly pcr: readonly [number, number, number];
  /** Share of each buildup in five-minute changes within ±10 strikes: long buildup, short buildup, short covering, long unwinding. */
  readonly callBuildups: readonly number[];
  readonly putBuildups: readonly number[];
  /** Share of one-minute differences of open interest that are zero. */
  readonly still: number;
  /** Volume of the day over open interest at its end, whole chain within ±20 strikes. */
  readonly turnover: number;
}

export const SMILE = [-3, -2, -1, -0.5, 0.5, 1, 2, 3] as const;
export const STEPS = [-10, -5, -2, 0, 2, 5, 10] as const;

const YEAR_MS = 365 * 86_400_000;
const median = (x: readonly number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1] ?? Number.NaN;
const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);

interface Page {
  readonly s: number;
  readonly base: number;
  readonly forward: number;
  readonly atm: number;
}

function pageOf(tape: ChainTape, s: number): Page {
  const base = s * tape.strikes.length;
  const { call, put, strikes } = tape;
  const columns = { callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask };
  const forward = parityForward({ strikes, ...columns, offset: base }).value;
  return { s, base, forward, atm: nearestStrikeIndex(strikes, forward) };
}

function middle(side: ChainSide, at: number): number {
  return ((side.bid[at] as number) + (side.ask[at] as number)) / 2;
}

function volatility(tape: ChainTape, page: Page, k: number): number {
  const years = (expiryInstant(tape.expiry) - (tape.eventTime[page.s] as number)) / YEAR_MS;
  const strike = tape.strikes[k] as number;
  const isCall = strike >= page.forward;
  const price = middle(isCall ? tape.call : tape.put, page.base + k);
  return 100 * impliedVolatility(price, page.forward, strike, years, isCall);
}

/** Volatility at a moneyness, straight between the strikes around it. */
function volatilityAt(tape: ChainTape, page: Page, strike: number): number {
  const { strikes } = tape;
  const k = strikes.findIndex((x) => x > strike);
  if (k < 1) return Number.NaN;
  const [low, high] = [strikes[k - 1] as number, strikes[k] as number];
  const part = (strike - low) / (high - low);
  return volatility(tape, page, k - 1) * (1 - part) + volatility(tape, page, k) * part;
}

function smileOf(tape: ChainTape, page: Page): number[] {
  const years = (expiryInstant(tape.expiry) - (tape.eventTime[page.s] as number)) / YEAR_MS;
  const atm = volatilityAt(tape, page, page.forward);
  const deviation = (atm / 100) * Math.sqrt(years);
  return SMILE.map((u) => volatilityAt(tape, page, page.forward * Math.exp(u * deviation)) / atm);
}

function cellsAt(tape: ChainTape, pages: readonly Page[], value: (side: ChainSide, at: number) => number): number[] {
  return STEPS.map((step) =>
    median(
      pages
        .flatMap(({ base, atm }) => [value(tape.call, base + atm + step), value(tape.put, base + atm - step)])
        .filter((x) => x > 0),
    ),
  );
}

function topFive(side: ChainSide, page: Page): number {
  const values = Array.from({ length: 41 }, (_, i) => side.openInterest[page.base + page.atm - 20 + i] ?? 0);
  return sum(values.sort((a, b) => b - a).slice(0, 5)) / sum(values);
}

function roundness(tape: ChainTape, page: Page): number {
  const step = (tape.strikes[page.atm + 1] as number) - (tape.strikes[page.atm] as number);
  const [round, rest]: [number[], number[]] = [[], []];
  for (let k = page.atm - 15; k <= page.atm + 15; k++) {
    const at = page.base + k;
    const value = (tape.call.openInterest[at] as number) + (tape.put.openInterest[at] as number);
    ((tape.strikes[k] as number) % (10 * step) === 0 ? round : rest).push(value);
  }
  return sum(round) / round.length / (sum(rest) / rest.length);
}

function pcrOf(tape: ChainTape, { base, atm }: Page): number {
  const band = Array.from({ length: 21 }, (_, i) => base + atm - 10 + i);
  return (
    sum(band.map((at) => tape.put.openInterest[at] as number)) /
    sum(band.map((at) => tape.call.openInterest[at] as number))
  );
}

/** Counts of long buildup, short buildup, short covering and long unwinding between two pages. */
function countBuildups(side: ChainSide, [from, to]: readonly [Page, Page], counts: number[]): void {
  for (let i = -10; i <= 10; i++) {
    const now = to.base + to.atm + i;
    const then = from.base + to.atm + i;
    const price = (side.ltp[now] as number) - (side.ltp[then] as number);
    const interest = (side.openInterest[now] as number) - (side.openInterest[then] as number);
    if (!(price !== 0 && interest !== 0)) continue;
    const at = price > 0 ? (interest > 0 ? 0 : 2) : interest > 0 ? 1 : 3;
    counts[at] = (counts[at] as number) + 1;
  }
}

function buildups(tape: ChainTape, side: ChainSide, pages: readonly Page[]): number[] {
  const counts = [0, 0, 0, 0];
  let from = 0;
  pages.forEach((to) => {
    const since = (tape.eventTime[to.s] as number) - 5 * 60_000;
    while (from + 1 < to.s && (tape.eventTime[(pages[from + 1] as Page).s] as number) <= since) from++;
    if ((tape.eventTime[(pages[from] as Page).s] as number) <= since)
      countBuildups(side, [pages[from] as Page, to], counts);
  });
  return counts.map((x) => x / sum(counts));
}

function stillShare(tape: ChainTape, pages: readonly Page[]): number {
  let [still, all] = [0, 0];
  for (let i = 1; i < pages.length; i++) {
    const [a, b] = [pages[i - 1] as Page, pages[i] as Page];
    for (let k = -10; k <= 10; k++, all++)
      if (tape.call.openInterest[a.base + b.atm + k] === tape.call.openInterest[b.base + b.atm + k]) still++;
  }
  return still / all;
}

/** Measures one chain. @param lot units per lot */
export function chainStatistics(tape: ChainTape, lot: number): ChainStatistics {
  const pages = Array.from({ length: tape.length }, (_, s) => pageOf(tape, s)).filter((p) => p.forward > 0);
  const at = (share: number): Page => pages[Math.min(pages.length - 1, Math.floor(share * pages.length))] as Page;
  const [start, half, end] = [at(0), at(0.5), at(1)];
  const ratios = pages
    .map((page) => pcrOf(tape, page))
    .filter((x) => x > 0)
    .sort((a, b) => a - b);
  const near = Array.from({ length: 41 }, (_, i) => end.base + end.atm - 20 + i);
  const total = (column: 'volume' | 'openInterest'): number =>
    sum(near.map((i) => (tape.call[column][i] ?? 0) + (tape.put[column][i] ?? 0)));
  return {
    daysToExpiry: (expiryInstant(tape.expiry) - (tape.eventTime[0] as number)) / 86_400_000,
    atm: [start, half, end].map((p) => volatilityAt(tape, p, p.forward)) as [number, number, number],
    smile: smileOf(tape, half),
    spread: cellsAt(tape, pages, (side, i) => (side.ask[i] as number) - (side.bid[i] as number)),
    bidLots: cellsAt(tape, pages, (side, i) => (side.bidQty[i] as number) / lot),
    topFive: [topFive(tape.call, half), topFive(tape.put, half)],
    roundness: roundness(tape, half),
    pcr: [ratios[0] as number, ratios[ratios.length >> 1] as number, ratios.at(-1) as number],
    callBuildups: buildups(tape, tape.call, pages),
    putBuildups: buildups(tape, tape.put, pages),
    still: stillShare(tape, pages),
    turnover: total('volume') / total('openInterest'),
  };
}
