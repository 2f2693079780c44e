/** One series over strikes: a line, or bars that grow from the axis. */
export interface XySeries {
  readonly name: string;
  readonly tone: 'call' | 'put';
  readonly points: readonly (readonly [x: number, y: number | null])[];
}

export interface XyChartProps {
  readonly title: string;
  readonly kind: 'line' | 'bars';
  readonly series: readonly XySeries[];
  readonly format: (value: number) => string;
  /** A vertical mark, e.g. the forward. */
  readonly mark: { readonly x: number; readonly name: string } | null;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [600, 240, 58, 26, 14];

interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly strikes: readonly number[];
}

function frameOf({ series, kind }: XyChartProps): Frame | null {
  const known = series.flatMap((s) => s.points.filter((p): p is [number, number] => p[1] !== null));
  if (known.length === 0) return null;
  const strikes = [...new Set(known.map(([x]) => x))].sort((a, b) => a - b);
  const [x0, x1] = [strikes[0] ?? 0, strikes.at(-1) ?? 1];
  const values = known.map(([, y]) => y);
  const low = kind === 'bars' ? 0 : Math.min(...values);
  const high = Math.max(...values, low + 1e-9);
  const pad = (x1 - x0 || 1) / strikes.length;
  const x = (value: number): number => LEFT + ((value - x0 + pad / 2) / (x1 - x0 + pad)) * (WIDTH - LEFT - 8);
  const y = (value: number): number => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((t) => low + t * (high - low));
  return { x, y, ticks, strikes };
}

function Marks({
  series,
  kind,
  frame,
}: {
  readonly series: XySeries;
  readonly kind: 'line' | 'bars';
  readonly frame: Frame;
}) {
  const points = series.points.filter((p): p is [number, number] => p[1] !== null);
  if (kind === 'bars') {
    const width = Math.max(2, ((WIDTH - LEFT) / Math.max(frame.strikes.length, 1)) * 0.36);
    const shift = series.tone === 'call' ? -width : 0;
    return (
      <g class={series.tone}>
        {points.map(([px, py]) => (
          <rect
            key={px}
            x={frame.x(px) + shift}
            y={frame.y(py)}
            width={width}
            height={Math.max(0, HEIGHT - BOTTOM - frame.y(py))}
          />
        ))}
      </g>
    );
  }
  const path = points
    .map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${frame.x(px).toFixed(1)} ${frame.y(py).toFixed(1)}`)
    .join('');
  return (
    <g class={series.tone}>
      <path d={path} fill="none" />
      {points.map(([px, py]) =>
        series.tone === 'call' ? (
          <circle key={px} cx={frame.x(px)} cy={frame.y(py)} r={3.2} />
        ) : (
          <rect key={px} x={frame.x(px) - 3} y={frame.y(py) - 3} width={6} height={6} />
        ),
      )}
    </g>
  );
}

/** Figures by strike: volatility smile, open-interest profile. Calls are circles and left bars, puts squares and right bars. */
export function XyChart(props: XyChartProps) {
  const { title, series, kind, format, mark } = props;
  const frame = frameOf(props);
  const every = frame === null ? 1 : Math.ceil(frame.strikes.length / 9);
  return (
    <figure class="chart small">
      <figcaption>
        <strong>{title}</strong>
        <span class="legend">
          {series.map((s) => (
            <span key={s.name} class={`key ${s.tone}`}>
              {s.tone === 'call' ? '●' : '■'} {s.name}
            </span>
          ))}
        </span>
      </figcaption>
      {frame === null ? (
        <p class="state empty">Nothing is known at this minute.</p>
      ) : (
        <svg
          class="xy"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${title}: the same figures stand in the table`}
        >
          {frame.ticks.map((t) => (
            <g key={t}>
              <line class="grid" x1={LEFT} x2={WIDTH} y1={frame.y(t)} y2={frame.y(t)} />
              <text x={LEFT - 6} y={frame.y(t) + 4} text-anchor="end">
                {format(t)}
              </text>
            </g>
          ))}
          {frame.strikes.map((s, i) =>
            i % every === 0 ? (
              <text key={s} x={frame.x(s)} y={HEIGHT - 8} text-anchor="middle">
                {s}
              </text>
            ) : null,
          )}
          {mark !== null && (
            <g class="mark">
              <line x1={frame.x(mark.x)} x2={frame.x(mark.x)} y1={TOP} y2={HEIGHT - BOTTOM} />
              <text x={frame.x(mark.x) + 4} y={TOP + 8}>
                {mark.name}
              </text>
            </g>
          )}
          {series.map((s) => (
            <Marks key={s.name} series={s} kind={kind} frame={frame} />
          ))}
        </svg>
      )}
    </figure>
  );
}
