import type { Capacity, FillQuality, GateAmbiguity } from '@sos/analytics';
import { formatMoney, formatMoneyMetric, formatPoints, formatShare, formatWhole } from './format-figures.js';
import { figures, renderTable } from './table.js';

/** How the orders of each gate were filled, and what that cost against the mids of its decisions. */
export function fillTable(rows: readonly FillQuality[], data: string): string {
  return renderTable(
    [
      { name: 'Gate' },
      ...figures('Trades', 'Unfilled', 'Share', 'Chased in', 'Chased out', 'Missed stops', 'They cost ₹'),
      ...figures('Beyond mid ₹', 'Points a fill'),
      { name: 'Data' },
    ],
    rows.map((r) => [
      r.gate,
      String(r.trades),
      String(r.unfilledEntries),
      formatShare(r.unfilledShare),
      `${r.chasedEntries} (${r.entryChases}×)`,
      `${r.chasedExits} (${r.exitChases}×)`,
      String(r.missedStops),
      formatMoney(r.missedStopCostPaise),
      formatMoneyMetric(r.beyondMidPaise),
      formatPoints(r.beyondMidPoints),
      data,
    ]),
  );
}

/** How many lots each gate could trade. */
export function capacityTable(rows: readonly Capacity[], data: string): string {
  return renderTable(
    [
      { name: 'Gate' },
      ...figures('Entries', 'Volume known', 'Lots in 1 of 2', 'Lots in 19 of 20', 'Touch known', 'Lots at the touch'),
      { name: 'Note' },
      { name: 'Data' },
    ],
    rows.map((r) => [
      r.gate,
      String(r.entries),
      String(r.knownVolumes),
      formatWhole(r.medianLots),
      formatWhole(r.safeLots),
      String(r.knownTouches),
      formatWhole(r.touchLots),
      r.medianLots.reason ?? `at ${(100 * r.participation).toFixed(0)} % of the minute`,
      data,
    ]),
  );
}

/** What each gate made if every undecidable bar went well, or badly. */
export function bandTable(rows: readonly GateAmbiguity[], data: string): string {
  return renderTable(
    [
      { name: 'Gate' },
      ...figures('Trades', 'Hinging', 'Worst ₹', 'Assumed ₹', 'Best ₹'),
      { name: 'Verdict' },
      { name: 'Data' },
    ],
    rows.map((r) => [
      r.gate,
      String(r.trades),
      String(r.hinging),
      formatMoney(r.worstPaise),
      formatMoney(r.assumedPaise),
      formatMoney(r.bestPaise),
      r.verdictHinges ? 'hinges on the order inside one bar' : 'the same either way',
      data,
    ]),
  );
}
