import type { Report } from '@sos/analytics';
import type { Palette } from '../terminal/palette.js';
import { coverageTable } from './coverage-table.js';
import { formatMoney, resultWord } from './format-figures.js';
import { gateTable } from './gate-table.js';
import { idleTable } from './idle-table.js';
import { labelsOf } from './labelled.js';
import { staleChains } from './stale-chain.js';
import { missingSessions, sessionsWithoutPremiums } from './missing-sessions.js';
import { ambiguityTable, costsTable, totalsTable } from './totals-table.js';

/** The report for people. Every table and line of simulated or modelled data says so. @param stamps lines that come before everything else */
export function reportText(report: Report, palette: Palette, stamps: readonly string[] = []): string {
  const data = resultWord(report.provenance.source);
  const { banner, title, line } = labelsOf(report.provenance, palette);
  const { hashes } = report;
  const sections = [
    ...banner(),
    ...stamps.map((stamp) => palette.warning(stamp)),
    line(`run ${report.runId}: ${report.underlyings.join(', ')}, ${report.from} to ${report.to}`),
    line(`capital ₹${formatMoney(report.startingCapitalPaise)}; data: ${report.provenance.statement}`),
    '',
    title('Gates'),
    gateTable(report.rows, data, palette),
    '',
    title('Totals'),
    totalsTable(report, data),
    '',
    title('Charges by head'),
    costsTable(report, data),
  ];
  if (report.ambiguity.trades > 0) sections.push('', title('Ambiguity band'), ambiguityTable(report, data));
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
    line(`rulebook ${hashes.rulebookVersion}, engine ${hashes.engineVersion}`),
    ...banner().slice(0, 1),
  );
  return `${sections.join('\n')}\n`;
}
