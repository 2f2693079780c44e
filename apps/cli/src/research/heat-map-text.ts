import type { PlateauMap, SweepMetric } from '@sos/backtester';
import { UNKNOWN } from '../render/format-figures.js';
import { renderTable } from '../render/table.js';

const SHADES = ['░', '▒', '▓', '█'] as const;

/** A figure of a metric, short: money in whole rupees. */
export function shortFigure(metric: SweepMetric, value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  if (metric === 'net' || metric === 'expectancy') return Math.round(value / 100).toLocaleString('en-IN');
  if (metric === 'win-rate' || metric === 'drawdown') return `${(value * 100).toFixed(1)} %`;
  return value.toFixed(metric === 'trades' ? 0 : 2);
}

/** Where a value lies between the least and the most of a map, 0..1; a half when all are equal. */
export function shareOf(value: number, [least, most]: readonly [number, number]): number {
  return most > least ? (value - least) / (most - least) : 0.5;
}

/** The least and the most mean of a map. */
export function extentOf(map: PlateauMap): readonly [number, number] {
  const means = map.cells
    .flat()
    .map((cell) => cell.mean)
    .filter(Number.isFinite);
  return [Math.min(...means), Math.max(...means)];
}

/** A plateau as text: rows from the largest y down, shaded from the worst (light) to the best (dark). */
export function heatMapText(map: PlateauMap, metric: SweepMetric): string {
  const extent = extentOf(map);
  const shade = (value: number): string =>
    Number.isFinite(value) ? (SHADES[Math.min(3, Math.floor(4 * shareOf(value, extent)))] ?? '█').repeat(2) : '  ';
  const rows = map.cells.map((cells, row) => [
    map.y === null ? '' : String(map.y.values[row]),
    ...cells.map(({ mean }) => `${shade(mean)} ${shortFigure(metric, mean)}`),
  ]);
  const corner = map.y === null ? map.x.name : `${map.y.name} \\ ${map.x.name}`;
  const columns = [{ name: corner }, ...map.x.values.map((x) => ({ name: String(x), align: 'right' as const }))];
  return renderTable(columns, rows.reverse());
}
