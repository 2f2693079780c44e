import { addDays, daysBetween, isAppError, weekdayOf, type IstDate } from '@sos/domain';
import { defaultRulebook, type Rulebook, type Session } from '@sos/rulebook';
import { varianceShape } from './intraday-shape.js';
import { OVERNIGHT_SHARE, pauseVariance } from './market-climate.js';
import { minutesBefore } from './session-minutes.js';

const FULL_SESSION_MINUTES = 375;

// Holidays of years without a published list are not known; a weekday is then taken for a trading day.
function isOpen(book: Rulebook, date: IstDate): boolean {
  try {
    return book.isTradingDay(date);
  } catch (error) {
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return weekdayOf(date) % 6 !== 0;
    throw error;
  }
}

function sessionShare(book: Rulebook, date: IstDate): number {
  try {
    return Math.min(1, (book.sessionOf(date)?.minutes ?? FULL_SESSION_MINUTES) / FULL_SESSION_MINUTES);
  } catch (error) {
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return 1;
    throw error;
  }
}

/** Variance from the close of `date` to the close of `expiry`, in units of a normal session's variance. */
function laterSessions(book: Rulebook, date: IstDate, expiry: IstDate): number {
  let [total, before] = [0, date];
  for (let day = addDays(date, 1); day <= expiry; day = addDays(day, 1)) {
    if (!isOpen(book, day)) continue;
    total += pauseVariance(daysBetween(before, day)) + (1 - OVERNIGHT_SHARE) * sessionShare(book, day);
    before = day;
  }
  return total;
}

const later = new WeakMap<Rulebook, Map<string, number>>();

function laterOf(book: Rulebook, date: IstDate, expiry: IstDate): number {
  let known = later.get(book);
  if (known === undefined) later.set(book, (known = new Map()));
  const key = `${date}${expiry}`;
  let ahead = known.get(key);
  if (ahead === undefined) known.set(key, (ahead = laterSessions(book, date, expiry)));
  return ahead;
}

/**
 * Variance still to come until an expiry settles, in units of a normal session's variance, at each minute of a session: row m = after m minutes of trading
 * (0 = before the open), `session.minutes` + 1 rows. Falls fast after the open and before the close, stands still from the settlement on.
 */
export function varianceClock(session: Session, expiry: IstDate, book: Rulebook = defaultRulebook()): Float64Array {
  const minutes = session.minutes;
  const out = new Float64Array(minutes + 1);
  const settles = expiry === session.date ? minutesBefore(session, book.settlementInstant(expiry)) : minutes;
  const ahead = laterOf(book, session.date, expiry);
  const share = (1 - OVERNIGHT_SHARE) * sessionShare(book, session.date);
  const shape = varianceShape(Math.min(minutes, FULL_SESSION_MINUTES));
  out[minutes] = ahead;
  for (let m = minutes - 1; m >= 0; m--) {
    const part = m < settles ? share * (shape[Math.min(m, shape.length - 1)] as number) : 0;
    out[m] = (out[m + 1] as number) + part;
  }
  return out;
}
