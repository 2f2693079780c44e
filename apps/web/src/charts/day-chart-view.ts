import {
  CandlestickSeries,
  ColorType,
  HistogramSeries,
  LineSeries,
  LineStyle,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ChartPalette } from '../theme/chart-palette.js';
import type { Candle } from './fold-bars.js';
import type { Overlay } from './overlays.js';

/** A level drawn across the chart. */
export interface Level {
  readonly price: number;
  readonly title: string;
  readonly tone: 'wall' | 'up' | 'down' | 'entry';
}

/** What a chart of one instrument shows. */
export interface DayChartModel {
  readonly candles: readonly Candle[];
  readonly overlays: readonly Overlay[];
  readonly markers: readonly SeriesMarker<UTCTimestamp>[];
  readonly levels: readonly Level[];
  readonly hasInterest: boolean;
}

const EMPTY: DayChartModel = { candles: [], overlays: [], markers: [], levels: [], hasInterest: false };

/** One chart: candles with lines over them, volume below, open interest below that. Whatever is drawn anew, the reader's range stays. */
export class DayChartView {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #interest: ISeriesApi<'Line'> | null;
  readonly #lines = new Map<string, ISeriesApi<'Line'>>();
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  #levels: IPriceLine[] = [];
  #palette: ChartPalette;
  #model = EMPTY;
  #isDrawing = false;
  #byTime = new Map<number, Candle>();

  constructor(host: HTMLElement, palette: ChartPalette, hasInterest: boolean) {
    this.#palette = palette;
    this.chart = createChart(host, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 11 },
      timeScale: {
        timeVisible: true,
        secondsVisible: false,
        minBarSpacing: 0.05,
        enableConflation: true,
        lockVisibleTimeRangeOnResize: true,
        rightOffset: 3,
      },
      // Labels of another length must not change the width of the plot, and with it the range.
      rightPriceScale: { minimumWidth: 76 },
      localization: { locale: 'en-IN' },
    });
    this.series = this.chart.addSeries(CandlestickSeries, { borderVisible: true, priceLineVisible: true });
    this.#volume = this.chart.addSeries(
      HistogramSeries,
      { priceFormat: { type: 'volume' }, priceLineVisible: false, lastValueVisible: false },
      1,
    );
    this.#interest = hasInterest
      ? this.chart.addSeries(
          LineSeries,
          { priceFormat: { type: 'volume' }, lineWidth: 2, priceLineVisible: false, title: 'OI' },
          2,
        )
      : null;
    this.#markers = createSeriesMarkers(this.series, []);
    this.chart.panes().forEach((pane, i) => pane.setStretchFactor(i === 0 ? 6 : 1.4));
    this.paint(palette);
  }

  /** Colours of another theme. */
  paint(palette: ChartPalette): void {
    this.#palette = palette;
    const { ground, ink, grid, up, down } = palette;
    this.chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: ground }, textColor: ink, panes: { separatorColor: grid } },
      grid: { vertLines: { visible: false }, horzLines: { color: grid } },
    });
    // Up is hollow, down is filled: the shape tells what the colour tells.
    this.series.applyOptions({
      upColor: ground,
      downColor: down,
      borderUpColor: up,
      borderDownColor: down,
      wickUpColor: up,
      wickDownColor: down,
    });
    this.#interest?.applyOptions({ color: palette.interest });
    this.draw(this.#model);
  }

  draw(model: DayChartModel): void {
    this.#isDrawing = true;
    this.#model = model;
    this.#byTime = new Map(model.candles.map((c) => [c.time, c]));
    this.series.setData(model.candles.map(candleData));
    this.#volume.setData(model.candles.map((c) => this.#volumeData(c)));
    this.#interest?.setData(model.candles.map((c) => lineData(c.time, c.openInterest ?? Number.NaN)));
    this.#drawLines(model);
    this.#markers.setMarkers([...model.markers] as SeriesMarker<Time>[]);
    this.#drawLevels(model.levels);
    this.#isDrawing = false;
  }

  /** True while data are exchanged: ranges told meanwhile are halfway. */
  readonly isDrawing = (): boolean => this.#isDrawing;

  /** Close of the candle at a time; NaN where there is none. */
  readonly priceAt = (time: Time): number => this.#byTime.get(Number(time))?.close ?? Number.NaN;

  remove(): void {
    this.chart.remove();
  }

  #volumeData(c: Candle) {
    if (c.volume === null) return { time: c.time as UTCTimestamp };
    const isUp = c.close !== null && c.open !== null && c.close >= c.open;
    return {
      time: c.time as UTCTimestamp,
      value: c.volume,
      color: isUp ? this.#palette.volume : `${this.#palette.down}99`,
    };
  }

  #drawLines({ overlays, candles }: DayChartModel): void {
    for (const { name, colour, values } of overlays) {
      const known = this.#lines.get(name);
      const line =
        known ??
        this.chart.addSeries(LineSeries, {
          lineWidth: 1,
          priceLineVisible: false,
          lastValueVisible: false,
          crosshairMarkerVisible: false,
        });
      this.#lines.set(name, line);
      line.applyOptions({ color: this.#palette[colour], title: '' });
      line.setData(candles.map((c, i) => lineData(c.time, values[i] ?? Number.NaN)));
    }
    for (const [name, line] of this.#lines) if (!overlays.some((o) => o.name === name)) line.setData([]);
  }

  #drawLevels(levels: readonly Level[]): void {
    for (const line of this.#levels) this.series.removePriceLine(line);
    this.#levels = levels.map(({ price, title, tone }) =>
      this.series.createPriceLine({
        price,
        title,
        color: this.#palette[tone],
        lineStyle: LineStyle.Dashed,
        lineWidth: 1,
        axisLabelVisible: true,
      }),
    );
  }
}

function candleData({ time, open, high, low, close }: Candle) {
  const at = time as UTCTimestamp;
  return open === null || high === null || low === null || close === null
    ? { time: at }
    : { time: at, open, high, low, close };
}

function lineData(time: number, value: number) {
  return Number.isFinite(value) ? { time: time as UTCTimestamp, value } : { time: time as UTCTimestamp };
}
