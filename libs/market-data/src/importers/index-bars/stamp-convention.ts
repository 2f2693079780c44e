import { MS_PER_MINUTE } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { RawBars } from './raw-bars.js';
import { istDayNumber } from './stamp.js';

/** Whether a vendor dates a bar at its beginning or at its end. */
export type StampConvention = 'start' | 'end';

interface Votes {
  start: number;
  end: number;
}

function voteOfDay(stamps: ReadonlySet<number>, windows: readonly SessionWindow[], votes: Votes): void {
  const first = windows[0];
  const last = windows.at(-1);
  if (!first || !last) return;
  // A bar stamped at the opening itself can only begin there; one stamped at the close, without the other, can only end there.
  if (stamps.has(first.open)) votes.start++;
  else if (stamps.has(last.close)) votes.end++;
}

/**
 * The stamp convention of a series, told by its own days: bars at 09:15 and none at 15:30 begin there, the reverse end there.
 * @returns null when no day tells, or the days contradict each other
 */
export function stampConvention(
  raw: RawBars,
  windowsOf: (at: number) => readonly SessionWindow[],
): StampConvention | null {
  const votes: Votes = { start: 0, end: 0 };
  let day = Number.NaN;
  let stamps = new Set<number>();
  for (const at of raw.stamp) {
    const next = istDayNumber(at);
    if (next !== day && stamps.size > 0) {
      voteOfDay(stamps, windowsOf(firstOf(stamps)), votes);
      stamps = new Set();
    }
    day = next;
    stamps.add(Math.floor(at / MS_PER_MINUTE) * MS_PER_MINUTE);
  }
  if (stamps.size > 0) voteOfDay(stamps, windowsOf(firstOf(stamps)), votes);
  if (votes.start === votes.end) return null;
  const [winner, loser] = votes.start > votes.end ? [votes.start, votes.end] : [votes.end, votes.start];
  if (loser * 10 > winner) return null;
  return votes.start > votes.end ? 'start' : 'end';
}

function firstOf(stamps: ReadonlySet<number>): number {
  for (const at of stamps) return at;
  return Number.NaN;
}
