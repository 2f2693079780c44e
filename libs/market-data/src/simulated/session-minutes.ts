import { MS_PER_MINUTE } from '@sos/domain';
import type { Session } from '@sos/rulebook';

/** Closing instants of the session's one-minute bars, oldest first; a split session has no bars between its windows. */
export function barTimes(session: Session): Float64Array {
  const out = new Float64Array(session.minutes);
  let row = 0;
  for (const { open, close } of session.windows)
    for (let t = open + MS_PER_MINUTE; t <= close; t += MS_PER_MINUTE) out[row++] = t;
  return out;
}

/** Trading minutes of the session before an instant, not counting pauses between its windows. */
export function minutesBefore(session: Session, at: number): number {
  let minutes = 0;
  for (const { open, close } of session.windows) minutes += Math.max(0, (Math.min(at, close) - open) / MS_PER_MINUTE);
  return minutes;
}
