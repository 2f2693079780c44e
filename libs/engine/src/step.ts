import { AppError, assertNever } from '@sos/domain';
import type { Effects } from './effects.js';
import type { EngineEvent } from './events.js';
import { onBar } from './handlers/on-bar.js';
import { onChain } from './handlers/on-chain.js';
import { onCommand } from './handlers/on-command.js';
import { onOptionRow } from './handlers/on-option-row.js';
import { onSessionClose } from './handlers/on-session-close.js';
import { onSessionOpen } from './handlers/on-session-open.js';
import type { EngineState } from './state/engine-state.js';
import type { Turn } from './state/turn.js';

/**
 * The trading core: applies one event to the state and appends what follows from it to `out`. Synchronous, deterministic, the only writer of the state;
 * backtest, replay, paper and live differ only in who calls it and who carries out the effects.
 * @throws SOS_INVARIANT when an event is older than its predecessor or names no book
 */
export function step(state: EngineState, event: EngineEvent, out: Effects): void {
  if (!(event.availableAt >= state.now && event.seq > state.lastSeq)) throw outOfOrder(state, event);
  state.now = event.availableAt;
  state.lastSeq = event.seq;
  switch (event.kind) {
    case 'bar':
      onBar(turnOf(state, event.underlying, out), event);
      return;
    case 'option-row':
      onOptionRow(turnOf(state, event.underlying, out), event);
      return;
    case 'chain':
      onChain(turnOf(state, event.underlying, out), event);
      return;
    case 'session-open':
      onSessionOpen(turnOf(state, event.underlying, out), event);
      return;
    case 'session-close':
      onSessionClose(turnOf(state, event.underlying, out));
      return;
    case 'command':
      onCommand(state, event, out);
      return;
    default:
      assertNever(event, 'engine event');
  }
}

function turnOf(state: EngineState, underlying: number, out: Effects): Turn {
  const turn = state.turns[underlying];
  if (turn === undefined)
    throw new AppError('SOS_INVARIANT', `expected one of ${state.turns.length} books, found book ${underlying}`);
  turn.out = out;
  return turn;
}

function outOfOrder(state: EngineState, event: EngineEvent): AppError {
  const found = `event ${event.seq} at ${event.availableAt}`;
  return new AppError('SOS_INVARIANT', `expected an event after ${state.lastSeq} at ${state.now}, found ${found}`);
}
