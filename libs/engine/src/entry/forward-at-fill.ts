import type { OptionContract } from '@sos/domain';
import { makeParityForward, parityForward, type ParityForward } from '@sos/math-engine';
import type { Turn } from '../state/turn.js';
import type { ChainView } from '../state/underlying-book.js';

/**
 * Ratio of the forward of an expiry to the index: by put-call parity from the latest chain of that expiry against the index level known when it came, else the
 * carry of the configured rate. The forward at any index level is that level times this ratio.
 */
export function forwardRatio({ state, book }: Turn, contract: OptionContract, years: number): number {
  const carry = Math.exp(state.config.rate * years);
  for (const view of book.chains) {
    if (view.tape.expiry !== contract.expiry) continue;
    const forward = chainForward(view, carry);
    const ratio = forward.rung === 'parity' ? forward.value / view.spot : Number.NaN;
    // A chain whose forward is a twentieth away from the index is broken, not carried.
    if (ratio > 0.95 && ratio < 1.05) return ratio;
  }
  return carry;
}

function chainForward({ tape, snapshot }: ChainView, carry: number): ParityForward {
  const { strikes, call, put } = tape;
  const quotes = { callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask };
  const offset = snapshot * strikes.length;
  return parityForward({ strikes, ...quotes, offset, discount: 1 / carry }, makeParityForward());
}
