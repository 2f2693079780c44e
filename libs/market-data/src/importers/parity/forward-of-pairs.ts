import { makeParityForward, parityForward, type ParityInput } from '@sos/math-engine';

const scratch = makeParityForward();

function mid(bid: number, ask: number): number {
  return bid > 0 && ask >= bid ? (bid + ask) / 2 : Number.NaN;
}

/**
 * Put-call-parity forward of whatever pairs of call and put are quoted: the voted forward of math-engine where three strikes or more can vote,
 * else the mean of the one or two pairs there are. NaN when no strike has two-sided quotes of both.
 */
export function forwardOfPairs(input: ParityInput): number {
  const voted = parityForward(input, scratch);
  if (voted.rung === 'parity') return voted.value;
  const { offset = 0, discount = 1 } = input;
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < input.strikes.length; i++) {
    const at = offset + i;
    const call = mid(input.callBid[at] as number, input.callAsk[at] as number);
    const put = mid(input.putBid[at] as number, input.putAsk[at] as number);
    const forward = (input.strikes[i] as number) + (call - put) / discount;
    if (Number.isNaN(forward)) continue;
    sum += forward;
    pairs++;
  }
  return pairs === 0 ? Number.NaN : sum / pairs;
}
