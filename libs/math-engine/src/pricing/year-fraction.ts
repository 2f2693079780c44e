const MS_PER_YEAR = 365 * 86_400_000;
const MS_PER_MINUTE = 60_000;
/** Minutes of a regular NSE session, 09:15 to 15:30. */
const MINUTES_PER_SESSION = 375;

/** Calendar years (actual/365) from an instant to an expiry instant, both epoch ms; at least one minute, so that an option in its last seconds keeps finite Greeks; 0 once expired. */
export function calendarYears(now: number, expiry: number): number {
  const left = expiry - now;
  if (left !== left) return Number.NaN;
  return left > 0 ? Math.max(left, MS_PER_MINUTE) / MS_PER_YEAR : 0;
}

/**
 * Trading-time years: minutes of session left, over `sessionsPerYear` sessions of `minutesPerSession`. Intraday decay runs on this clock.
 * @param minutesLeft session minutes to expiry, from the rulebook's calendar
 * @param sessionsPerYear default 252
 */
export function tradingYears(
  minutesLeft: number,
  sessionsPerYear = 252,
  minutesPerSession = MINUTES_PER_SESSION,
): number {
  return minutesLeft / (sessionsPerYear * minutesPerSession);
}
