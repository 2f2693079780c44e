import { addDays, daysBetween, type IstDate } from '@sos/domain';

/** Days to be asked for at once, both ends included. */
export interface DayRange {
  readonly from: IstDate;
  readonly to: IstDate;
}

/**
 * Ascending days as as few ranges as a vendor's limit allows; today stands alone, as vendors answer for it from another interface.
 * @param longest days that one request covers, both ends included
 */
export function requestRanges(
  days: readonly IstDate[],
  { longest, today }: { longest: number; today: IstDate },
): DayRange[] {
  const ranges: { from: IstDate; to: IstDate }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    const fits = last !== undefined && daysBetween(last.from, day) < longest && day !== today;
    if (fits) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** Ascending trading days in stretches that span at most `longest` days of the calendar. */
export function dayWindows(days: readonly IstDate[], longest: number): IstDate[][] {
  const windows: IstDate[][] = [];
  for (const day of days) {
    const last = windows.at(-1);
    const [first] = last ?? [];
    if (last !== undefined && first !== undefined && day < addDays(first, longest)) last.push(day);
    else windows.push([day]);
  }
  return windows;
}
