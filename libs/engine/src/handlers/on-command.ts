import { assertNever } from '@sos/domain';
import { cancelIntents } from '../entry/expire-intents.js';
import type { CommandEvent } from '../events.js';
import type { Effects } from '../effects.js';
import { requestExit } from '../execution/request-exit.js';
import type { EngineState } from '../state/engine-state.js';

/** A command of a person: pause and resume entries, flatten everything, or kill (flatten, and no entry ever again in this state). */
export function onCommand(state: EngineState, { command }: CommandEvent, out: Effects): void {
  switch (command) {
    case 'pause':
      state.paused = true;
      return;
    case 'resume':
      state.paused = false;
      return;
    case 'flatten':
      cancelAll(state, out, 'flatten');
      flattenAll(state, 'flatten command');
      return;
    case 'kill':
      state.killed = true;
      cancelAll(state, out, 'kill');
      flattenAll(state, 'kill switch');
      return;
    default:
      assertNever(command, 'command');
  }
}

function cancelAll(state: EngineState, out: Effects, reason: string): void {
  for (const turn of state.turns) {
    turn.out = out;
    cancelIntents(turn, reason);
  }
}

/** Makes every open position leave at its next price. */
export function flattenAll(state: EngineState, detail: string): void {
  for (const book of state.books)
    for (const position of book.positions) requestExit(position, state.now, { reason: 'square-off', detail });
}
