import type { Report } from '../report/build-report.js';
import { axisWord, bars, chart, makePlot, polyline, type Plot } from './charts.js';
import { moneyText } from './figure-text.js';
import { html, type Markup } from './markup.js';

const extent = (values: readonly number[]): readonly [number, number] => [
  Math.min(0, ...values),
  Math.max(0, ...values),
];

// The first, the middle and the last session. @param offset points before the first session
function datesOf(plot: Plot, report: Report, offset: number): Markup[] {
  const { days } = report;
  const at = [...new Set([0, Math.floor((days.length - 1) / 2), days.length - 1])];
  return at.flatMap((i) => {
    const day = days[i];
    return day === undefined ? [] : [axisWord(plot, plot.x(i + offset), day.date)];
  });
}

/** Equity, drawdown and daily results as drawings. */
export function equitySection(report: Report): Markup {
  const { days } = report;
  if (days.length === 0) return html`<p>No session.</p>`;
  let sum = 0;
  let peak = 0;
  // Before the first session nothing was earned: the curves begin there.
  const equity = [0, ...days.map((d) => (sum += d.net))];
  const drawdown = equity.map((value) => value - (peak = Math.max(peak, value)));
  const nets = days.map((d) => d.net);
  const last = equity.length - 1;
  const equityPlot = makePlot([0, last], extent(equity));
  const fallPlot = makePlot([0, last], extent(drawdown), 130);
  const dayPlot = makePlot([-0.5, days.length - 0.5], extent(nets), 150);
  const width = Math.max(0.5, Math.min(24, 560 / days.length));
  return html`<figure>
      <figcaption>
        Equity after charges, from ₹${moneyText(report.startingCapitalPaise)}; ${report.equityBasis}, one point a
        session
      </figcaption>
      ${chart(equityPlot, `Equity ends at ${moneyText(sum)} rupees`, [polyline(equityPlot, equity, 'equity'), datesOf(equityPlot, report, 1)])}
    </figure>
    <figure>
      <figcaption>Drawdown from the peak</figcaption>
      ${chart(fallPlot, `Deepest fall ${moneyText(Math.min(...drawdown))} rupees`, [polyline(fallPlot, drawdown, 'fall')])}
    </figure>
    <figure>
      <figcaption>Result of each session</figcaption>
      ${chart(dayPlot, 'Daily net results', [bars(dayPlot, nets, width), datesOf(dayPlot, report, 0)])}
    </figure> `;
}
