import type { VariantFigures } from '@sos/backtester';
import type { FinishedSweep } from './sweep.js';

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Unknown figures as null: JSON has no NaN. */
export function figuresJson(figures: VariantFigures): Record<keyof VariantFigures, number | null> {
  const entries = Object.entries(figures).map(([name, value]) => [name, known(value as number)] as const);
  return Object.fromEntries(entries) as Record<keyof VariantFigures, number | null>;
}

/** A finished sweep for machines; money in paise, best variant first. */
export function sweepJson(sweep: FinishedSweep): Record<string, unknown> {
  const { prepared, planned, outcome, score, map } = sweep;
  const { job, gate, stamp } = prepared;
  const { pbo, probabilityOfLoss, ...blocks } = score.overfitting;
  return {
    gate: gate.profile.id,
    ...{ symbols: job.underlyings, from: job.from, to: job.to, data: outcome.source, dataset: job.filter, stamp },
    sessions: outcome.sessions.length,
    design: planned.design,
    axes: planned.axes,
    refused: planned.refused,
    metric: score.metric,
    resultHash: outcome.resultHash,
    trials: outcome.trials,
    overfitting: { pbo: pbo.value, probabilityOfLoss: probabilityOfLoss.value, ...blocks },
    variants: score.ranked.map(({ result, figures, deflatedSharpe }) => ({
      variant: result.variant,
      params: planned.params[result.variant],
      ...figuresJson(figures),
      deflatedSharpe: deflatedSharpe.value,
      neighbourhood: known(sweep.neighbourhoods[result.variant] ?? Number.NaN),
      ...{ configHash: result.configHash, dataHash: result.dataHash, ledgerHash: result.ledgerHash },
      failure: result.failure,
    })),
    plateau: {
      ...{ x: map.x, y: map.y },
      cells: map.cells.map((row) =>
        row.map(({ mean, best, worst, variants }) => ({
          mean: known(mean),
          best: known(best),
          worst: known(worst),
          variants,
        })),
      ),
    },
  };
}
