import { html, type Markup, type MarkupPart } from './markup.js';

const WIDTH = 720;
const LEFT = 76;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** A drawing area with its scales: numbers to places on the page. */
export interface Plot {
  readonly height: number;
  x(value: number): number;
  y(value: number): number;
  readonly yTicks: readonly number[];
  readonly xTicks: readonly number[];
}

type Range = readonly [low: number, high: number];

/** A place on the page, short enough for a page of thousands. */
export const place = (value: number): string => String(Math.round(value * 10) / 10);

// Round steps of 1, 2 or 5 times a power of ten, about four of them.
function ticksOf([low, high]: Range): number[] {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((f) => f * power >= raw) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) ticks.push(at * step);
  return ticks;
}

// A flat line still needs room around it.
const opened = ([low, high]: Range): Range => (high > low ? [low, high] : [low - 1, high + 1]);

/** The scales of a chart whose values lie in these ranges. */
export function makePlot(xs: Range, ys: Range, height = 200): Plot {
  const [xRange, yRange] = [opened(xs), opened(ys)];
  const inner = { width: WIDTH - LEFT - RIGHT, height: height - TOP - BOTTOM };
  return {
    height,
    x: (value) => LEFT + (inner.width * (value - xRange[0])) / (xRange[1] - xRange[0]),
    y: (value) => TOP + (inner.height * (yRange[1] - value)) / (yRange[1] - yRange[0]),
    yTicks: ticksOf(yRange),
    xTicks: ticksOf(xRange),
  };
}

/** Rupees on an axis: thousands as k, lakhs as L. */
export function axisMoney(amount: number): string {
  const rupees = amount / 100;
  const size = Math.abs(rupees);
  if (size >= 100_000) return `${Number((rupees / 100_000).toFixed(2))} L`;
  if (size >= 1_000) return `${Number((rupees / 1_000).toFixed(2))} k`;
  return String(Number(rupees.toFixed(2)));
}

/** A chart with its horizontal lines. @param title read out by screen readers */
export function chart(plot: Plot, title: string, marks: readonly MarkupPart[]): Markup {
  const lines = plot.yTicks.map((tick) => {
    const y = place(plot.y(tick));
    return html`<line
        class="${tick === 0 ? 'zero' : 'grid'}"
        x1="${LEFT}"
        x2="${WIDTH - RIGHT}"
        y1="${y}"
        y2="${y}"
      /><text x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${axisMoney(tick)}</text>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${plot.height}" role="img" aria-label="${title}">
    <title>${title}</title>
    ${lines}${marks}
  </svg> `;
}

/** A word under the drawing area. */
export function axisWord(plot: Plot, x: number, word: string): Markup {
  const anchor = x <= LEFT ? 'start' : x >= WIDTH - RIGHT - 1 ? 'end' : 'middle';
  return html`<text x="${place(x)}" y="${plot.height - 6}" text-anchor="${anchor}">${word}</text>`;
}

/** Points joined by a line. */
export function polyline(plot: Plot, values: readonly number[], name: string): Markup {
  const points = values.map((value, i) => `${place(plot.x(i))},${place(plot.y(value))}`).join(' ');
  return html`<polyline class="${name}" points="${points}" />`;
}

/** Bars from zero, all of one class in one path. */
export function bars(plot: Plot, values: readonly number[], width: number): Markup {
  const zero = place(plot.y(0));
  const path = (holds: (value: number) => boolean): string =>
    values.map((v, i) => (holds(v) ? `M${place(plot.x(i))} ${zero}V${place(plot.y(v))}` : '')).join('');
  const stroke = place(width);
  return html`<path class="gain-bar" stroke-width="${stroke}" d="${path((v) => v > 0)}" /><path
      class="loss-bar"
      stroke-width="${stroke}"
      d="${path((v) => v < 0)}"
    />`;
}
