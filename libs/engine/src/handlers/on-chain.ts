import type { ChainEvent } from '../events.js';
import type { Turn } from '../state/turn.js';

/** One chain snapshot: kept as the latest of its expiry, with the index level of this moment, and shown to the gates. */
export function onChain({ book }: Turn, { tape, snapshot }: ChainEvent): void {
  const printed = tape.spot[snapshot] as number;
  const spot = printed > 0 ? printed : book.spot;
  const known = book.chains.find((view) => view.tape === tape);
  if (known) {
    known.snapshot = snapshot;
    known.spot = spot;
  } else book.chains.push({ tape, snapshot, spot });
  book.signals.chain(tape, snapshot);
}
