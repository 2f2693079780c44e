import type { DayCharts, RunDetail, TradeView } from '@sos/contracts';
import { formatIst, formatPaise, istDateOf, paise, type EpochMs } from '@sos/domain';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { CandleChart } from '../charts/candle-chart.js';
import { candlesOf, tradeMarkers } from '../charts/to-series.js';
import { fetchDay, fetchRun } from '../server/api.js';
import { SourceBadge } from './source-badge.js';

function TradeDay({ run, trade }: { readonly run: RunDetail; readonly trade: TradeView }) {
  const [day, setDay] = useState<DayCharts | null>(null);
  const [problem, setProblem] = useState('');
  const date = istDateOf(trade.signalTime as EpochMs);
  useEffect(() => {
    setDay(null);
    setProblem('');
    fetchDay({ symbol: trade.underlying, date, contracts: [trade.contract] }).then(setDay, (error: Error) =>
      setProblem(error.message),
    );
  }, [trade.underlying, trade.contract, date]);
  const ofDay = useMemo(
    () => run.tradeList.filter((t) => t.underlying === trade.underlying && istDateOf(t.signalTime as EpochMs) === date),
    [run, trade, date],
  );
  const index = useMemo(() => (day === null ? [] : candlesOf(day.index)), [day]);
  if (problem !== '') return <p role="alert">{problem}</p>;
  if (day === null) return <p>Loading {date} …</p>;
  return (
    <div class="charts">
      <CandleChart
        isWhole
        title={`${day.symbol} ${day.date} (${day.source})`}
        candles={index}
        markers={tradeMarkers(ofDay, trade.seq)}
      />
      {day.contracts.map((c) => (
        <CandleChart
          isWhole
          key={c.contract}
          title={`${c.contract} (${c.source})`}
          candles={candlesOf(c.bars)}
          markers={tradeMarkers(
            ofDay.filter((t) => t.contract === c.contract),
            trade.seq,
          )}
        />
      ))}
    </div>
  );
}

function TradeRows({
  trades,
  choose,
}: {
  readonly trades: readonly TradeView[];
  readonly choose: (trade: TradeView) => void;
}) {
  return (
    <table>
      <thead>
        <tr>
          <th>Gate</th>
          <th>Contract</th>
          <th>Entry</th>
          <th>Exit</th>
          <th>Why</th>
          <th class="number">Units</th>
          <th class="number">Charges ₹</th>
          <th class="number">Net ₹</th>
        </tr>
      </thead>
      <tbody>
        {trades.map((t) => (
          <tr key={t.seq}>
            <td>
              <button type="button" onClick={() => choose(t)}>
                {t.gate}
              </button>
            </td>
            <td>{t.contract}</td>
            <td>{formatIst(t.entryTime as EpochMs)}</td>
            <td>{formatIst(t.exitTime as EpochMs)}</td>
            <td>{t.exitReason}</td>
            <td class="number">{t.units}</td>
            <td class="number">{formatPaise(paise(t.chargesPaise))}</td>
            <td class="number">{formatPaise(paise(t.netPaise))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One run: totals, the chosen trade's day on charts, all trades. */
export function RunPage({ runId }: { readonly runId: string }) {
  const [run, setRun] = useState<RunDetail | null>(null);
  const [chosen, setChosen] = useState<TradeView | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchRun(runId).then(
      (loaded) => {
        setRun(loaded);
        setChosen(loaded.tradeList[0] ?? null);
      },
      (error: Error) => setProblem(error.message),
    );
  }, [runId]);
  if (problem !== '') return <p role="alert">{problem}</p>;
  if (run === null) return <p>Loading run {runId} …</p>;
  return (
    <section>
      <h2>
        {run.runId} <SourceBadge source={run.source} />
      </h2>
      <p>
        {run.trades} trades, net ₹ {formatPaise(paise(run.netPaise))} after charges, ledger{' '}
        {run.ledgerHash.slice(0, 12)}
      </p>
      {chosen === null ? <p>No gate traded in this run.</p> : <TradeDay run={run} trade={chosen} />}
      <TradeRows trades={run.tradeList} choose={setChosen} />
    </section>
  );
}
