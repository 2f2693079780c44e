import type { ChainSide, ChainTape, SeriesSource } from '@sos/domain';
import { ChainSideWriter } from './chain-side-writer.js';
import type { ExpiryState } from './expiry-state.js';
import type { FlowClimate } from './flow-climate.js';
import { latticeUniform, randomKey } from './random-stream.js';
import type { SpotPath } from './spot-path.js';

/** Delay from the page time of a snapshot to when it can be used, ms: at least, and up to so much more. */
const LAG_MS = 1_500;
const LAG_SPREAD_MS = 3_500;

export interface ChainRequest {
  readonly climate: FlowClimate;
  /** Ascending. */
  readonly strikes: Float64Array;
  /** Strikes on each side of the money that a snapshot shows; those further out are unknown in it. */
  readonly reach: number;
  /** Minutes between snapshots, ≥ 1. */
  readonly cadence: number;
  readonly source: SeriesSource;
  /** Printed index by row; rows beyond its length show its last value. */
  readonly spot: Float64Array;
}

/** Rows after which a chain is published: the first bar at or past each multiple of the cadence, and the session's last. */
function snapshotRows(path: SpotPath, cadence: number, minutes: number): Int32Array {
  const rows = new Int32Array(path.length);
  let [count, slot] = [0, 0];
  for (let i = 0; i < path.length; i++) {
    const done = (path.minute[i] as number) + 1;
    const now = Math.floor(done / cadence);
    if (now > slot || done === minutes) rows[count++] = i;
    slot = now;
  }
  return rows.subarray(0, count);
}

/** Fair premiums of every strike after `row`, both sides from one look at the smile, so that put-call parity is exact. */
function price(calls: ChainSideWriter, puts: ChainSideWriter, ladder: Ladder): void {
  const { strikes, logStrikes, state, m } = ladder;
  const forward = state.forward[m] as number;
  const logForward = state.logForward[m] as number;
  const scale = state.scale[m] as number;
  const perOmega = state.inverseOmega[m] as number;
  const { curve } = state;
  for (let k = ladder.first; k < ladder.end; k++) {
    const time = scale * curve.outOfTheMoney(((logStrikes[k] as number) - logForward) * perOmega);
    const beyond = forward - (strikes[k] as number);
    const inCall = beyond > 0 ? beyond : 0;
    const inPut = beyond > 0 ? 0 : -beyond;
    calls.intrinsic[k] = inCall;
    calls.fair[k] = inCall + time;
    puts.intrinsic[k] = inPut;
    puts.fair[k] = inPut + time;
  }
}

interface Ladder {
  readonly strikes: Float64Array;
  readonly logStrikes: Float64Array;
  readonly state: ExpiryState;
  readonly reach: number;
  /** Rows that have passed, and the strikes that are shown. */
  m: number;
  first: number;
  end: number;
}

function place(ladder: Ladder): void {
  const { strikes, state, reach, m } = ladder;
  const atm = Math.round(((state.forward[m] as number) - (strikes[0] as number)) / state.step);
  ladder.first = Math.max(0, Math.min(strikes.length, atm - reach));
  ladder.end = Math.max(0, Math.min(strikes.length, atm + reach + 1));
}

function fillSides({ climate, strikes, reach }: ChainRequest, rows: Int32Array): { call: ChainSide; put: ChainSide } {
  const { state, intervalOfRow } = climate;
  const { publicationRows, path } = state.market;
  const snapshots = rows.length;
  const calls = new ChainSideWriter(climate, strikes, { right: 'CE', snapshots });
  const puts = new ChainSideWriter(climate, strikes, { right: 'PE', snapshots });
  const ladder: Ladder = { strikes, logStrikes: strikes.map((k) => Math.log(k)), state, reach, m: 0, first: 0, end: 0 };
  let s = 0;
  for (let row = 0; row < path.length; row++) {
    const j = intervalOfRow[row] as number;
    const isPublished = publicationRows[j] === row;
    if (row === 0 || intervalOfRow[row - 1] !== j) {
      calls.begin(j);
      puts.begin(j);
    }
    if (isPublished) {
      calls.publish(j);
      puts.publish(j);
    }
    if (rows[s] === row) {
      ladder.m = row + 1;
      place(ladder);
      calls.show(ladder.first, ladder.end);
      puts.show(ladder.first, ladder.end);
      price(calls, puts, ladder);
      calls.write(row, s * strikes.length);
      puts.write(row, s * strikes.length);
      s++;
    }
  }
  return { call: calls.finish(rows), put: puts.finish(rows) };
}

/** The chain of one expiry through a session. Last price NaN = not traded today; bid NaN = nobody bids. */
export function buildChainTape(request: ChainRequest): ChainTape {
  const { climate, strikes, cadence, source, spot } = request;
  const { market, expiry } = climate.state;
  const rows = snapshotRows(market.path, cadence, market.session.minutes);
  const eventTime = new Float64Array(rows.length);
  const availableAt = new Float64Array(rows.length);
  const printed = new Float64Array(rows.length);
  const key = randomKey(market.seed, 'lag', market.underlying, expiry, market.date);
  for (let s = 0; s < rows.length; s++) {
    const row = rows[s] as number;
    eventTime[s] = market.path.time[row] as number;
    availableAt[s] = (eventTime[s] as number) + LAG_MS + Math.floor(LAG_SPREAD_MS * latticeUniform(key, row));
    printed[s] = spot[Math.min(row, spot.length - 1)] as number;
  }
  const { underlying } = market;
  const shape = { underlying, expiry, source, strikes, length: rows.length, eventTime, availableAt };
  return { ...shape, spot: printed, ...fillSides(request, rows) };
}
