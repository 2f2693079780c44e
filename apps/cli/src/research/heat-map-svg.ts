import type { PlateauMap, SweepMetric } from '@sos/backtester';
import { extentOf, shareOf, shortFigure } from './heat-map-text.js';

const CELL = { width: 72, height: 34 };
const LEFT = 90;
const TOP = 64;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// From blue through white to orange: told apart by people who cannot tell red from green.
function colourOf(share: number): string {
  const [from, to, at] =
    share < 0.5 ? [[33, 102, 172], [247, 247, 247], share * 2] : [[247, 247, 247], [217, 95, 2], share * 2 - 1];
  const channel = (i: number): number => Math.round((from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * at);
  return `rgb(${channel(0)},${channel(1)},${channel(2)})`;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly more?: string;
}

const textAt = ({ x, y, text, more = '' }: Text): string =>
  `<text x="${x}" y="${y}" text-anchor="middle" ${more}>${escaped(text)}</text>`;

/** The plateau as a picture: one rectangle per cell with its mean; every number is also in its tooltip. */
export function heatMapSvg(map: PlateauMap, { metric, title }: { metric: SweepMetric; title: string }): string {
  const extent = extentOf(map);
  const rows = map.cells.length;
  const [width, height] = [LEFT + map.x.values.length * CELL.width + 20, TOP + rows * CELL.height + 50];
  const parts: string[] = [];
  for (const [row, cells] of map.cells.entries()) {
    const y = TOP + (rows - 1 - row) * CELL.height;
    if (map.y !== null) parts.push(textAt({ x: LEFT - 30, y: y + 21, text: String(map.y.values[row]) }));
    for (const [column, cell] of cells.entries()) {
      const x = LEFT + column * CELL.width;
      const isKnown = Number.isFinite(cell.mean);
      const fill = isKnown ? colourOf(shareOf(cell.mean, extent)) : '#dddddd';
      const place = `${map.x.name} ${map.x.values[column]}${map.y === null ? '' : `, ${map.y.name} ${map.y.values[row]}`}`;
      const said = `${place}: mean ${shortFigure(metric, cell.mean)}, worst ${shortFigure(metric, cell.worst)}, best ${shortFigure(metric, cell.best)}, ${cell.variants} variants`;
      parts.push(
        `<g><title>${escaped(said)}</title><rect x="${x}" y="${y}" width="${CELL.width - 1}" height="${CELL.height - 1}" fill="${fill}"/>`,
        textAt({ x: x + CELL.width / 2, y: y + 21, text: shortFigure(metric, cell.mean), more: 'fill="#111"' }),
        '</g>',
      );
    }
  }
  const below = TOP + rows * CELL.height;
  for (const [column, value] of map.x.values.entries())
    parts.push(textAt({ x: LEFT + (column + 0.5) * CELL.width, y: below + 16, text: String(value) }));
  parts.push(
    textAt({
      x: LEFT + (map.x.values.length * CELL.width) / 2,
      y: below + 38,
      text: map.x.name,
      more: 'font-weight="bold"',
    }),
  );
  if (map.y !== null)
    parts.push(
      `<text transform="translate(16 ${TOP + (rows * CELL.height) / 2}) rotate(-90)" text-anchor="middle" font-weight="bold">${escaped(map.y.name)}</text>`,
    );
  const heading = `<text x="12" y="24" font-size="15" font-weight="bold">${escaped(title)}</text><text x="12" y="44">mean ${metric} of the variants of each cell</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${heading}${parts.join('')}</svg>\n`;
}
