import { ColorType, LineSeries, createChart, type IChartApi, type UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'preact/hooks';
import { chartPalette, type ChartPalette } from '../theme/chart-palette.js';
import { useTheme } from '../theme/theme.js';

/** One line of a chart over time; chart times (IST digits), null = unknown. */
export interface LineOfChart {
  readonly name: string;
  readonly colour: 'up' | 'down' | 'vwap' | 'fast' | 'slow' | 'interest';
  readonly points: readonly (readonly [time: number, value: number | null])[];
  /** Its own scale at the left. */
  readonly isLeft?: boolean;
}

export interface LineChartProps {
  readonly title: string;
  readonly summary: string;
  readonly lines: readonly LineOfChart[];
  readonly timeVisible?: boolean;
}

function draw(chart: IChartApi, { lines, timeVisible = true }: LineChartProps, palette: ChartPalette): void {
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: palette.ground }, textColor: palette.ink },
    grid: { vertLines: { visible: false }, horzLines: { color: palette.grid } },
    leftPriceScale: { visible: lines.some((l) => l.isLeft === true) },
    timeScale: { timeVisible, secondsVisible: false },
  });
  for (const { colour, points, isLeft, name } of lines) {
    const series = chart.addSeries(LineSeries, {
      color: palette[colour],
      lineWidth: 2,
      priceLineVisible: false,
      title: name,
      priceScaleId: isLeft === true ? 'left' : 'right',
    });
    series.setData(
      points.map(([time, value]) =>
        value === null ? { time: time as UTCTimestamp } : { time: time as UTCTimestamp, value },
      ),
    );
  }
  chart.timeScale().fitContent();
}

/** Lines over time: equity, drawdown, put-call ratio, straddle. */
export function LineChart(props: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const palette = chartPalette(useTheme());
  useEffect(() => {
    if (host.current === null) return undefined;
    const chart = createChart(host.current, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 11 },
      localization: { locale: 'en-IN' },
    });
    draw(chart, props, palette);
    return () => chart.remove();
  }, [props.lines, palette]);
  return (
    <figure class="chart small">
      <figcaption>
        <strong>{props.title}</strong>
      </figcaption>
      <div class="plot" ref={host} role="img" aria-label={`${props.title}: ${props.summary}`} />
    </figure>
  );
}
