import { formatMoney, formatRatio, formatShare, UNKNOWN } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import type { Palette } from '../terminal/palette.js';
import { heatMapText, shortFigure } from './heat-map-text.js';
import { researchHead, trialsLine } from './research-lines.js';
import type { FinishedSweep } from './sweep.js';

const money = (paise: number): string => (Number.isFinite(paise) ? formatMoney(paise) : UNKNOWN);
const ratio = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : UNKNOWN);
const share = (value: number): string => (Number.isFinite(value) ? `${(value * 100).toFixed(1)} %` : UNKNOWN);

function ranking({ planned, score, neighbourhoods }: FinishedSweep, top: number): string {
  const names = planned.axes.map(({ name }) => name);
  const columns = figures(
    '#',
    ...names,
    'trades',
    'net ₹',
    'Sharpe',
    'DSR',
    'PF',
    'win',
    'max DD',
    `around (${score.metric})`,
  );
  const rows = score.ranked
    .slice(0, top)
    .map(({ result, figures: f, deflatedSharpe }, i) => [
      String(i + 1),
      ...names.map((name) => String(planned.params[result.variant]?.[name])),
      ...(result.failure === null ? [String(f.trades), money(f.net)] : ['failed', UNKNOWN]),
      ...[ratio(f.sharpe), formatRatio(deflatedSharpe), ratio(f.profitFactor), share(f.winRate), share(f.drawdown)],
      shortFigure(score.metric, neighbourhoods[result.variant] ?? Number.NaN),
    ]);
  return renderTable(columns, rows);
}

function overfittingLine({ overfitting }: FinishedSweep['score']): string {
  const { pbo, probabilityOfLoss, blocks, splits, leftOut } = overfitting;
  if (pbo.value === null) return `probability of overfitting: unknown (${pbo.reason})`;
  const left = leftOut > 0 ? `, the first ${leftOut} sessions left out` : '';
  const how = `${splits} splits of ${blocks} blocks${left}`;
  return `probability of overfitting (PBO) ${formatShare(pbo)}; the best in sample loses out of sample in ${formatShare(probabilityOfLoss)} of ${how}`;
}

/** A finished sweep for people: ranking, overfitting, plateau. */
export function sweepText(sweep: FinishedSweep, top: number, palette: Palette): string {
  const { prepared, planned, outcome, score, map } = sweep;
  const { job, gate, stamp } = prepared;
  const days = `${job.underlyings.join(', ')} ${outcome.sessions[0]} to ${outcome.sessions.at(-1)}, ${outcome.sessions.length} sessions`;
  const title = `Sweep of ${gate.profile.id}: ${planned.variants.length} variants (${planned.design}) on ${days}`;
  const shown = Math.min(top, score.ranked.length);
  const plateau = map.y === null ? map.x.name : `${map.x.name} × ${map.y.name}`;
  return [
    ...researchHead({ title, source: outcome.source, stamp }, palette),
    trialsLine(outcome.trials),
    overfittingLine(score),
    '',
    palette.title(
      `Best ${shown} of ${score.ranked.length} by ${score.metric}; DSR = probability that the Sharpe ratio is more than luck`,
    ),
    ranking(sweep, top),
    '',
    palette.title(`Plateau of ${score.metric} over ${plateau} (mean of the variants of each cell)`),
    heatMapText(map, score.metric),
    `result hash ${outcome.resultHash}`,
    '',
  ].join('\n');
}
