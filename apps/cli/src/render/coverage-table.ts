import type { ReportCoverage } from '@sos/analytics';
import type { IstDate } from '@sos/domain';
import { sourceWord } from './format-figures.js';
import { figures, renderTable } from './table.js';

interface Group {
  readonly sample: ReportCoverage;
  first: IstDate;
  last: IstDate;
  sessions: number;
  expectedBars: number;
  indexBars: number;
  chainSnapshots: number;
  chainShare: number;
  readonly origins: Set<string>;
}

function groupsOf(coverage: readonly ReportCoverage[]): Group[] {
  const groups = new Map<string, Group>();
  for (const c of coverage) {
    const key = [c.underlying, c.indexSource, c.premiumSource, c.volumeSource].join('|');
    const g = groups.get(key);
    if (g === undefined)
      groups.set(key, { sample: c, first: c.date, last: c.date, sessions: 1, ...c, origins: new Set(c.origins) });
    else add(g, c);
  }
  return [...groups.values()];
}

function add(g: Group, c: ReportCoverage): void {
  if (c.date < g.first) g.first = c.date;
  if (c.date > g.last) g.last = c.date;
  g.sessions += 1;
  g.expectedBars += c.expectedBars;
  g.indexBars += c.indexBars;
  g.chainSnapshots += c.chainSnapshots;
  g.chainShare += c.chainShare;
  for (const origin of c.origins) g.origins.add(origin);
}

/** What the run could use: sessions of the same symbol and sources on one line. */
export function coverageTable(coverage: readonly ReportCoverage[]): string {
  return renderTable(
    [
      { name: 'Symbol' },
      { name: 'Days' },
      ...figures('Sessions', 'Index bars', 'Chains', 'Fresh chain'),
      { name: 'Index' },
      { name: 'Premiums' },
      { name: 'Volume' },
      { name: 'Origin' },
    ],
    groupsOf(coverage).map((g) => [
      g.sample.underlying,
      g.first === g.last ? g.first : `${g.first} … ${g.last}`,
      String(g.sessions),
      `${g.indexBars} of ${g.expectedBars}`,
      String(g.chainSnapshots),
      `${((100 * g.chainShare) / g.sessions).toFixed(0)} %`,
      sourceWord(g.sample.indexSource),
      g.sample.premiumSource === null ? 'none' : sourceWord(g.sample.premiumSource),
      g.sample.volumeSource,
      [...g.origins].join('\n'),
    ]),
  );
}
