import type { RunDetail, TradeView } from '@sos/contracts';
import { useMemo, useState } from 'preact/hooks';
import { LineChart } from '../charts/line-chart.js';
import { figure, instant, money, percent, result, tone, whole } from '../format/figures.js';
import { fetchRun } from '../server/api.js';
import { SourceBadge } from '../ui/source-badge.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';
import { equityLines, runFigures } from './run-figures.js';
import { TradeDay } from './trade-day.js';

function GateTable({ run }: { readonly run: RunDetail }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Results by gate">
      <table>
        <caption>Results by gate</caption>
        <thead>
          <tr>
            {[
              'Gate',
              'On',
              'Signals',
              'Trades',
              'Win rate',
              'Profit factor',
              'Max drawdown ₹',
              'Charges ₹',
              'Net ₹',
              'Most often kept out by',
            ].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.gateRows.map((g) => (
            <tr key={g.gate + g.underlying}>
              <th scope="row">
                <a href={`/gates/${g.gate}`}>{g.gate}</a>
              </th>
              <td>{g.underlying}</td>
              <td class="number">{whole(g.signals)}</td>
              <td class="number">{whole(g.trades)}</td>
              <td class="number">{percent(g.winRate.value)}</td>
              <td class="number">{figure(g.profitFactor.value)}</td>
              <td class="number">{money(g.maxDrawdownPaise)}</td>
              <td class="number">{money(g.chargesPaise)}</td>
              <td class={`number ${tone(g.netPaise)}`}>{result(g.netPaise)}</td>
              <td class="why">
                <small>{g.blocked[0] ?? '–'}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Costs({ run }: { readonly run: RunDetail }) {
  return (
    <table class="narrow">
      <caption>Costs by head</caption>
      <tbody>
        {run.costs.map((c) => (
          <tr key={c.head}>
            <th scope="row">{c.head}</th>
            <td class="number">₹ {money(c.paise)}</td>
            <td class="number">{run.chargesPaise === 0 ? '–' : percent(c.paise / run.chargesPaise)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TradeRowsProps {
  readonly trades: readonly TradeView[];
  readonly chosen: number | null;
  readonly onChoose: (trade: TradeView) => void;
}

function TradeRows({ trades, chosen, onChoose }: TradeRowsProps) {
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Trades">
      <table class="trades">
        <caption>Trades: choose one to see its day</caption>
        <thead>
          <tr>
            {['Gate', 'Contract', 'Entry (IST)', 'Exit (IST)', 'Why', 'Units', 'Charges ₹', 'Net ₹'].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trades.map((t) => (
            <tr key={t.seq} aria-current={t.seq === chosen ? 'true' : undefined}>
              <th scope="row">
                <button type="button" onClick={() => onChoose(t)}>
                  {t.gate}
                </button>
              </th>
              <td>{t.contract}</td>
              <td>{instant(t.entryTime)}</td>
              <td>{instant(t.exitTime)}</td>
              <td>{t.exitReason}</td>
              <td class="number">{whole(t.units)}</td>
              <td class="number">{money(t.chargesPaise)}</td>
              <td class={`number ${tone(t.netPaise)}`}>{result(t.netPaise)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Report({ run }: { readonly run: RunDetail }) {
  const [chosen, setChosen] = useState<TradeView | null>(run.tradeList[0] ?? null);
  const [equity, drawdown] = useMemo(() => equityLines(run), [run]);
  const choose = (trade: TradeView): void => {
    setChosen(trade);
    document.getElementById('trade-day')?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <h1>
        Run {run.runId} <SourceBadge source={run.source} />
      </h1>
      <p>{run.statement}</p>
      <dl class="facts" aria-label="Figures of the run">
        {runFigures(run).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run.tradeList.length === 0 ? (
        <Empty title="No gate traded in this run.">
          <p>The table below says what kept each gate out.</p>
        </Empty>
      ) : (
        <div class="halves">
          <LineChart
            title="Equity after charges"
            summary={`ends at ₹ ${money(run.startingCapitalPaise + run.netPaise)}`}
            lines={equity}
          />
          <LineChart
            title="Drawdown from the peak"
            summary={`deepest ₹ ${money(run.maxDrawdownPaise)}`}
            lines={drawdown}
          />
        </div>
      )}
      <div id="trade-day">{chosen !== null && <TradeDay run={run} trade={chosen} />}</div>
      <TradeRows trades={run.tradeList} chosen={chosen?.seq ?? null} onChoose={choose} />
      <GateTable run={run} />
      <Costs run={run} />
      <details>
        <summary>How the figures are defined, and what the run can be checked against</summary>
        <ul>
          {run.conventions.map((c) => (
            <li key={c}>{c}</li>
          ))}
        </ul>
        <p class="hashes">
          ledger {run.ledgerHash} · data {run.dataHash} · configuration {run.configHash} · rulebook{' '}
          {run.rulebookVersion} · engine {run.engineVersion}
        </p>
      </details>
    </>
  );
}

/** One run: figures, equity, the chosen trade's day, trades, gates and costs. */
export function RunPage({ runId }: { readonly runId: string }) {
  const run = useFetched(runId, () => fetchRun(runId));
  if (run.problem !== '')
    return (
      <Problem message={run.problem}>
        <p>
          <a href="/runs">All stored runs</a>
        </p>
      </Problem>
    );
  if (run.value === null || run.value.runId !== runId) return <Loading what={`run ${runId}`} />;
  return <Report key={runId} run={run.value} />;
}
