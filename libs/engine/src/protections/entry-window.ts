import { MS_PER_MINUTE, formatIstClock, istMinuteOfDay, type EpochMs } from '@sos/domain';
import type { Protection } from './protection.js';

/** Entries only within the gate's minutes of the day and well before the square-off. */
export const entryWindow: Protection = {
  code: 'entry-window',
  refuse({ state, book }, candidate) {
    const { session } = book;
    const gate = book.gates[candidate.gate];
    if (!session || !gate) return 'no session is open';
    const now = state.now as EpochMs;
    const minute = istMinuteOfDay(now);
    if (!(minute >= gate.entryFromMinute && minute <= gate.entryToMinute))
      return `${formatIstClock(now)} is outside the gate's window`;
    const last = session.squareOff - state.config.noEntryMinutes * MS_PER_MINUTE;
    return now < last ? null : `${formatIstClock(now)} is too close to the square-off`;
  },
};
