import type { Protection } from './protection.js';

/** One intent or position for each gate and underlying. */
export const onePerGate: Protection = {
  code: 'position-open',
  refuse({ book }, { gate }) {
    return book.busy[gate] === 0 ? null : 'the gate already has an entry or a position';
  },
};
