import type { OptionContract } from '@sos/domain';
import { enterPosition } from '../entry/enter-position.js';
import type { OptionRowEvent } from '../events.js';
import { managePosition } from '../execution/manage-position.js';
import type { EntryIntent, Position } from '../state/position.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';

/** One row of an option: first what is held of it, then the entries that wait for it. */
export function onOptionRow(turn: Turn, event: OptionRowEvent): void {
  const { series, row } = event;
  const { positions, intents } = turn.book;
  const { contract } = series;
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as Position;
    if (isOf(position.contract, contract)) managePosition(turn, position, row);
  }
  for (let i = 0; i < intents.length;) {
    const isGone = isOf((intents[i] as EntryIntent).contract, contract) && enterPosition(turn, i, event);
    if (!isGone) i++;
  }
  forgetClosed(positions);
}

const isOf = (held: OptionContract, told: OptionContract): boolean => held === told || held.id === told.id;

/** Removes closed positions in place, keeping the order of the others. */
export function forgetClosed(positions: Position[]): void {
  for (let i = positions.length - 1; i >= 0; i--) if (!(positions[i] as Position).open) removeAt(positions, i);
}
