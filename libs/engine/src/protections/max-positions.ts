import type { Protection } from './protection.js';

/** Open and pending positions of the whole portfolio stay within the limit. */
export const maxPositions: Protection = {
  code: 'max-positions',
  refuse({ state }) {
    let count = 0;
    for (const book of state.books) count += book.intents.length + book.positions.length;
    const limit = state.config.maxPositions;
    return count < limit ? null : `${limit} positions are open or pending`;
  },
};
