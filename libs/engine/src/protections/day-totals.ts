import { MS_PER_MINUTE, type IstDate } from '@sos/domain';
import type { EngineState } from '../state/engine-state.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import type { UnderlyingBook } from '../state/underlying-book.js';

/** Begins a new day's totals when the date is new. */
export function openDay(state: EngineState, date: IstDate): void {
  const { day } = state;
  if (day.date === date) return;
  day.date = date;
  day.entries = 0;
  day.lossesInRow = 0;
  day.pausedUntil = 0;
  day.realised = 0;
  day.lossHalted = false;
}

/** Books a closed trade's net result and the rests that follow a loss. */
export function noteClosedTrade({ state, book }: Turn, gate: number, net: number): void {
  const { day, config } = state;
  day.realised += net;
  if (net >= 0) {
    day.lossesInRow = 0;
    return;
  }
  day.lossesInRow++;
  book.restUntil[gate] = state.now + config.cooldownMinutes * MS_PER_MINUTE;
  if (day.lossesInRow % config.lossesInRow === 0) day.pausedUntil = state.now + config.lossPauseMinutes * MS_PER_MINUTE;
}

/** Result of the day so far: realised net plus open positions at their last real price, before their exit charges; paise. */
export function dayResult(state: EngineState): number {
  let result = state.day.realised;
  const { books } = state;
  for (let b = 0; b < books.length; b++) {
    const { positions } = books[b] as UnderlyingBook;
    for (let i = 0; i < positions.length; i++) result += openResult(positions[i] as Position);
  }
  return result;
}

function openResult({ open, trail, entryPaise, units, entryCharges }: Position): number {
  return open ? (trail.mark * 100 - entryPaise) * units - entryCharges.total : 0;
}
