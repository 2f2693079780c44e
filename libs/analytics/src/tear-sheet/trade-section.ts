import { formatIst, type TradeRecord } from '@sos/domain';
import { axisMoney, axisWord, chart, makePlot, place, type Plot } from './charts.js';
import { moneyText, result } from './figure-text.js';
import { html, type Markup } from './markup.js';
import { figures, pageTable, words, type PageRow } from './page-table.js';

/** Points up to here are links to their trade; more are drawn as two paths, or the page would grow with every trade. */
const LINKED_POINTS = 500;
const DRAWN_POINTS = 5_000;

const bound = (values: readonly number[]): number => values.reduce((most, v) => Math.max(most, v), 0);

function point(plot: Plot, t: TradeRecord): Markup {
  const [x, y] = [place(plot.x(-t.maxAdverse)), place(plot.y(t.maxFavourable))];
  return html`<a href="#trade-${t.seq}"
    ><circle class="${t.net < 0 ? 'loss-dot' : 'gain-dot'}" cx="${x}" cy="${y}" r="3"
      ><title>${t.gate} ${t.contract}: ${moneyText(t.net)}</title></circle
    ></a
  >`;
}

function dots(plot: Plot, trades: readonly TradeRecord[]): Markup {
  const path = (holds: (t: TradeRecord) => boolean): string =>
    trades
      .map((t) => (holds(t) ? `M${place(plot.x(-t.maxAdverse))} ${place(plot.y(t.maxFavourable))}h0` : ''))
      .join('');
  return html`<path class="gain-dots" d="${path((t) => t.net >= 0)}" /><path
      class="loss-dots"
      d="${path((t) => t.net < 0)}"
    />`;
}

/** How far each trade went for and against the position, from prices after the fill. */
export function excursionSection(trades: readonly TradeRecord[]): Markup {
  if (trades.length === 0) return html`<p>No trade.</p>`;
  const shown = trades.slice(0, DRAWN_POINTS);
  const plot = makePlot(
    [0, bound(shown.map((t) => -t.maxAdverse))],
    [0, bound(shown.map((t) => t.maxFavourable))],
    300,
  );
  const marks = shown.length <= LINKED_POINTS ? shown.map((t) => point(plot, t)) : dots(plot, shown);
  const axis = plot.xTicks.map((tick) => axisWord(plot, plot.x(tick), axisMoney(tick)));
  const rest = shown.length < trades.length ? `; the first ${shown.length} of ${trades.length} trades` : '';
  return html`<figure>
    <figcaption>
      Best open result (upwards) against worst open result (to the right), ₹ before charges${rest}
    </figcaption>
    ${chart(plot, 'Favourable against adverse excursion of each trade', [axis, marks])}
  </figure> `;
}

function tradeRow(runId: string, t: TradeRecord): PageRow {
  const link = `/runs/${encodeURIComponent(runId)}?trade=${t.seq}`;
  return {
    anchor: `trade-${t.seq}`,
    cells: [
      html`<a href="${link}">${t.seq}</a>`,
      t.gate,
      t.contract,
      t.regime,
      formatIst(t.entryTime),
      formatIst(t.exitTime),
      t.exitReason + (t.ambiguous ? ' (ambiguous)' : ''),
      t.units,
      moneyText(t.entryPrice),
      moneyText(t.exitPrice),
      t.entryChases + t.exitChases,
      t.missedStopCost === null ? '' : moneyText(t.missedStopCost),
      moneyText(t.charges.total),
      result(t.net),
    ],
  };
}

const COLUMNS = [
  ...words('#', 'Gate', 'Contract', 'Regime', 'Entry (IST)', 'Exit (IST)', 'Why'),
  ...figures('Units', 'In ₹', 'Out ₹', 'Chases', 'Missed stop ₹', 'Charges ₹', 'Net ₹'),
];

/** The trades in order, each with a link to its charts in the dashboard. @param limit most rows of the list */
export function tradeSection(runId: string, trades: readonly TradeRecord[], limit: number): Markup {
  const shown = trades.slice(0, limit);
  const rest = trades.length - shown.length;
  return html`${pageTable(
    'Trades; the number opens the charts of the dashboard',
    COLUMNS,
    shown.map((t) => tradeRow(runId, t)),
  )}${rest === 0 ? null : html`<p class="note">${rest} more trades are in trades.csv of the run.</p>`}`;
}
