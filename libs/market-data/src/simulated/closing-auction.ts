import type { Session } from '@sos/rulebook';
import { latticeUniform, randomKey } from './random-stream.js';
import { minutesBefore } from './session-minutes.js';

/** What the closing auction does to the index of a session, in rows of its one-minute bars. */
export interface AuctionRows {
  /** First row in which the index stands still; the number of index rows when there is no auction. */
  readonly frozenFrom: number;
  /** Row in which the index jumps to the auction price. */
  readonly matchRow: number;
  /** Number of index rows: from 2026-08-03 the index ends at 15:30 while derivatives trade to 15:40. */
  readonly indexRows: number;
}

/** Minutes from the end of continuous trading to the last print of the index. */
const AUCTION_MINUTES = 15;

/** The auction of a session: from 2026-08-03 the index is flat from 15:15 and jumps once at 15:28 or 15:29 (recorded 2026-08-03..21). */
export function auctionRows(seed: string, session: Session): AuctionRows {
  if (session.indexUsableUntil >= session.close)
    return { frozenFrom: session.minutes, matchRow: session.minutes, indexRows: session.minutes };
  const frozenFrom = minutesBefore(session, session.indexUsableUntil);
  const late = latticeUniform(randomKey(seed, 'auction', session.date), 0) < 0.5 ? 1 : 2;
  return { frozenFrom, matchRow: frozenFrom + AUCTION_MINUTES - late, indexRows: frozenFrom + AUCTION_MINUTES };
}
