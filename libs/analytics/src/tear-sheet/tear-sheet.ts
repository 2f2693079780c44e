import type { TradeRecord } from '@sos/domain';
import type { Report } from '../report/build-report.js';
import { costSection } from './cost-section.js';
import { equitySection } from './equity-section.js';
import { money, moneyText, percent, ratio, result, shareInterval } from './figure-text.js';
import { html, Markup, type MarkupPart } from './markup.js';
import { pageTable, rowsOf, words } from './page-table.js';
import {
  bandSection,
  capacitySection,
  coverageSection,
  fillSection,
  gateSection,
  idleSection,
} from './quality-section.js';
import { splitSection } from './split-section.js';
import { STYLE } from './style.js';
import { excursionSection, tradeSection } from './trade-section.js';

/** What a tear sheet shows beside the report. */
export interface TearSheetInput {
  /** The trades of the run, in order. */
  readonly trades: readonly TradeRecord[];
  /** What a reader must know before anything else, e.g. that data were missing. */
  readonly stamps?: readonly string[];
  /** Most trades that are listed one by one, so that the page stays readable; default 2,000. */
  readonly tradeRows?: number;
}

const TRADE_ROWS = 2_000;

function figureList(report: Report): Markup {
  const { totals, deflation } = report;
  const { trades, daily, excursions } = totals;
  const ci = totals.expectancyIntervalPaise;
  const items: [string, MarkupPart][] = [
    ['Net ₹', result(totals.netPaise)],
    ['Gross ₹', moneyText(totals.grossPaise)],
    ['Charges ₹', moneyText(totals.chargesPaise)],
    ['Trades', trades.count],
    ['Sessions', totals.sessions],
    ['Win rate', [percent(trades.winRate), ' ', shareInterval(trades.winRateInterval)]],
    ['Profit factor', ratio(trades.profitFactor)],
    ['Expectancy ₹', [money(trades.expectancy), ci === null ? '' : ` (${moneyText(ci.low)} … ${moneyText(ci.high)})`]],
    ['Expectancy, R', ratio(excursions.expectancyInRisk)],
    ['Max drawdown ₹', moneyText(trades.drawdown.depth)],
    ['Longest losing streak', trades.longestLosingStreak],
    ['Sharpe, yearly', ratio(daily.sharpe)],
    ['Sharpe of luck', ratio(deflation.luckySharpe)],
    ['Deflated', percent(deflation.deflatedSharpe)],
    ['Sortino', ratio(daily.sortino)],
    ['Volatility', percent(daily.volatility)],
    ['Exposure', percent(totals.exposure)],
    ['Ambiguous trades', totals.ambiguousTrades],
    ['Unfilled entries', totals.unfilledEntries],
  ];
  return html`<dl>
    ${items.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl> `;
}

function provenanceSection(report: Report): Markup {
  const { hashes, provenance } = report;
  const rows = provenance.rows.map((r) => [r.underlying, r.index, r.premiums ?? 'none', r.sessions]);
  const facts: [string, string][] = [
    ['data', hashes.data],
    ['configuration and gates', hashes.config],
    ['ledger', hashes.ledger],
    ['rulebook', hashes.rulebookVersion],
    ['engine', hashes.engineVersion],
  ];
  return html`<p>${provenance.statement}</p>
    ${pageTable('Sources of the sessions', words('Symbol', 'Index', 'Premiums', 'Sessions'), rowsOf(rows))}
    <p>${facts.map(([name, value]) => html`${name} <code>${value}</code><br />`)}</p>
    <ul>
      ${report.conventions.map((one) => html`<li>${one}</li>`)}
    </ul> `;
}

/**
 * The tear sheet of a run as one HTML file that asks for nothing else: no script, style, font or picture from elsewhere; drawings are inline SVG.
 * Follows the reader's light or dark setting and prints. Every text of gates, contracts and data is escaped. A run of simulated or modelled data says
 * so in its title, in a line that stays on screen and on every printed page, and in every heading.
 */
export function tearSheet(report: Report, { trades, stamps = [], tradeRows = TRADE_ROWS }: TearSheetInput): string {
  const { label, mixed, statement } = report.provenance;
  const tag = label === null ? null : html` <small>${label}</small>`;
  const section = (title: string, body: Markup): Markup =>
    html`<section>
      <h2>${title}${tag}</h2>
      ${body}
    </section> `;
  const title = `${label === null ? '' : `${label}: `}${report.underlyings.join(', ')} ${report.from} to ${report.to}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        ${label === null && !mixed ? null : html`<p class="label" role="alert">${statement}</p>`}
        <main>
          <h1>${report.underlyings.join(', ')}, ${report.from} to ${report.to}${tag}</h1>
          <p>Run <code>${report.runId}</code>; capital ₹${moneyText(report.startingCapitalPaise)}</p>
          ${stamps.map((stamp) => html`<p class="label">${stamp}</p>`)}
          <p class="headline">${result(report.totals.netPaise)} ₹ net after charges; ${report.deflation.statement}</p>
          ${figureList(report)}${section('Equity', equitySection(report))}${section('Gates', gateSection(report))}${section('Costs', costSection(report.costs))}${section(
            'Fill quality',
            fillSection(report),
          )}${section('Ambiguity band', bandSection(report))}${section('Excursions', excursionSection(trades))}${section(
            'Splits',
            splitSection(report.splits),
          )}${section('Capacity', capacitySection(report))}${section('Why gates stayed out', idleSection(report))}${section('Data coverage', coverageSection(report))}${section(
            'Provenance',
            provenanceSection(report),
          )}${section('Trades', tradeSection(report.runId, trades, tradeRows))}
        </main>
      </body>
    </html> `;
  return page.text;
}
