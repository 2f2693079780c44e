import { cancelIntents } from '../entry/expire-intents.js';
import { closeAssumed } from '../execution/close-position.js';
import { playStanding } from '../execution/leave-position.js';
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
  book.offers.length = 0;
}

function closeAtLastPrice(turn: Turn, position: Position): void {
  if (position.leaving && position.series.kind === 'quotes') playStanding(turn, position, turn.state.now);
  if (!position.open) return;
  turn.state.counts.runEndExits++;
  position.exitReason = 'run-end';
  position.exitDetail = 'no later price is known';
  const { trail, series, fills } = position;
  const half = fills.halfSpread({ series, row: trail.lastRow }, trail.mark, turn.book.spot);
  const time = Math.max(trail.lastTime, position.exit.clock);
  closeAssumed(turn, position, { time, price: fills.sell(trail.mark, half), mark: trail.mark });
}
