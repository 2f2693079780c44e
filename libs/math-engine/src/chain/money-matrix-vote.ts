import {
  BUILDUPS,
  LONG_BUILDUP,
  LONG_UNWINDING,
  NEUTRAL,
  SHORT_BUILDUP,
  SHORT_COVERING,
  UNKNOWN_BUILDUP,
  buildupName,
  type Buildup,
} from './buildup.js';

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

/** Open interest by buildup code of one side, summed anew at every vote. */
const CALLS = new Float64Array(BUILDUPS.length);
const PUTS = new Float64Array(BUILDUPS.length);

// Sums by code, and a look at the codes afterwards: a branch on each contract's view would be guessed wrong every other time.
function tally(sums: Float64Array, input: MoneyMatrixInput, isCall: boolean): number {
  const codes = isCall ? input.callBuildup : input.putBuildup;
  const oi = isCall ? input.callOi : input.putOi;
  const { from, to } = input;
  for (let code = 0; code < BUILDUPS.length; code++) sums[code] = 0;
  let voters = 0;
  for (let i = from; i < to; i++) {
    const code = codes[i] as number;
    const units = oi[i] as number;
    if (!(code >= 0) || !(units > 0)) continue;
    sums[code] = (sums[code] as number) + units;
    voters++;
  }
  return voters;
}

/** Open interest of both sides whose view has a sign, of one buildup of calls and the same sign's of puts. */
function weightOf(callCode: number, putCode: number): number {
  return (CALLS[callCode] as number) + (PUTS[putCode] as number);
}

interface Weights {
  readonly bullRising: number;
  readonly bullFalling: number;
  readonly bearRising: number;
  readonly bearFalling: number;
}

function labelOf(weights: Weights, score: number, minScore: number): number {
  if (score === 0 || Math.abs(score) < minScore) return NEUTRAL;
  // Equal weights of opened and closed positions are read as opened.
  if (score > 0) return weights.bullRising >= weights.bullFalling ? LONG_BUILDUP : SHORT_COVERING;
  return weights.bearRising >= weights.bearFalling ? SHORT_BUILDUP : LONG_UNWINDING;
}

/**
 * Money Matrix: open-interest-weighted vote of the strikes around the money on the index. Each contract's buildup counts with the sign of `indexView`,
 * neutral contracts weigh in the denominator only, unknown ones not at all. The label is the index's: bullish with mostly rising open interest (calls
 * bought, puts written) is a long buildup, bullish with falling (calls covered, puts unwound) short covering, bearish with rising short buildup, with falling long
 * unwinding. Independent of the order of the strikes.
 */
export function moneyMatrixVote(
  input: MoneyMatrixInput,
  out: MoneyMatrixVote = makeMoneyMatrixVote(),
): MoneyMatrixVote {
  const voters = tally(CALLS, input, true) + tally(PUTS, input, false);
  const weights: Weights = {
    bullRising: weightOf(LONG_BUILDUP, SHORT_BUILDUP),
    bullFalling: weightOf(SHORT_COVERING, LONG_UNWINDING),
    bearRising: weightOf(SHORT_BUILDUP, LONG_BUILDUP),
    bearFalling: weightOf(LONG_UNWINDING, SHORT_COVERING),
  };
  const bull = weights.bullRising + weights.bullFalling;
  const bear = weights.bearRising + weights.bearFalling;
  const total = bull + bear + weightOf(NEUTRAL, NEUTRAL);
  const isKnown = voters > 0;
  out.voters = voters;
  out.score = isKnown ? (bull - bear) / total : Number.NaN;
  out.code = isKnown ? labelOf(weights, out.score, input.minScore ?? 0.1) : UNKNOWN_BUILDUP;
  out.label = buildupName(out.code);
  out.agreeingShare = isKnown ? (bull === bear ? 0 : Math.max(bull, bear) / total) : Number.NaN;
  return out;
}
