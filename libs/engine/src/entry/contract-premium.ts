import type { OptionContract } from '@sos/domain';
import type { UnderlyingBook } from '../state/underlying-book.js';

/** The premium of a contract in the latest chain of its expiry, rupees: the middle of its quote, else its last price; NaN when no chain shows it. */
export function contractPremium({ chains }: UnderlyingBook, { expiry, strike, right }: OptionContract): number {
  const view = chains.find(({ tape }) => tape.expiry === expiry);
  if (!view) return Number.NaN;
  const { tape, snapshot } = view;
  const at = tape.strikes.indexOf(strike);
  if (at < 0) return Number.NaN;
  const cell = snapshot * tape.strikes.length + at;
  const side = right === 'CE' ? tape.call : tape.put;
  const [bid, ask, last] = [side.bid[cell] as number, side.ask[cell] as number, side.ltp[cell] as number];
  if (bid > 0 && ask >= bid) return (bid + ask) / 2;
  return last > 0 ? last : Number.NaN;
}
