import type { ChainTable, ContractBars, PositionView, TradeView } from '@sos/contracts';
import type { DayChartModel, Level } from '../charts/day-chart-view.js';
import { axisOf, foldBars, onAxis, type Candle } from '../charts/fold-bars.js';
import { tradeMarkers } from '../charts/markers.js';
import { overlaysOf } from '../charts/overlays.js';
import { figure } from '../format/figures.js';
import type { ChartPalette } from '../theme/chart-palette.js';
import type { ReplayView } from './replay-view.js';

/** One chart of the desk. */
export interface DeskChart {
  readonly title: string;
  readonly source: string;
  readonly summary: string;
  readonly volumeName: string;
  readonly model: DayChartModel;
}

/** How the desk is drawn. */
export interface DeskOptions {
  readonly minutes: number;
  readonly spoken: number | null;
  readonly palette: ChartPalette;
}

const VOLUME_NAMES = {
  future: 'volume of the front future',
  'option-band': 'volume of the ATM options',
  none: 'no volume',
};

function indexLevels(chain: ChainTable | null): Level[] {
  const levels: Level[] = [];
  const add = (price: number | null | undefined, title: string): void => {
    if (price !== null && price !== undefined) levels.push({ price, title, tone: 'wall' });
  };
  add(chain?.callWall, 'call wall');
  add(chain?.putWall, 'put wall');
  add(chain?.maxPain, 'max pain');
  return levels;
}

function positionLevels(positions: readonly PositionView[]): Level[] {
  return positions.flatMap((p): Level[] => [
    { price: p.entryPrice / 100, title: 'entry', tone: 'entry' },
    { price: p.stop, title: 'stop', tone: 'down' },
    { price: p.target, title: 'target', tone: 'up' },
  ]);
}

function summaryOf(candles: readonly Candle[]): string {
  const last = candles.filter((c) => c.close !== null).at(-1);
  return last === undefined ? 'nothing is known yet' : `last ${figure(last.close)}, ${candles.length} candles`;
}

interface Part {
  readonly candles: readonly Candle[];
  readonly axis: readonly number[];
  readonly trades: readonly TradeView[];
  readonly levels: readonly Level[];
  readonly isContract: boolean;
}

function modelOf(
  { candles, axis, trades, levels, isContract }: Part,
  { minutes, spoken, palette }: DeskOptions,
): DayChartModel {
  const placed = onAxis(candles, axis);
  const colours = { entry: palette.entry, up: palette.up, down: palette.down };
  const markers = tradeMarkers(trades, { minutes, spoken, atPrice: isContract, colours });
  return { candles: placed, overlays: overlaysOf(placed), markers, levels, hasInterest: isContract };
}

function contractChart(side: ContractBars, part: Part, options: DeskOptions): DeskChart {
  return {
    title: side.contract,
    source: side.source,
    summary: summaryOf(part.candles),
    volumeName: 'volume',
    model: modelOf(part, options),
  };
}

/** Index, call and put on one axis of times, with arrows, levels and lines. */
export function deskCharts(view: ReplayView, options: DeskOptions): DeskChart[] {
  const { about, index, pair, trades, minute } = view;
  const candles = foldBars(index, options.minutes);
  const sides = pair.map((side) => foldBars(side.bars, options.minutes));
  const axis = axisOf(candles, ...sides);
  const part = { candles, axis, trades, levels: indexLevels(minute.chain), isContract: false };
  const charts: DeskChart[] = [
    {
      title: about.symbol,
      source: about.source,
      summary: summaryOf(candles),
      volumeName: VOLUME_NAMES[about.volumeSource],
      model: modelOf(part, options),
    },
  ];
  pair.forEach((side, i) => {
    const own = trades.filter((t) => t.contract === side.contract);
    const levels = positionLevels(minute.positions.filter((p) => p.contract === side.contract));
    charts.push(contractChart(side, { candles: sides[i] ?? [], axis, trades: own, levels, isContract: true }, options));
  });
  return charts;
}
