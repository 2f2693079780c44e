import { useEffect, useRef, useState } from 'preact/hooks';
import { clock, compact } from '../format/figures.js';
import { useTheme } from '../theme/theme.js';

export interface HeatMapProps {
  readonly title: string;
  readonly times: readonly number[];
  readonly strikes: readonly number[];
  /** By strike, then by time; null = unknown. */
  readonly values: readonly (readonly (number | null)[])[];
}

const CELL_HEIGHT = 14;
const LEFT = 56;

function paint(canvas: HTMLCanvasElement, { times, strikes, values }: HeatMapProps, isDark: boolean): void {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = strikes.length * CELL_HEIGHT;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const most = Math.max(1, ...values.flat().map((v) => Math.abs(v ?? 0)));
  const cell = (width - LEFT) / Math.max(1, times.length);
  pen.font = '10px system-ui, sans-serif';
  pen.textBaseline = 'middle';
  strikes.forEach((strike, i) => {
    // Highest strike on top, as on a price axis.
    const y = height - (i + 1) * CELL_HEIGHT;
    pen.fillStyle = isDark ? '#b8c4d4' : '#3b4656';
    pen.fillText(String(strike), 2, y + CELL_HEIGHT / 2);
    values[i]?.forEach((value, j) => {
      if (value === null) return;
      const strength = Math.sqrt(Math.abs(value) / most);
      const colour = value >= 0 ? '90, 160, 255' : '255, 140, 60';
      pen.fillStyle = `rgba(${colour}, ${(0.06 + 0.94 * strength).toFixed(3)})`;
      pen.fillRect(LEFT + j * cell, y, Math.ceil(cell), CELL_HEIGHT - 1);
    });
  });
}

/** Change of open interest by strike and time: blue added, orange taken off; the cell under the pointer is told in words. */
export function HeatMap(props: HeatMapProps) {
  const { title, times, strikes, values } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [told, setTold] = useState('');
  const isDark = useTheme() === 'dark';
  useEffect(() => {
    const at = canvas.current;
    if (at === null) return undefined;
    const again = (): void => paint(at, props, isDark);
    again();
    const watch = new ResizeObserver(again);
    watch.observe(at);
    return () => watch.disconnect();
  }, [values, isDark]);
  const tell = (event: MouseEvent): void => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return;
    const row = strikes.length - 1 - Math.floor((event.clientY - box.top) / CELL_HEIGHT);
    const column = Math.floor(((event.clientX - box.left - LEFT) / (box.width - LEFT)) * times.length);
    const value = values[row]?.[column];
    setTold(value === undefined ? '' : `${strikes[row] ?? ''} at ${clock(times[column])}: ${compact(value)}`);
  };
  return (
    <figure class="chart heat">
      <figcaption>
        <strong>{title}</strong> <span class="muted">■ blue: added · ■ orange: taken off</span> <output>{told}</output>
      </figcaption>
      <canvas
        ref={canvas}
        style={{ height: `${strikes.length * CELL_HEIGHT}px` }}
        onMouseMove={tell}
        role="img"
        aria-label={`${title} from ${clock(times[0])} to ${clock(times.at(-1))}; the present figures stand in the table`}
      />
    </figure>
  );
}
