import {
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type SeriesMarker,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'preact/hooks';
import type { Candle } from './to-series.js';

export interface CandleChartProps {
  readonly title: string;
  readonly candles: readonly Candle[];
  readonly markers?: readonly SeriesMarker<UTCTimestamp>[];
  /** Show the whole series when it arrives; left out, the newest candles are followed. */
  readonly isWhole?: boolean;
}

function makeChart(host: HTMLElement): { chart: IChartApi; series: ISeriesApi<'Candlestick'> } {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const chart = createChart(host, {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: dark ? '#11151c' : '#ffffff' },
      textColor: dark ? '#d5dbe5' : '#1f2733',
    },
    grid: { vertLines: { visible: false }, horzLines: { color: dark ? '#1f2733' : '#e6eaf0' } },
    timeScale: { timeVisible: true, secondsVisible: false },
  });
  const series = chart.addSeries(CandlestickSeries, {
    upColor: '#0b8f6a',
    downColor: '#c2410c',
    wickUpColor: '#0b8f6a',
    wickDownColor: '#c2410c',
    borderVisible: false,
  });
  return { chart, series };
}

/** One candle chart; `setData` keeps the visible range when candles are added, so zoom and pan survive updates. */
export function CandleChart(props: CandleChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const made = useRef<ReturnType<typeof makeChart> | null>(null);
  const markers = useRef<ReturnType<typeof createSeriesMarkers<UTCTimestamp>> | null>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    made.current = makeChart(host.current);
    return () => made.current?.chart.remove();
  }, []);
  useEffect(() => {
    made.current?.series.setData([...props.candles]);
    if (props.isWhole === true) made.current?.chart.timeScale().fitContent();
  }, [props.candles, props.isWhole]);
  useEffect(() => {
    if (made.current === null) return;
    markers.current?.detach();
    markers.current = createSeriesMarkers(made.current.series as ISeriesApi<'Candlestick', UTCTimestamp>, [
      ...(props.markers ?? []),
    ]);
  }, [props.markers]);
  return (
    <figure class="chart">
      <figcaption>{props.title}</figcaption>
      <div class="plot" ref={host} />
    </figure>
  );
}
