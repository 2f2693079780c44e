import { formatIstClock, type EpochMs } from '@sos/domain';
import type { Protection } from './protection.js';

/** A gate rests after a loss; all gates rest after several losses in a row. */
export const cooldown: Protection = {
  code: 'cooldown',
  refuse({ state, book }, { gate }) {
    const until = Math.max(book.restUntil[gate] ?? Number.POSITIVE_INFINITY, state.day.pausedUntil);
    return state.now >= until ? null : `resting until ${formatIstClock(until as EpochMs)}`;
  },
};
