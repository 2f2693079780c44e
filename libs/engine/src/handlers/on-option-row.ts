import { enterPosition } from '../entry/enter-position.js';
import type { OptionRowEvent } from '../events.js';
import { managePosition } from '../execution/manage-position.js';
import type { Position } from '../state/position.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';

/** One row of an option: first what is held of it, then the entries that wait for it. */
export function onOptionRow(turn: Turn, event: OptionRowEvent): void {
  const { series, row } = event;
  const { positions, intents } = turn.book;
  const { id } = series.contract;
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as Position;
    if (position.contract.id === id) managePosition(turn, position, row);
  }
  for (let i = 0; i < intents.length;) {
    const isGone = intents[i]?.contract.id === id && enterPosition(turn, i, { series, row });
    if (!isGone) i++;
  }
  forgetClosed(positions);
}

/** Removes closed positions in place, keeping the order of the others. */
export function forgetClosed(positions: Position[]): void {
  for (let i = positions.length - 1; i >= 0; i--) if (!(positions[i] as Position).open) removeAt(positions, i);
}
