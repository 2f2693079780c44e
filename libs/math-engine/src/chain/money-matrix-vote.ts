import {
  LONG_BUILDUP,
  LONG_UNWINDING,
  NEUTRAL,
  SHORT_BUILDUP,
  SHORT_COVERING,
  UNKNOWN_BUILDUP,
  buildupName,
  type Buildup,
} from './buildup.js';
import { indexView } from './index-view.js';

/** Buildup codes and open interest (units) of both sides; cells `from` (inclusive) to `to` (exclusive) are the strikes that vote. */
export interface MoneyMatrixInput {
  readonly callBuildup: ArrayLike<number>;
  readonly putBuildup: ArrayLike<number>;
  readonly callOi: ArrayLike<number>;
  readonly putOi: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** |score| below which the label is neutral; default 0.1. */
  readonly minScore?: number;
}

/** The chain's vote on the index. */
export interface MoneyMatrixVote {
  /** −1 (all open interest bearish) .. 1 (all bullish); NaN when no contract is known. */
  score: number;
  /** Buildup of the INDEX as the chain sees it; null when unknown. */
  label: Buildup | null;
  /** Code of `label`, −1 when unknown. */
  code: number;
  /** Share of the voting open interest, 0..1, whose view has the sign of the score; 0 for a score of 0; NaN when unknown. */
  agreeingShare: number;
  /** Contracts that had a known buildup and open interest > 0. */
  voters: number;
}

/** A vote to be filled in by `moneyMatrixVote`; as returned it is unknown. */
export function makeMoneyMatrixVote(): MoneyMatrixVote {
  return { score: Number.NaN, label: null, code: UNKNOWN_BUILDUP, agreeingShare: Number.NaN, voters: 0 };
}

interface Tally {
  voters: number;
  total: number;
  bullRising: number;
  bullFalling: number;
  bearRising: number;
  bearFalling: number;
}

function count(tally: Tally, isCall: boolean, side: { buildup: number; oi: number }): void {
  const { buildup, oi } = side;
  if (!(buildup >= 0) || !(oi > 0)) return;
  tally.voters++;
  tally.total += oi;
  const view = indexView(isCall, buildup);
  const isRising = buildup === LONG_BUILDUP || buildup === SHORT_BUILDUP;
  if (view > 0) {
    if (isRising) tally.bullRising += oi;
    else tally.bullFalling += oi;
  } else if (view < 0) {
    if (isRising) tally.bearRising += oi;
    else tally.bearFalling += oi;
  }
}

function labelOf(tally: Tally, score: number, minScore: number): number {
  if (score === 0 || Math.abs(score) < minScore) return NEUTRAL;
  // Equal weights of opened and closed positions are read as opened.
  if (score > 0) return tally.bullRising >= tally.bullFalling ? LONG_BUILDUP : SHORT_COVERING;
  return tally.bearRising >= tally.bearFalling ? SHORT_BUILDUP : LONG_UNWINDING;
}

/**
 * Money Matrix: open-interest-weighted vote of the strikes around the money on the index. Each contract's buildup counts with the sign of `indexView`;
 * neutral contracts weigh in the denominator only, unknown ones not at all. The label is the index's: bullish with mostly rising open interest (calls
 * bought, puts written) is a long buildup, bullish with falling (calls covered, puts unwound) short covering, bearish with rising short buildup, with falling long
 * unwinding. Independent of the order of the strikes.
 */
export function moneyMatrixVote(
  input: MoneyMatrixInput,
  out: MoneyMatrixVote = makeMoneyMatrixVote(),
): MoneyMatrixVote {
  const tally: Tally = { voters: 0, total: 0, bullRising: 0, bullFalling: 0, bearRising: 0, bearFalling: 0 };
  const side = { buildup: 0, oi: 0 };
  for (let i = input.from; i < input.to; i++) {
    side.buildup = input.callBuildup[i] as number;
    side.oi = input.callOi[i] as number;
    count(tally, true, side);
    side.buildup = input.putBuildup[i] as number;
    side.oi = input.putOi[i] as number;
    count(tally, false, side);
  }
  const bull = tally.bullRising + tally.bullFalling;
  const bear = tally.bearRising + tally.bearFalling;
  const isKnown = tally.voters > 0;
  out.voters = tally.voters;
  out.score = isKnown ? (bull - bear) / tally.total : Number.NaN;
  out.code = isKnown ? labelOf(tally, out.score, input.minScore ?? 0.1) : UNKNOWN_BUILDUP;
  out.label = buildupName(out.code);
  out.agreeingShare = isKnown ? (bull === bear ? 0 : Math.max(bull, bear) / tally.total) : Number.NaN;
  return out;
}
