import type { Protection } from './protection.js';

/** A person, or the kill switch, stopped entries. */
export const halted: Protection = {
  code: 'halted',
  refuse({ state }) {
    if (state.killed) return 'kill switch is on';
    return state.paused ? 'paused by command' : null;
  },
};
