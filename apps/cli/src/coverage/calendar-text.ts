import { MINUTE_CLASSES, noMinutes, type MinuteClass } from '@sos/market-data';
import { parseIstDate, weekdayOf, type IstDate } from '@sos/domain';
import { figures, renderTable } from '../render/table.js';
import type { Palette } from '../terminal/palette.js';
import type { MonthCoverage } from './coverage.js';
import { shareOf, type DayCoverage } from './stored-coverage.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const [FULL, MOST] = [99.5, 90];
const MEANINGS: Readonly<Record<MinuteClass, string>> = {
  traded: 'at least one trade',
  'quoted-no-trade': 'a bid or ask stood, nothing traded',
  'no-quote': 'looked at: neither trade nor quote',
  halted: 'the market stood still',
  missing: 'nobody looked, or it was lost',
  'not-listed': 'no such contract on that day',
};

/** The share of a day's universe that is there, of 100. */
function present(day: DayCoverage): number {
  return 100 - shareOf([day]).missingPercent;
}

function cell(date: IstDate, day: DayCoverage | undefined, palette: Palette): string {
  const number = date.slice(8);
  if (day === undefined) return palette.faint(`${number} –`);
  const share = present(day);
  const text = share === 0 ? '·' : `${share >= FULL ? '█' : share >= MOST ? '▓' : '▒'} ${share.toFixed(1)}`;
  const paint = share >= FULL ? palette.gain : share >= MOST ? palette.warning : palette.loss;
  return `${number} ${paint(text)}`;
}

/** Weeks of a month, Monday first; days outside the month are empty. */
function weeksOf(month: string): (IstDate | null)[][] {
  const first = parseIstDate(`${month}-01`);
  const weeks: (IstDate | null)[][] = [];
  for (let day = 1; day <= 31; day++) {
    const text = `${month}-${String(day).padStart(2, '0')}`;
    if (new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) !== text) break;
    const date = parseIstDate(text);
    const column = (weekdayOf(date) + 6) % 7;
    if (date === first || column === 0) weeks.push(DAYS.map(() => null));
    const week = weeks.at(-1);
    if (week !== undefined) week[column] = date;
  }
  return weeks;
}

function classesTable({ days }: MonthCoverage): string {
  const total = noMinutes();
  for (const { counts } of days) for (const one of MINUTE_CLASSES) total[one] += counts[one];
  const all = Object.values(total).reduce((sum, n) => sum + n, 0);
  const rows = MINUTE_CLASSES.map((one) => {
    const share = all === 0 ? '' : `${((100 * total[one]) / all).toFixed(2)} %`;
    return [one, total[one].toLocaleString('en-IN'), share, MEANINGS[one]];
  });
  return renderTable([{ name: 'Contract-minutes' }, ...figures('Count', 'Share'), { name: 'Meaning' }], rows);
}

/** A month as a calendar: each trading day with the share of its universe that is stored, holidays as a dash; then all minutes by class. */
export function calendarText(month: MonthCoverage, palette: Palette): string {
  const byDay = new Map(month.days.map((day) => [day.day, day]));
  const weeks = weeksOf(month.month).filter((week) => week.some((date) => date !== null && byDay.has(date)));
  const hasWeekend = [5, 6].filter((column) => weeks.some((week) => byDay.has(week[column] ?? ('' as IstDate))));
  const columns = [0, 1, 2, 3, 4, ...hasWeekend];
  const rows = weeks.map((week) =>
    columns.map((column) => {
      const date = week[column] ?? null;
      return date === null ? '' : cell(date, byDay.get(date), palette);
    }),
  );
  const share = shareOf(month.days);
  const lines = [
    palette.title(`${month.underlying} ${month.month}`),
    renderTable(
      columns.map((column) => ({ name: DAYS[column] ?? '' })),
      rows,
    ),
    `█ 99.5 % and more  ▓ 90 % and more  ▒ less  · nothing  – no session; missing in all: ${share.missingPercent.toFixed(2)} %`,
    classesTable(month),
  ];
  return `${lines.join('\n')}\n`;
}
