import type { IngestSummary } from '@sos/market-data';
import { importTables } from '../importing/import-summary-text.js';
import { figures, renderTable } from '../render/table.js';
import type { Palette } from '../terminal/palette.js';

const whole = (count: number): string => count.toLocaleString('en-IN');

function providersTable({ providers }: IngestSummary): string {
  return renderTable(
    [{ name: 'Provider' }, { name: 'Data set' }, ...figures('Requests', 'Bars', 'Not listed')],
    providers.map((p) => [p.provider, p.dataset, whole(p.requests), whole(p.bars), whole(p.notListed)]),
  );
}

/** What an ingestion asked, wrote and kept out, and what is still missing: the tables of an import below those of the providers. */
export function ingestText(summary: IngestSummary, palette: Palette): string {
  const { contractDays, requests } = summary;
  const leading: [string, number][] = [
    ['contract-days wanted', contractDays.wanted],
    ['contract-days held before', contractDays.held],
    ['contract-days still missing', contractDays.missing],
    ['requests', requests.made],
    ['requests failed', requests.failed],
  ];
  const label = summary.providers.some((p) => p.dataset.startsWith('SIMULATED')) ? [palette.warning('SIMULATED')] : [];
  return `${[...label, palette.title('Ingestion'), providersTable(summary), '', ...importTables('Ingestion', leading, summary)].join('\n')}\n`;
}
