import type { GateRow, Report, ReportVeto } from '@sos/analytics';

/** Below this share of minutes an old chain is an incident, not the cadence of the data. */
const NOTABLE_SHARE = 0.2;

const readsChain = ({ condition }: ReportVeto): boolean => /\b(chain|deltaVolume)\.|^regime\b/.test(condition);

/** True when unknown words of the chain make up most of what kept the gates without a trade out. */
function keptOutBlind(rows: readonly GateRow[]): boolean {
  const vetoes = rows.filter((row) => row.trades === 0).flatMap((row) => row.topVetoes);
  const all = vetoes.reduce((sum, v) => sum + v.failed + v.unknown, 0);
  const blind = vetoes.filter(readsChain).reduce((sum, v) => sum + v.unknown, 0);
  return blind > 0 && blind * 2 >= all;
}

/** One sentence for each symbol whose chain pages were mostly too old for the gates; empty when age kept nobody out. */
export function staleChains({ coverage, rows, underlyings }: Report): string[] {
  return underlyings.flatMap((underlying) => {
    const own = coverage.filter((c) => c.underlying === underlying && c.chainSnapshots > 0);
    const bars = own.reduce((sum, c) => sum + c.indexBars, 0);
    const fresh = own.reduce((sum, c) => sum + c.chainShare * c.indexBars, 0);
    const share = bars === 0 ? 0 : 1 - fresh / bars;
    if (share < NOTABLE_SHARE || !keptOutBlind(rows.filter((row) => row.underlying === underlying))) return [];
    return [
      `${underlying}: the option chain was too old for the gates in ${(100 * share).toFixed(0)} % of the minutes, and this is what mostly kept them out; where pages lie far apart give --chain-max-age <minutes> (10 unless told otherwise)`,
    ];
  });
}
