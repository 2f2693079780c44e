import type { Effects } from '../effects.js';
import type { EngineState } from './engine-state.js';
import type { GateSink } from './gate-sink.js';
import type { Market } from '../simulation/market.js';
import type { SeenRow } from './seen-row.js';
import type { UnderlyingBook } from './underlying-book.js';

/** What every rule of the engine works on during one step: the whole state, the underlying concerned, and where effects go. */
export interface Turn {
  readonly state: EngineState;
  readonly book: UnderlyingBook;
  out: Effects;
  readonly sink: GateSink;
  /** The row that is being looked at, and what an order meets in it: both filled anew for each use. */
  readonly seen: SeenRow;
  readonly market: Market;
}
