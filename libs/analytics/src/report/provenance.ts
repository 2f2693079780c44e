import { SERIES_SOURCES, weakestSource, type SeriesSource, type Underlying } from '@sos/domain';
import type { ReportCoverage } from './report-input.js';

/** Sessions of one symbol by where their index and premiums came from. */
export interface ProvenanceRow {
  readonly underlying: Underlying;
  readonly index: SeriesSource;
  readonly premiums: SeriesSource | null;
  readonly sessions: number;
}

/** Where the numbers of a report come from: the label that every table and file made from it must carry. */
export interface Provenance {
  /** Worst source of anything used. */
  readonly source: SeriesSource;
  /** `SIMULATED`, `MODELLED`, or null for recorded and derived data, which need no warning. */
  readonly label: 'SIMULATED' | 'MODELLED' | null;
  /** Sessions of different trustworthiness were mixed in one result. */
  readonly mixed: boolean;
  /** One sentence for people. */
  readonly statement: string;
  readonly rows: readonly ProvenanceRow[];
}

const sourceOf = (c: ReportCoverage | ProvenanceRow): SeriesSource => {
  const [index, premiums] = 'sessions' in c ? [c.index, c.premiums] : [c.indexSource, c.premiumSource];
  return weakestSource(premiums === null ? [index] : [index, premiums]);
};

function rowsOf(coverage: readonly ReportCoverage[]): ProvenanceRow[] {
  const rows = new Map<string, ProvenanceRow>();
  for (const c of coverage) {
    const key = `${c.underlying}|${c.indexSource}|${c.premiumSource ?? ''}`;
    const sessions = (rows.get(key)?.sessions ?? 0) + 1;
    rows.set(key, { underlying: c.underlying, index: c.indexSource, premiums: c.premiumSource, sessions });
  }
  return [...rows.values()];
}

/** The warning word of a source: `SIMULATED`, `MODELLED` or null. */
export function sourceLabel(source: SeriesSource): Provenance['label'] {
  if (source === 'simulated') return 'SIMULATED';
  return source === 'modelled' ? 'MODELLED' : null;
}

const STATEMENTS: Readonly<Record<SeriesSource, string>> = {
  recorded: 'recorded market data',
  derived: 'recorded option data; the index is derived from it (put-call parity forward)',
  modelled: 'MODELLED: premiums come from a pricing model on the index path; nobody traded at them',
  simulated: 'SIMULATED: prices were made by the simulated market; nothing here happened on the exchange',
};

function statementOf(source: SeriesSource, sessionsBySource: ReadonlyMap<SeriesSource, number>): string {
  if (sessionsBySource.size <= 1) return STATEMENTS[source];
  const parts = SERIES_SOURCES.filter((s) => sessionsBySource.has(s)).map((s) => {
    const label = sourceLabel(s) ?? s;
    return `${sessionsBySource.get(s) ?? 0} ${label}`;
  });
  return `MIXED sources (sessions: ${parts.join(', ')}); the whole result counts as ${sourceLabel(source) ?? source}`;
}

/** Labels a run by the sources of its sessions; a mixture is never silent. */
export function provenanceOf(source: SeriesSource, coverage: readonly ReportCoverage[]): Provenance {
  const bySource = new Map<SeriesSource, number>();
  for (const c of coverage) bySource.set(sourceOf(c), (bySource.get(sourceOf(c)) ?? 0) + 1);
  const worst = weakestSource([source, ...bySource.keys()]);
  return {
    source: worst,
    label: sourceLabel(worst),
    mixed: bySource.size > 1,
    statement: statementOf(worst, bySource),
    rows: rowsOf(coverage),
  };
}
