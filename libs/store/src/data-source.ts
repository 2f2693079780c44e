import { SERIES_SOURCES, type SeriesSource } from '@sos/domain';

/** Where a row comes from: how trustworthy it is, and the data set (file set, recorder, simulation) that holds it. */
export interface DataSource {
  readonly source: SeriesSource;
  readonly dataset: string;
}

/** Which rows may be read: `imported` = recorded and derived ones, `simulated` = simulated and modelled ones, any other text = the data set of that name. */
export type SourceFilter = 'imported' | 'simulated' | (string & Record<never, never>);

/** True when rows of `candidate` may be read under `filter`. */
export function admits(filter: SourceFilter, candidate: DataSource): boolean {
  if (filter === 'imported') return candidate.source === 'recorded' || candidate.source === 'derived';
  if (filter === 'simulated') return candidate.source === 'simulated' || candidate.source === 'modelled';
  return candidate.dataset === filter;
}

/** A source that has some rows of a series on a day. */
export interface Candidate extends DataSource {
  readonly sourceId: number;
  readonly rows: number;
}

/** The best candidate: most trustworthy, then most rows, then first by name, so that the choice never depends on the order of import. */
export function bestOf<T extends Candidate>(candidates: readonly T[], filter: SourceFilter): T | null {
  let best: T | null = null;
  for (const c of candidates) if (admits(filter, c) && (best === null || isBetter(c, best))) best = c;
  return best;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const trust = SERIES_SOURCES.indexOf(a.source) - SERIES_SOURCES.indexOf(b.source);
  if (trust !== 0) return trust < 0;
  return a.rows === b.rows ? a.dataset < b.dataset : a.rows > b.rows;
}

/** `nse-chain (recorded)`: the origin of a series as reports show it. */
export function originOf({ dataset, source }: DataSource): string {
  return `${dataset} (${source})`;
}
