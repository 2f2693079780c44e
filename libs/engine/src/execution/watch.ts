import type { OptionContract } from '@sos/domain';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';

/** Counts one more user of a contract's rows; asks the shell for them when it is the first. */
export function holdWatch({ book, out }: Turn, contract: OptionContract): void {
  for (const watch of book.watches)
    if (watch.id === contract.id) {
      watch.users++;
      return;
    }
  book.watches.push({ id: contract.id, users: 1 });
  out.requests.push({ action: 'watch', underlying: book.index, contract });
}

/** Counts one user less; lets the shell stop the rows when it was the last. */
export function releaseWatch({ book, out }: Turn, contract: OptionContract): void {
  let at = 0;
  while (at < book.watches.length && book.watches[at]?.id !== contract.id) at++;
  const watch = book.watches[at];
  if (!watch || --watch.users > 0) return;
  removeAt(book.watches, at);
  out.requests.push({ action: 'unwatch', underlying: book.index, contract });
}
