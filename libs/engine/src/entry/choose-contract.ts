import { isAppError, type EpochMs, type IstDate, type OptionContract, type Right } from '@sos/domain';
import { nearestStrikeIndex, optionContract, strikeAt } from '@sos/symbol-master';
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
    const { session } = book;
    const expiry = session.expiry(gate.option.expiry, state.now as EpochMs);
    const strikes = listedStrikes(book, expiry, session.strikeStep) ?? session.strikeStep;
    const strike = strikeAt({ spot: book.spot, strikes, right, steps });
    if (!(strike > 0)) return `no listed strike ${steps} steps from ${book.spot}`;
    return optionContract({ underlying: book.underlying, expiry, strike, right });
  } catch (error) {
    // A date outside the rulebook is a reason not to trade, not a reason to lose the run; a broken law still ends it.
    if (isAppError(error) && error.kind === 'InputError') return error.message;
    throw error;
  }
}

/** The strikes of the expiry's chain; null when none is known, or when it ends before the index: its edge strike is not at the money. */
function listedStrikes({ chains, spot }: UnderlyingBook, expiry: IstDate, step: number): Float64Array | null {
  const strikes = chains.find((view) => view.tape.expiry === expiry)?.tape.strikes;
  const nearest = strikes?.[nearestStrikeIndex(strikes, spot)];
  return strikes && nearest !== undefined && Math.abs(nearest - spot) <= step ? strikes : null;
}
