import { useMemo, useState } from 'preact/hooks';
import { ChartLink } from '../charts/chart-link.js';
import { DayChart } from '../charts/day-chart.js';
import { TIMEFRAMES } from '../charts/fold-bars.js';
import { chartPalette } from '../theme/chart-palette.js';
import { useTheme } from '../theme/theme.js';
import { deskCharts } from './desk-model.js';
import type { ReplayView } from './replay-view.js';

/** Index, call and put side by side, in step. */
export function DeskCharts({ view, spoken }: { readonly view: ReplayView; readonly spoken: number | null }) {
  const [minutes, setMinutes] = useState<number>(1);
  const [link] = useState(() => new ChartLink());
  const palette = chartPalette(useTheme());
  const charts = useMemo(() => deskCharts(view, { minutes, spoken, palette }), [view, minutes, spoken, palette]);
  const { symbol, date } = view.about;
  return (
    <section aria-label="Charts">
      <div class="toolbar" role="group" aria-label="Minutes per candle">
        {TIMEFRAMES.map((m) => (
          <button key={m} type="button" aria-pressed={m === minutes} onClick={() => setMinutes(m)}>
            {m} min
          </button>
        ))}
        <span class="muted">drag to pan, wheel to zoom: all charts follow, and updates leave your view alone</span>
      </div>
      <div class="desk">
        {charts.map((chart, i) => (
          <DayChart
            key={i === 0 ? 'index' : i}
            {...chart}
            link={link}
            minutes={minutes}
            fitKey={`${symbol} ${date} ${i === 0 ? '' : chart.title}`}
          />
        ))}
      </div>
    </section>
  );
}
