import { isAppError, istInstant, type IstDate } from '@sos/domain';
import { sessionOf, type SessionWindow } from '@sos/rulebook';

// On this day trading stopped and was resumed in the evening; the rulebook keeps the planned hours.
const RESUMED: ReadonlyMap<string, readonly [string, string]> = new Map([['2021-02-24', ['15:45', '17:00']]]);
// Index bars end at 15:30 also where options trade on: from 2026-08-03 the auction value is printed by then.
const LAST_INDEX_CLOCK = '15:30';

function plannedWindows(date: IstDate): readonly SessionWindow[] {
  try {
    return sessionOf(date)?.windows ?? [];
  } catch (error) {
    // A day outside the years whose calendar is known has no session that rows could be checked against.
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return [];
    throw error;
  }
}

/** The stretches in which derivatives traded on a day; empty on a holiday and outside the known calendar. */
export function sessionWindows(date: IstDate): readonly SessionWindow[] {
  const windows = plannedWindows(date);
  const resumed = RESUMED.get(date);
  if (!resumed) return windows;
  return [...windows, { open: istInstant(date, resumed[0]), close: istInstant(date, resumed[1]) }];
}

/** The stretches in which the index was printed on a day; empty on a holiday and outside the known calendar. */
export function indexWindows(date: IstDate): readonly SessionWindow[] {
  const windows = sessionWindows(date);
  const last = istInstant(date, LAST_INDEX_CLOCK);
  const only = windows[0];
  if (windows.length !== 1 || !only || only.close <= last || only.open >= last) return windows;
  return [{ open: only.open, close: last }];
}
