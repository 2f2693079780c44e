import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { csvLine, type CsvCell } from '../render/csv.js';
import { resultWord } from '../render/format-figures.js';
import { heatMapSvg } from './heat-map-svg.js';
import { figuresJson, sweepJson } from './sweep-json.js';
import type { FinishedSweep } from './sweep.js';

function variantsCsv({ planned, score, outcome, neighbourhoods }: FinishedSweep): string {
  const names = planned.axes.map(({ name }) => name);
  const head = [
    'rank',
    'data',
    'variant',
    ...names,
    'trades',
    'net_paise',
    'sharpe',
    'deflated_sharpe',
    'profit_factor',
  ];
  const more = ['win_rate', 'max_drawdown', 'neighbourhood', 'config_hash', 'failure'];
  const lines = score.ranked.map(({ result, figures, deflatedSharpe }, i): CsvCell[] => {
    const f = figuresJson(figures);
    const around = neighbourhoods[result.variant] ?? Number.NaN;
    return [
      ...[i + 1, resultWord(outcome.source), result.variant],
      ...names.map((name) => planned.params[result.variant]?.[name] ?? null),
      ...[f.trades, f.net, f.sharpe, deflatedSharpe.value, f.profitFactor, f.winRate, f.drawdown],
      ...[Number.isFinite(around) ? around : null, result.configHash, result.failure],
    ];
  });
  return [[...head, ...more], ...lines].map(csvLine).join('');
}

function plateauCsv({ map, score }: FinishedSweep): string {
  const cell = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const lines = map.cells.flatMap((cells, row) =>
    cells.map((c, column): CsvCell[] => [
      ...[map.x.values[column] ?? null, map.y?.values[row] ?? null],
      ...[cell(c.mean), cell(c.best), cell(c.worst), c.variants],
    ]),
  );
  const head = [map.x.name, map.y?.name ?? '', `mean_${score.metric}`, 'best', 'worst', 'variants'];
  return [head, ...lines].map(csvLine).join('');
}

/** Writes what a sweep came to: `sweep.json`, `variants.csv`, `plateau.csv`, `plateau.svg`. */
export async function writeSweepFolder(folder: string, sweep: FinishedSweep): Promise<void> {
  const { prepared, outcome, score, map } = sweep;
  const { job, gate } = prepared;
  const title = `${gate.profile.id} on ${job.underlyings.join(', ')}, ${job.from} to ${job.to} [data: ${resultWord(outcome.source)}]`;
  await mkdir(folder, { recursive: true });
  const files = {
    'sweep.json': `${JSON.stringify(sweepJson(sweep), null, 2)}\n`,
    'variants.csv': variantsCsv(sweep),
    'plateau.csv': plateauCsv(sweep),
    'plateau.svg': heatMapSvg(map, { metric: score.metric, title }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}
