import { day } from './dated/ist-day.js';

/** Changes whenever a row of the built-in tables changes; runs record it. A test keeps it honest. */
export const RULEBOOK_VERSION = '2026.11.20-2';

/** The newest rule text that was read for the tables; law after this day may be missing. */
export const LAST_REVIEWED = day('2026-10-07');
