import type { ChainTape } from '@sos/domain';
import {
  makeParityForward,
  nearestStrikeIndex,
  parityForward,
  pcrOpenInterest,
  PcrVelocity,
  bandSum,
  strikeBand,
} from '@sos/math-engine';
import { DEFAULT_CHAIN_OPTIONS } from '@sos/gates';

/** Minutes over which the change of the put-call ratio is measured. */
const VELOCITY_MINUTES = 5;

/** Figures of every snapshot of a tape; row `s` depends on snapshots up to `s` only. NaN = unknown. */
export interface ChainFigures {
  readonly forward: Float64Array;
  readonly rung: readonly string[];
  /** Index of the strike at the money, −1 unknown. */
  readonly atm: Int32Array;
  readonly pcr: Float64Array;
  readonly pcrVelocity: Float64Array;
  readonly straddle: Float64Array;
}

const known = new WeakMap<ChainTape, ChainFigures>();

/** The figures of a tape, computed once. */
export function chainFigures(tape: ChainTape): ChainFigures {
  const before = known.get(tape);
  if (before !== undefined) return before;
  const figures = compute(tape);
  known.set(tape, figures);
  return figures;
}

function compute(tape: ChainTape): ChainFigures {
  const { length, strikes, call, put, spot } = tape;
  const column = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  const rung: string[] = [];
  const figures = {
    forward: column(),
    rung,
    atm: new Int32Array(length).fill(-1),
    pcr: column(),
    pcrVelocity: column(),
    straddle: column(),
  };
  const found = makeParityForward();
  const velocity = new PcrVelocity(VELOCITY_MINUTES);
  for (let s = 0; s < length; s++) {
    const offset = s * strikes.length;
    const quotes = { strikes, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask, offset };
    parityForward({ ...quotes, spot: spot[s] as number }, found);
    figures.forward[s] = found.value;
    rung.push(found.rung);
    const atm = nearestStrikeIndex(strikes, found.value);
    figures.atm[s] = atm;
    const { from, to } = strikeBand(strikes, found.value, { reach: DEFAULT_CHAIN_OPTIONS.pcrReach, offset });
    figures.pcr[s] = pcrOpenInterest(call.openInterest, put.openInterest, from, to);
    velocity.add(
      tape.eventTime[s] as number,
      bandSum(call.openInterest, from, to),
      bandSum(put.openInterest, from, to),
    );
    figures.pcrVelocity[s] = velocity.value;
    if (atm >= 0) figures.straddle[s] = (call.ltp[offset + atm] as number) + (put.ltp[offset + atm] as number);
  }
  return figures;
}
