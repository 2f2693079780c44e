import type { EngineState } from '../state/engine-state.js';
import type { Right } from '@sos/domain';
import type { Protection } from './protection.js';

function countRight(state: EngineState, right: Right): number {
  let count = 0;
  for (const book of state.books) {
    for (const intent of book.intents) if (intent.contract.right === right) count++;
    for (const position of book.positions) if (position.contract.right === right) count++;
  }
  return count;
}

/** Calls together, and puts together, are one bet each: both have a limit. */
export const maxSameDirection: Protection = {
  code: 'max-direction',
  refuse({ state, book }, { gate }) {
    const right: Right = book.gates[gate]?.bias === 'bullish' ? 'CE' : 'PE';
    const limit = state.config.maxSameDirection;
    return countRight(state, right) < limit ? null : `${limit} ${right} positions are open or pending`;
  },
};
