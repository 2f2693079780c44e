import type { Report } from '@sos/analytics';
import { tradingDays } from '@sos/rulebook';

const NAMED = 6;

/** One sentence for each symbol that has no data on some trading days of the run; empty when nothing is missing. */
export function missingSessions({ coverage, from, to, underlyings }: Report): string[] {
  const days = tradingDays(from, to);
  return underlyings.flatMap((underlying) => {
    const known = new Set(coverage.filter((c) => c.underlying === underlying).map((c) => c.date));
    const missing = days.filter((day) => !known.has(day));
    if (missing.length === 0) return [];
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    return [
      `${underlying}: no data for ${missing.length} of ${days.length} trading days: ${missing.slice(0, NAMED).join(', ')}${more}`,
    ];
  });
}
