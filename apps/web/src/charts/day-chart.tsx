import type { UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'preact/hooks';
import { chartPalette } from '../theme/chart-palette.js';
import { useTheme } from '../theme/theme.js';
import { SourceBadge } from '../ui/source-badge.js';
import type { ChartLink } from './chart-link.js';
import { DayChartView, type DayChartModel } from './day-chart-view.js';

export interface DayChartProps {
  readonly title: string;
  readonly source: string;
  /** What the chart says in words, for those who do not see it. */
  readonly summary: string;
  /** What the volume pane holds. */
  readonly volumeName: string;
  readonly model: DayChartModel;
  readonly link: ChartLink;
  /** Minutes per candle: on a change the range in time stays. */
  readonly minutes: number;
  /** Another value shows the whole day anew, or its focus. */
  readonly fitKey: string;
  /** Chart times to be shown first; left out, the whole day. */
  readonly focus?: { readonly from: number; readonly to: number };
}

/** Keeps the visible range readable for tests and tools. */
function noteRange(host: HTMLElement, view: DayChartView): () => void {
  const scale = view.chart.timeScale();
  const note = (): void => {
    const range = scale.getVisibleRange();
    host.dataset['from'] = range === null ? '' : String(range.from);
    host.dataset['to'] = range === null ? '' : String(range.to);
  };
  scale.subscribeVisibleTimeRangeChange(note);
  return () => scale.unsubscribeVisibleTimeRangeChange(note);
}

function useView(props: DayChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<DayChartView | null>(null);
  const palette = chartPalette(useTheme());
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new DayChartView(host.current, palette, props.model.hasInterest);
    view.current = made;
    const leave = [props.link.join(made), noteRange(host.current, made)];
    return () => {
      leave.forEach((end) => end());
      made.remove();
      view.current = null;
    };
  }, [props.link, props.model.hasInterest]);
  useEffect(() => view.current?.paint(palette), [palette]);
  return { host, view };
}

/** One instrument's candles, volume and open interest. */
export function DayChart(props: DayChartProps) {
  const { title, source, summary, volumeName, model, minutes, fitKey, focus } = props;
  const { host, view } = useView(props);
  const drawn = useRef({ minutes, fitKey: '' });
  useEffect(() => {
    const scale = view.current?.chart.timeScale();
    if (view.current === null || scale === undefined) return;
    const range = drawn.current.minutes === minutes ? null : scale.getVisibleRange();
    view.current.draw(model);
    if (model.candles.length > 0 && drawn.current.fitKey !== fitKey) {
      if (focus === undefined) scale.fitContent();
      else scale.setVisibleRange({ from: focus.from as UTCTimestamp, to: focus.to as UTCTimestamp });
      drawn.current.fitKey = fitKey;
    } else if (range !== null) scale.setVisibleRange(range);
    drawn.current.minutes = minutes;
  }, [model, minutes, fitKey]);
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong> <SourceBadge source={source} />
        <span class="legend">
          {model.overlays.map((o) => (
            <span key={o.name} class={`key ${o.colour}`}>
              {o.name}
            </span>
          ))}
          <span class="key volume">{volumeName}</span>
          {model.hasInterest && <span class="key interest">open interest</span>}
        </span>
      </figcaption>
      <div
        class="plot"
        ref={host}
        role="img"
        aria-label={`${title}: ${summary}`}
        data-bars={model.candles.length}
        data-markers={model.markers.map((m) => `${m.time}:${m.shape}:${'price' in m ? m.price : ''}`).join(' ')}
      />
    </figure>
  );
}
