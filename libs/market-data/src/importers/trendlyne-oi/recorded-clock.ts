import { MS_PER_MINUTE } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { QuarantineReason } from '../faults.js';

const IST_OFFSET_MS = 330 * MS_PER_MINUTE;
/** Recorders of one host write every minute or so; a longer silence may be a change of hosts. */
const RUN_GAP_MS = 15 * MS_PER_MINUTE;

interface Run {
  readonly first: number;
  readonly last: number;
}

function runsOf(stamps: readonly number[]): Run[] {
  const runs: { first: number; last: number }[] = [];
  for (const stamp of stamps) {
    const run = runs.at(-1);
    if (run && stamp - run.last <= RUN_GAP_MS) run.last = stamp;
    else runs.push({ first: stamp, last: stamp });
  }
  return runs;
}

function touches(run: Run, shift: number, windows: readonly SessionWindow[]): boolean {
  return windows.some((w) => run.last + shift >= w.open && run.first + shift <= w.close);
}

function isWithin(run: Run, shift: number, windows: readonly SessionWindow[]): boolean {
  return windows.some((w) => run.first + shift >= w.open && run.last + shift <= w.close);
}

/**
 * Finds the stamps of a day that are UTC in a column of Indian time. Stamps that follow each other are one run of one host. A run is UTC when no
 * stamp of it is in the session as written, all of them are five and a half hours later, and there it overlaps no run that is right.
 * @param stamps distinct, ascending, epoch ms as if written in India
 */
export function utcStamps(stamps: readonly number[], windows: readonly SessionWindow[]): ReadonlySet<number> {
  const runs = runsOf(stamps);
  const right = runs.filter((run) => touches(run, 0, windows));
  const overlaps = (run: Run): boolean =>
    right.some((one) => run.first + IST_OFFSET_MS <= one.last && run.last + IST_OFFSET_MS >= one.first);
  const wrong = runs.filter(
    (run) => !touches(run, 0, windows) && isWithin(run, IST_OFFSET_MS, windows) && !overlaps(run),
  );
  return new Set(stamps.filter((stamp) => wrong.some((run) => stamp >= run.first && stamp <= run.last)));
}

/** Why a stamp cannot be used on a day, or null. */
export function stampFault(
  stamp: number,
  windows: readonly SessionWindow[],
  utc: ReadonlySet<number>,
): QuarantineReason | null {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return 'no-session';
  if (utc.has(stamp)) return 'clock-mix';
  if (stamp > last.close) return 'after-close';
  return stamp < first.open ? 'before-session' : null;
}
