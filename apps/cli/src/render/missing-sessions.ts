import type { Report } from '@sos/analytics';
import { RULEBOOK_VERSION, tradingDays } from '@sos/rulebook';

const NAMED = 6;

/** One sentence for each symbol that has no data on some trading days of the run; empty when nothing is missing. */
export function missingSessions({ coverage, from, to, underlyings, hashes }: Report): string[] {
  const days = tradingDays(from, to);
  // The law of the run may know other days; a stored run carries only its name.
  const whose = hashes.rulebookVersion === RULEBOOK_VERSION ? '' : ' of the shipped calendar';
  return underlyings.flatMap((underlying) => {
    const known = new Set(coverage.filter((c) => c.underlying === underlying).map((c) => c.date));
    const missing = days.filter((day) => !known.has(day));
    if (missing.length === 0) return [];
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    return [
      `${underlying}: no data for ${missing.length} of ${days.length} trading days${whose}: ${missing.slice(0, NAMED).join(', ')}${more}`,
    ];
  });
}

/** One sentence for each symbol whose index is known on sessions without premiums: nothing can be bought on them. */
export function sessionsWithoutPremiums({ coverage, underlyings }: Report): string[] {
  return underlyings.flatMap((underlying) => {
    const own = coverage.filter((c) => c.underlying === underlying);
    const bare = own.filter((c) => c.chainSnapshots === 0 && c.premiumSource === null);
    if (bare.length === 0) return [];
    return [
      `${underlying}: no premiums on ${bare.length} of ${own.length} sessions, so nothing was bought on them; --premiums modelled prices them (labelled MODELLED)`,
    ];
  });
}
