import { cancelIntents } from '../entry/expire-intents.js';
import { closePosition } from '../execution/close-position.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { forgetClosed } from './on-option-row.js';

/** The session, or its data, ends: waiting entries are cancelled, what is still open is closed at its last real price and labelled so. */
export function onSessionClose(turn: Turn): void {
  const { book, sink } = turn;
  if (book.session === null) return;
  cancelIntents(turn, 'session-close');
  for (const position of book.positions) if (position.open) closeAtLastPrice(turn, position);
  forgetClosed(book.positions);
  book.signals.closeSession(sink);
  book.session = null;
}

function closeAtLastPrice(turn: Turn, position: Position): void {
  turn.state.counts.runEndExits++;
  const { lastRow, lastTime, mark } = position.trail;
  closePosition(turn, position, {
    time: lastTime,
    orderedAt: lastTime,
    price: position.fills.sell(position.series, lastRow, mark),
    mark,
    reason: 'run-end',
    detail: 'no later price is known',
    bestPrice: null,
  });
}
