import { isAppError, type EpochMs, type IstDate, type OptionContract, type Right } from '@sos/domain';
import { optionContract, strikeAt } from './tmp-symbols.js';
import type { Turn } from '../state/turn.js';
import type { UnderlyingBook } from '../state/underlying-book.js';

/**
 * The option a gate asks for, as of now: expiry by its rule, strike by moneyness from the index's last close over the strikes of the chain known so far,
 * else over the ladder of the underlying's strike step. A text instead of a contract says what is missing.
 */
export function chooseContract(turn: Turn, gateIndex: number): OptionContract | string {
  const { state, book } = turn;
  const gate = book.gates[gateIndex];
  if (!gate || !book.session) return 'no session is open';
  if (!(book.spot > 0)) return 'the index level is unknown';
  const right: Right = gate.bias === 'bullish' ? 'CE' : 'PE';
  const { steps } = gate.option;
  try {
    const expiry = state.rules.expiry(book.underlying, state.now as EpochMs, gate.option.expiry);
    const strikes = knownStrikes(book, expiry) ?? ladder(turn, book.session.date, Math.abs(steps) + 2);
    const strike = strikeAt({ spot: book.spot, strikes, right, steps });
    if (strike === null) return `no listed strike ${steps} steps from ${book.spot}`;
    return optionContract({ underlying: book.underlying, expiry, strike, right });
  } catch (error) {
    // A date outside the rulebook is a reason not to trade, not a reason to lose the run; a broken law still ends it.
    if (isAppError(error) && error.kind === 'InputError') return error.message;
    throw error;
  }
}

function knownStrikes(book: UnderlyingBook, expiry: IstDate): Float64Array | null {
  for (const view of book.chains) if (view.tape.expiry === expiry) return view.tape.strikes;
  return null;
}

function ladder({ state, book }: Turn, date: IstDate, reach: number): Float64Array {
  const step = state.rules.strikeStep(book.underlying, date);
  const middle = Math.round(book.spot / step);
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => (middle - reach + i) * step);
}
