import type { ChainCell, ChainTable } from '@sos/contracts';
import { MS_PER_MINUTE, type ChainSide, type ChainTape } from '@sos/domain';
import { DEFAULT_ENGINE_CONFIG } from '@sos/engine';
import { DEFAULT_CHAIN_OPTIONS } from '@sos/gates';
import {
  THETA_PER_DAY,
  VEGA_PER_POINT,
  black76Greeks,
  buildupName,
  buildupOf,
  calendarYears,
  expectedMoveFromStraddle,
  impliedVolatility,
  makeGreeks,
  maxPain,
  oiWalls,
} from '@sos/math-engine';
import { expiryInstant } from '@sos/rulebook';
import { chainFigures } from './chain-figures.js';

const maybe = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

/** The last snapshot that was known at an instant; −1 before the first. */
export function snapshotAt({ availableAt, length }: ChainTape, at: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((availableAt[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What one side of one strike is priced with. */
interface CellAt {
  readonly tape: ChainTape;
  readonly cell: number;
  /** Cell of the snapshot that buildup is measured from; −1 when the day is too young. */
  readonly before: number;
  /** Cell of the day's first snapshot. */
  readonly first: number;
  readonly strike: number;
  readonly forward: number;
  readonly years: number;
  readonly discount: number;
}

function priceOf(side: ChainSide, cell: number): number {
  const [bid, ask] = [side.bid[cell] as number, side.ask[cell] as number];
  return bid > 0 && ask >= bid ? (bid + ask) / 2 : (side.ltp[cell] as number);
}

function buildupAt(side: ChainSide, { cell, before }: CellAt) {
  if (before < 0) return null;
  const [price, openInterest] = [side.ltp[before] as number, side.openInterest[before] as number];
  const dPrice = (side.ltp[cell] as number) - price;
  const dOi = (side.openInterest[cell] as number) - openInterest;
  const share = DEFAULT_CHAIN_OPTIONS.noiseShare;
  return buildupName(buildupOf(dPrice, dOi, { priceBand: share * price, oiBand: share * openInterest }));
}

const greeks = makeGreeks();

function cellOf(side: ChainSide, isCall: boolean, at: CellAt): ChainCell {
  const { cell, first, forward, strike, years, discount } = at;
  const sigma = impliedVolatility(priceOf(side, cell), forward, strike, years, isCall, discount);
  black76Greeks(forward, strike, years, sigma, isCall, discount, greeks);
  return {
    ltp: maybe(side.ltp[cell]),
    volume: maybe(side.volume[cell]),
    openInterest: maybe(side.openInterest[cell]),
    oiChange: maybe((side.openInterest[cell] as number) - (side.openInterest[first] as number)),
    buildup: buildupAt(side, at),
    iv: maybe(sigma),
    delta: maybe(greeks.delta),
    gamma: maybe(greeks.gamma),
    theta: maybe(greeks.theta * THETA_PER_DAY),
    vega: maybe(greeks.vega * VEGA_PER_POINT),
  };
}

function rowsOf(tape: ChainTape, s: number, reach: number): ChainTable['rows'] {
  const { strikes } = tape;
  const { atm, forward } = chainFigures(tape);
  const middle = atm[s] as number;
  if (middle < 0) return [];
  const years = calendarYears(tape.eventTime[s] as number, expiryInstant(tape.expiry));
  const discount = Math.exp(-DEFAULT_ENGINE_CONFIG.rate * years);
  const before = snapshotBefore(tape, s);
  const rows: ChainTable['rows'] = [];
  for (let k = Math.max(0, middle - reach); k <= Math.min(strikes.length - 1, middle + reach); k++) {
    const strike = strikes[k] as number;
    const cell = s * strikes.length + k;
    const at = {
      tape,
      cell,
      before: before < 0 ? -1 : before * strikes.length + k,
      first: k,
      strike,
      forward: forward[s] as number,
      years,
      discount,
    };
    rows.push({ strike, call: cellOf(tape.call, true, at), put: cellOf(tape.put, false, at) });
  }
  return rows;
}

function snapshotBefore({ eventTime }: ChainTape, s: number): number {
  const wanted = (eventTime[s] as number) - DEFAULT_CHAIN_OPTIONS.changeMinutes * MS_PER_MINUTE;
  for (let i = s; i >= 0; i--) if ((eventTime[i] as number) <= wanted) return i;
  return -1;
}

/** What a chain table is made at. */
export interface TableAt {
  /** Epoch ms: later snapshots are not looked at. */
  readonly at: number;
  /** Strikes on each side of the money. */
  readonly reach: number;
}

/** The chain as it was known at an instant, or null before its first snapshot. */
export function chainTable(tape: ChainTape, { at, reach }: TableAt): ChainTable | null {
  const s = snapshotAt(tape, at);
  if (s < 0) return null;
  const { strikes, call, put } = tape;
  const figures = chainFigures(tape);
  const offset = s * strikes.length;
  const forward = figures.forward[s] as number;
  const walls = oiWalls(strikes, call.openInterest, put.openInterest, forward, offset);
  const eventTime = tape.eventTime[s] as number;
  return {
    expiry: tape.expiry,
    source: tape.source,
    eventTime,
    availableAt: tape.availableAt[s] as number,
    ageMinutes: (at - eventTime) / MS_PER_MINUTE,
    spot: maybe(tape.spot[s]),
    forward: maybe(forward),
    forwardRung: figures.rung[s] ?? 'unknown',
    atm: maybe(strikes[figures.atm[s] as number]),
    rows: rowsOf(tape, s, reach),
    pcr: maybe(figures.pcr[s]),
    pcrBand: `ATM ± ${DEFAULT_CHAIN_OPTIONS.pcrReach} strikes`,
    pcrVelocity: maybe(figures.pcrVelocity[s]),
    maxPain: maybe(maxPain(strikes, call.openInterest, put.openInterest, offset)),
    callWall: maybe(walls.callStrike),
    putWall: maybe(walls.putStrike),
    straddle: maybe(figures.straddle[s]),
    expectedMove: maybe(expectedMoveFromStraddle(figures.straddle[s] as number)),
    buildupMinutes: DEFAULT_CHAIN_OPTIONS.changeMinutes,
  };
}
