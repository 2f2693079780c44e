import type { SplitDimension } from '../breakdown/split-dimension.js';
import type { TradeSplit } from '../breakdown/split-trades.js';
import { money, moneyInterval, percent, result, shareInterval } from './figure-text.js';
import { html, type Markup } from './markup.js';
import { figures, pageTable, rowsOf, words } from './page-table.js';

const NAMES: Readonly<Record<SplitDimension, string>> = {
  gate: 'Gate',
  regime: 'Regime',
  weekday: 'Weekday',
  slot: '15 minutes from (IST)',
  daysToExpiry: 'Days to expiry',
  exitReason: 'Exit',
};

function splitTable({ dimensions, cells }: TradeSplit): Markup {
  const names = dimensions.map((d) => NAMES[d]);
  return pageTable(
    `By ${names.join(' × ')}`,
    [...words(...names), ...figures('n', 'Win rate', '95 %', 'Net ₹', 'Expectancy ₹', '95 % of it', 'Sessions')],
    rowsOf(
      cells.map((c) => [
        ...c.labels,
        c.trades,
        percent(c.winRate),
        shareInterval(c.winRateInterval),
        result(c.netPaise),
        money(c.expectancyPaise),
        moneyInterval(c.expectancyInterval),
        c.tradedSessions,
      ]),
    ),
  );
}

/** Every split of the report; each cell with its count and intervals. */
export function splitSection(splits: readonly TradeSplit[]): Markup {
  return html`<p class="note">
      Of many cells some lie outside their interval by chance alone: of twenty worthless ones, one.
    </p>
    ${splits.filter((split) => split.cells.length > 0).map(splitTable)}`;
}
