import { day } from '../dated/ist-day.js';
import type { DisruptionRow } from '../rows/calendar-rows.js';

/** Days on which trading stopped unplanned. They do not change the session's planned windows. */
export const DISRUPTION_ROWS: readonly DisruptionRow[] = [
  {
    date: day('2020-03-13'),
    what: 'index circuit breaker of 10 % just after the open, halted about 45 minutes, resumed about 10:20',
    confidence: 'medium',
    source: 'widely reported; not looked up',
  },
  {
    date: day('2020-03-23'),
    what: 'index circuit breaker of 10 % at about 09:58, resumed about 10:57',
    confidence: 'medium',
    source: 'widely reported; not looked up',
  },
  {
    date: day('2021-02-24'),
    what: 'NSE outage: all segments stopped at about 11:40, session resumed 15:45-17:00',
    confidence: 'high',
    source: 'pandas_market_calendars; 132 one-minute bars that day',
  },
];
