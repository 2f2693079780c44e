import { AppError } from '@sos/domain';
import type { SessionOpenEvent } from '../events.js';
import { openDay } from '../protections/day-totals.js';
import { SessionLaw } from '../state/session-law.js';
import type { Turn } from '../state/turn.js';

/**
 * A session begins: hours of that date, nothing known of its prices yet.
 * @throws SOS_INVARIANT when the previous session of the underlying was not closed
 */
export function onSessionOpen({ state, book }: Turn, event: SessionOpenEvent): void {
  if (book.session !== null)
    throw new AppError('SOS_INVARIANT', `expected session ${book.session.date} closed first, found ${event.date}`);
  const law = new SessionLaw(state, book.underlying, event.date);
  book.session = law;
  book.spot = Number.NaN;
  book.chains.length = 0;
  book.restUntil.fill(0);
  openDay(state, event.date);
  book.signals.openSession({
    date: event.date,
    open: law.open,
    close: law.close,
    previousClose: event.previousClose,
  });
}
