import { CHARGE_HEADS } from '@sos/domain';
import type { GateCosts, ReportCosts } from '../report/gate-costs.js';
import { axisWord, chart, makePlot, place, type Plot } from './charts.js';
import { moneyText, ratio, result } from './figure-text.js';
import { html, type Markup } from './markup.js';
import { figures, pageTable, rowsOf, words } from './page-table.js';

/** One bar: where it begins, where it ends, and whether it is a result or a step. */
interface Step {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly isResult: boolean;
}

function stepsOf(row: GateCosts): Step[] {
  const steps: Step[] = [{ name: 'at mid', from: 0, to: row.grossAtMidPaise, isResult: true }];
  const costs: [string, number][] = [
    ['spread', row.spreadPaise],
    ['slippage', row.slippagePaise],
    ...CHARGE_HEADS.map((head): [string, number] => [head, row.chargesPaise[head]]),
  ];
  let level: number = row.grossAtMidPaise;
  for (const [name, cost] of costs) steps.push({ name, from: level, to: (level -= cost), isResult: false });
  return [...steps, { name: 'net', from: 0, to: row.netPaise, isResult: true }];
}

function bar(plot: Plot, step: Step, i: number): Markup {
  const [top, bottom] = [plot.y(Math.max(step.from, step.to)), plot.y(Math.min(step.from, step.to))];
  const tone = step.isResult
    ? step.to < 0
      ? 'loss-fill'
      : 'gain-fill'
    : step.to <= step.from
      ? 'cost-fill'
      : 'gain-fill';
  const amount = step.isResult ? step.to : step.to - step.from;
  return html`<rect
      class="${tone}"
      x="${place(plot.x(i - 0.35))}"
      width="${place(plot.x(0.7) - plot.x(0))}"
      y="${place(top)}"
      height="${place(Math.max(1, bottom - top))}"
      ><title>${step.name}: ${moneyText(amount)}</title></rect
    >${axisWord(plot, plot.x(i), step.name)}`;
}

function waterfall(row: GateCosts): Markup {
  const steps = stepsOf(row);
  const levels = steps.flatMap((s) => [s.from, s.to]);
  const plot = makePlot([-0.5, steps.length - 0.5], [Math.min(0, ...levels), Math.max(0, ...levels)], 170);
  const { diesAtPoints, paidPoints } = row.breakEven;
  const verdict =
    diesAtPoints.value === null
      ? diesAtPoints.reason
      : `this gate dies at a spread of ${diesAtPoints.value.toFixed(2)} points; it met ${paidPoints.value?.toFixed(2) ?? 'none'}`;
  return html`<figure>
    <figcaption><b>${row.gate}</b>, ${row.trades} ${row.trades === 1 ? 'trade' : 'trades'}: ${verdict}</figcaption>
    ${chart(
      plot,
      `${row.gate}: from mid to net`,
      steps.map((step, i) => bar(plot, step, i)),
    )}
  </figure> `;
}

/** The way from the mids of the decisions to net, gate by gate. */
export function costSection(costs: ReportCosts): Markup {
  if (costs.gates === null) return html`<p>Not known: ${costs.reason}.</p>`;
  const table = pageTable(
    'From the mid of the decision to net, ₹',
    [
      ...words('Gate'),
      ...figures(
        'Trades',
        'At mid',
        'Spread',
        'Slippage',
        ...CHARGE_HEADS,
        'Net',
        'Spread met',
        'Dies at',
        'Headroom',
        'Without quotes',
      ),
    ],
    rowsOf(
      costs.gates.map((row) => [
        row.gate,
        row.trades,
        ...[row.grossAtMidPaise, row.spreadPaise, row.slippagePaise].map(moneyText),
        ...CHARGE_HEADS.map((head) => moneyText(row.chargesPaise[head])),
        result(row.netPaise),
        ...[row.breakEven.paidPoints, row.breakEven.diesAtPoints, row.breakEven.headroomPoints].map(ratio),
        row.unquoted.trades === 0 ? '0' : `${row.unquoted.trades} (${moneyText(row.unquoted.netPaise)})`,
      ]),
    ),
  );
  return html`${table}
    <div class="pair">${costs.gates.filter((row) => row.trades > 0).map(waterfall)}</div>`;
}
