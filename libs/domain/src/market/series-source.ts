/**
 * Where a series comes from, worst last; shown wherever the series is shown.
 * - `recorded`: printed by the exchange and kept.
 * - `derived`: computed from recorded prices (a parity forward standing in for the spot).
 * - `modelled`: priced by the simulated market on a recorded index path.
 * - `simulated`: made by the simulated market from nothing.
 */
export type SeriesSource = 'recorded' | 'derived' | 'modelled' | 'simulated';

/** The sources from the most to the least trustworthy. */
export const SERIES_SOURCES = [
  'recorded',
  'derived',
  'modelled',
  'simulated',
] as const satisfies readonly SeriesSource[];

/** The least trustworthy of several sources: what a result made from all of them must be labelled. */
export function weakestSource(sources: Iterable<SeriesSource>): SeriesSource {
  let worst = 0;
  for (const s of sources) worst = Math.max(worst, SERIES_SOURCES.indexOf(s));
  return SERIES_SOURCES[worst] ?? 'simulated';
}
