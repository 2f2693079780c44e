import type { ContractBars, RunDetail, TradeView } from '@sos/contracts';
import { istDateOf, type EpochMs } from '@sos/domain';
import { useMemo, useState } from 'preact/hooks';
import { ChartLink } from '../charts/chart-link.js';
import { DayChart } from '../charts/day-chart.js';
import type { DayChartModel } from '../charts/day-chart-view.js';
import { axisOf, candleAt, foldBars, onAxis } from '../charts/fold-bars.js';
import { tradeMarkers } from '../charts/markers.js';
import { overlaysOf } from '../charts/overlays.js';
import { clock, money, result, tone } from '../format/figures.js';
import { fetchDay } from '../server/api.js';
import { chartPalette, type ChartPalette } from '../theme/chart-palette.js';
import { useTheme } from '../theme/theme.js';
import { Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';

const BEFORE_SECONDS = 40 * 60;
const AFTER_SECONDS = 30 * 60;

/** The minutes around a trade, inside its day. */
function focusOf({ entryTime, exitTime }: TradeView, { candles }: DayChartModel): { from: number; to: number } {
  const [first, last] = [candles[0]?.time ?? 0, candles.at(-1)?.time ?? 0];
  return {
    from: Math.max(first, candleAt(entryTime, 1) - BEFORE_SECONDS),
    to: Math.min(last, candleAt(exitTime, 1) + AFTER_SECONDS),
  };
}

const dayOf = (trade: TradeView): string => istDateOf(trade.signalTime as EpochMs);

interface Shown {
  readonly bars: ContractBars['bars'];
  readonly axis: readonly number[];
  readonly trades: readonly TradeView[];
  readonly spoken: number;
  readonly isContract: boolean;
  readonly palette: ChartPalette;
}

function modelOf({ bars, axis, trades, spoken, isContract, palette }: Shown): DayChartModel {
  const candles = onAxis(foldBars(bars, 1), axis);
  const colours = { entry: palette.entry, up: palette.up, down: palette.down };
  const markers = tradeMarkers(trades, { minutes: 1, spoken, atPrice: isContract, colours });
  return { candles, overlays: overlaysOf(candles), markers, levels: [], hasInterest: isContract };
}

function TradeStory({ trade, replay }: { readonly trade: TradeView; readonly replay: string }) {
  return (
    <>
      <p>
        <strong>{trade.gate}</strong> bought {trade.units} units of {trade.contract} at {money(trade.entryPrice)} (
        {clock(trade.entryTime)}), sold at {money(trade.exitPrice)} ({clock(trade.exitTime)}, {trade.exitReason}):{' '}
        <span class={tone(trade.netPaise)}>₹ {result(trade.netPaise)}</span> after charges of{' '}
        {money(trade.chargesPaise)}. <a href={replay}>Open this minute in Replay</a>
      </p>
      {trade.reasons.length > 0 && (
        <details>
          <summary>What admitted the entry ({trade.reasons.length} conditions)</summary>
          <ul>
            {trade.reasons.map((reason) => (
              <li key={reason}>
                <code>{reason}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The day of one trade: index and contract with all arrows of that day, and what admitted the entry. */
export function TradeDay({ run, trade }: { readonly run: RunDetail; readonly trade: TradeView }) {
  const date = dayOf(trade);
  const market = run.markets[date];
  const palette = chartPalette(useTheme());
  const [link] = useState(() => new ChartLink());
  const day = useFetched(`${trade.contract} ${date} ${market ?? ''}`, () =>
    fetchDay({ symbol: trade.underlying, date, market, contracts: [trade.contract] }),
  );
  const models = useMemo(() => {
    if (day.value === null) return [];
    const { index, contracts } = day.value;
    const axis = axisOf(foldBars(index, 1), ...contracts.map((c) => foldBars(c.bars, 1)));
    const ofDay = run.tradeList.filter((t) => t.underlying === trade.underlying && dayOf(t) === date);
    const own = ofDay.filter((t) => t.contract === trade.contract);
    const common = { axis, spoken: trade.seq, palette };
    return [
      modelOf({ ...common, bars: index, trades: ofDay, isContract: false }),
      ...contracts.map((c) => modelOf({ ...common, bars: c.bars, trades: own, isContract: true })),
    ];
  }, [day.value, trade, palette]);
  if (day.problem !== '') return <Problem message={day.problem} />;
  if (day.value === null) return <Loading what={date} />;
  const titles = [
    { title: `${day.value.symbol} ${date}`, source: day.value.source },
    ...day.value.contracts.map((c) => ({ title: c.contract, source: c.source })),
  ];
  const minute = new URLSearchParams({
    symbol: trade.underlying,
    date,
    market: market ?? 'auto',
    at: clock(trade.signalTime),
  });
  return (
    <section aria-label="The day of the trade" data-trade={trade.seq}>
      <TradeStory trade={trade} replay={`/replay?${minute.toString()}`} />
      <div class="desk">
        {models.map((model, i) => (
          <DayChart
            key={i}
            title={titles[i]?.title ?? ''}
            source={titles[i]?.source ?? ''}
            summary={`${model.candles.length} candles, ${model.markers.length} arrows`}
            volumeName={i === 0 ? 'no volume: an index has none' : 'volume'}
            focus={focusOf(trade, model)}
            model={model}
            link={link}
            minutes={1}
            fitKey={`${trade.contract} ${date} ${trade.seq}`}
          />
        ))}
      </div>
    </section>
  );
}
