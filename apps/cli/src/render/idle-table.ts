import type { GateRow, RefusalCount, ReportVeto } from '@sos/analytics';
import { figures, renderTable } from './table.js';

const SHOWN = 2;

function countText(v: ReportVeto): string {
  if (v.unknown === 0) return `${v.failed}×`;
  return v.failed === 0 ? `${v.unknown}× no data` : `${v.failed}× and ${v.unknown}× no data`;
}

function vetoText(v: ReportVeto): string {
  return `${v.phase === '' ? '' : `${v.phase}: `}${v.condition} (${countText(v)})`;
}

const refusalText = (r: RefusalCount): string => `refused: ${r.reason} (${r.count}×)`;

function reasonsOf(row: GateRow): string {
  const reasons = [...row.refusals.slice(0, SHOWN).map(refusalText), ...row.topVetoes.slice(0, SHOWN).map(vetoText)];
  return reasons.length === 0 ? 'its first phase never began' : reasons.join('\n');
}

/** Why the gates that never traded stayed out: engine refusals first, then the conditions that most often stopped them. */
export function idleTable(rows: readonly GateRow[], data: string): string {
  const idle = rows.filter((r) => r.trades === 0);
  return renderTable(
    [
      { name: 'Gate' },
      { name: 'Symbol' },
      ...figures('Signals', 'Unfilled'),
      { name: 'Most frequent reasons' },
      { name: 'Data' },
    ],
    idle.map((r) => [r.gate, r.underlying, String(r.signals), String(r.unfilledEntries), reasonsOf(r), data]),
  );
}
