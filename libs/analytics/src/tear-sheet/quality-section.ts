import type { GateRow } from '../report/gate-row.js';
import type { Report } from '../report/build-report.js';
import { money, moneyText, percent, percentText, ratio, result, shareInterval, whole } from './figure-text.js';
import { html, type Markup } from './markup.js';
import { figures, pageTable, rowsOf, words } from './page-table.js';

/** The all-gates table: every gate and symbol, traded or not. */
export function gateSection(report: Report): Markup {
  return pageTable(
    'Gates',
    [
      ...words('Gate', 'Symbol'),
      ...figures(
        'Signals',
        'Trades',
        'Win rate',
        '95 %',
        'Gross ₹',
        'Charges ₹',
        'Net ₹',
        'Profit factor',
        'Expectancy ₹',
        'Max drawdown ₹',
      ),
    ],
    rowsOf(report.rows.map(gateCells)),
  );
}

function gateCells(r: GateRow) {
  return [
    r.gate,
    r.underlying,
    r.signals,
    r.trades,
    percent(r.winRate),
    shareInterval(r.winRateInterval),
    moneyText(r.grossPaise),
    moneyText(r.chargesPaise),
    result(r.netPaise),
    ratio(r.profitFactor),
    money(r.expectancyPaise),
    moneyText(r.maxDrawdownPaise),
  ];
}

const SHOWN_REASONS = 3;

/** What kept each gate out, most frequent first: what the engine refused, then the conditions that did not hold. */
export function idleSection(report: Report): Markup {
  const rows = report.rows.map((r) => {
    const refused = r.refusals.slice(0, SHOWN_REASONS).map((one) => `refused: ${one.reason} (${one.count}×)`);
    const vetoes = r.topVetoes.map(
      (v) => `${v.phase === '' ? '' : `${v.phase}: `}${v.condition} (${v.failed}× false, ${v.unknown}× no data)`,
    );
    return [r.gate, r.underlying, r.signals, r.trades, [...refused, ...vetoes].map((one) => html`<div>${one}</div>`)];
  });
  const columns = [...words('Gate', 'Symbol'), ...figures('Signals', 'Trades'), ...words('Most frequent reasons')];
  return pageTable('Why gates stayed out', columns, rowsOf(rows));
}

/** How orders were filled, and what that cost. */
export function fillSection(report: Report): Markup {
  const { execution: x } = report;
  const unbelieved =
    x === null
      ? null
      : html`<p class="note">
          Not believed, so that they triggered and filled nothing: ${x.freakPrints} freak prints, ${x.crossedQuotes}
          crossed and ${x.staleQuotes} stale quotes. ${x.partialEntries} entries were filled in part,
          ${x.escalatedExits} exits went to the edge of their collar.
        </p>`;
  const table = pageTable(
    'Fills',
    [
      ...words('Gate'),
      ...figures(
        'Trades',
        'Unfilled',
        'Share',
        'Chased in',
        'Chased out',
        'Missed stops',
        'They cost ₹',
        'Beyond mid ₹',
        'Points a fill',
      ),
    ],
    rowsOf(
      report.fillQuality.map((r) => [
        r.gate,
        r.trades,
        r.unfilledEntries,
        percent(r.unfilledShare),
        `${r.chasedEntries} (${r.entryChases}×)`,
        `${r.chasedExits} (${r.exitChases}×)`,
        r.missedStops,
        moneyText(r.missedStopCostPaise),
        money(r.beyondMidPaise),
        ratio(r.beyondMidPoints),
      ]),
    ),
  );
  return html`${table}${unbelieved}`;
}

/** What is left of each gate when every undecidable bar goes well, or badly. */
export function bandSection(report: Report): Markup {
  return pageTable(
    'Stop and target inside one bar',
    [...words('Gate'), ...figures('Trades', 'Hinging', 'Worst ₹', 'Assumed ₹', 'Best ₹'), ...words('Verdict')],
    rowsOf(
      report.ambiguityByGate.map((r) => [
        r.gate,
        r.trades,
        r.hinging,
        result(r.worstPaise),
        result(r.assumedPaise),
        result(r.bestPaise),
        r.verdictHinges ? 'hinges on the order inside one bar' : 'the same either way',
      ]),
    ),
  );
}

/** How many lots each gate could trade. */
export function capacitySection(report: Report): Markup {
  return pageTable(
    'Capacity, lots',
    [
      ...words('Gate'),
      ...figures('Entries', 'Volume known', 'In half of them', 'In 95 %', 'Touch known', 'At the touch'),
    ],
    rowsOf(
      report.capacity.map((r) => [
        r.gate,
        r.entries,
        r.knownVolumes,
        whole(r.medianLots),
        whole(r.safeLots),
        r.knownTouches,
        whole(r.touchLots),
      ]),
    ),
  );
}

/** What of each session the run could use. */
export function coverageSection(report: Report): Markup {
  return pageTable(
    'Sessions',
    [
      ...words('Symbol', 'Day'),
      ...figures('Index bars', 'Chains', 'Fresh chain'),
      ...words('Index', 'Premiums', 'Volume', 'Origin'),
    ],
    rowsOf(
      report.coverage.map((c) => [
        c.underlying,
        c.date,
        `${c.indexBars} of ${c.expectedBars}`,
        c.chainSnapshots,
        percentText(c.chainShare),
        c.indexSource,
        c.premiumSource ?? 'none',
        c.volumeSource,
        c.origins.join(', '),
      ]),
    ),
  );
}
