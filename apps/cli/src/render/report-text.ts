import type { Report } from '@sos/analytics';
import type { Palette } from '../terminal/palette.js';
import { coverageTable } from './coverage-table.js';
import { costTable } from './cost-table.js';
import { bandTable, capacityTable, fillTable } from './fill-table.js';
import { formatMoney, resultWord } from './format-figures.js';
import { gateTable } from './gate-table.js';
import { idleTable } from './idle-table.js';
import { labelsOf } from './labelled.js';
import { staleChains } from './stale-chain.js';
import { missingSessions, sessionsWithoutPremiums } from './missing-sessions.js';
import { splitName, splitTable } from './split-table.js';
import { ambiguityTable, costsTable, totalsTable } from './totals-table.js';

/** What of a report is shown. */
export interface ReportTextOptions {
  /** Lines that come before everything else. */
  readonly stamps?: readonly string[];
  /** Also every split, capacity, and each charge head of each gate. */
  readonly all?: boolean;
}

/** Everything that `--all` shows beside the usual. */
function detailSections(report: Report, data: string, title: (text: string) => string): string[] {
  return [
    ...['', title('Ambiguity band by gate'), bandTable(report.ambiguityByGate, data)],
    ...['', title('Capacity'), capacityTable(report.capacity, data)],
    ...report.splits.flatMap((split) => ['', title(`By ${splitName(split)}`), splitTable(split, data)]),
  ];
}

function costSections(report: Report, data: string, { title, all }: { title: (text: string) => string; all: boolean }) {
  if (report.totals.trades.count === 0 && report.fillQuality.length === 0) return [];
  return [
    ...['', title('From the mid of the decision to net'), costTable(report.costs, data, all)],
    ...['', title('Fills'), fillTable(report.fillQuality, data)],
  ];
}

/** The report for people. Every table and line of simulated or modelled data says so. */
export function reportText(report: Report, palette: Palette, options: ReportTextOptions = {}): string {
  const { stamps = [], all = false } = options;
  const data = resultWord(report.provenance.source);
  const { banner, title, line } = labelsOf(report.provenance, palette);
  const { hashes } = report;
  const sections = [
    ...banner(),
    ...stamps.map((stamp) => palette.warning(stamp)),
    line(`run ${report.runId}: ${report.underlyings.join(', ')}, ${report.from} to ${report.to}`),
    line(`capital ₹${formatMoney(report.startingCapitalPaise)}; data: ${report.provenance.statement}`),
    line(report.deflation.statement),
    '',
    title('Gates'),
    gateTable(report.rows, data, palette),
    '',
    title('Totals'),
    totalsTable(report, data),
    '',
    title('Charges by head'),
    costsTable(report, data),
    ...costSections(report, data, { title, all }),
  ];
  if (report.ambiguity.trades > 0) sections.push('', title('Ambiguity band'), ambiguityTable(report, data));
  if (all) sections.push(...detailSections(report, data, title));
  if (report.rows.some((r) => r.trades === 0))
    sections.push('', title('Why gates did not trade'), idleTable(report.rows, data));
  sections.push(
    '',
    title('Data coverage'),
    coverageTable(report.coverage),
    ...[...missingSessions(report), ...sessionsWithoutPremiums(report), ...staleChains(report)].map(line),
    '',
    line(
      `ledger ${hashes.ledger.slice(0, 16)}, data ${hashes.data.slice(0, 16)}, config ${hashes.config.slice(0, 16)}`,
    ),
    line(`rulebook ${hashes.rulebookVersion}, engine ${hashes.engineVersion}; equity of ${report.equityBasis}`),
    ...banner().slice(0, 1),
  );
  return `${sections.join('\n')}\n`;
}
