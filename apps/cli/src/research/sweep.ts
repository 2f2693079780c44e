import path from 'node:path';
import {
  metricValue,
  neighbourhoods,
  parseSweepMetric,
  plateauMap,
  scoreSweep,
  type PlateauMap,
  type SweepScore,
} from '@sos/backtester';
import { AppError, didYouMean } from '@sos/domain';
import { compileGates, formatProblem, lintGates } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { planSweep, type PlannedSweep, type SweepPlanOptions } from './plan-sweep.js';
import { parseCount, prepareResearch, type Prepared, type ResearchOptions } from './prepare-research.js';
import { runJob, type JobOutcome } from './run-job.js';
import { sweepJson } from './sweep-json.js';
import { sweepText } from './sweep-text.js';
import { editedText } from './variant-texts.js';
import { writeSweepFolder } from './write-sweep-folder.js';

/** Options of `sos sweep` as given. */
export interface SweepOptions extends Omit<ResearchOptions, 'param'>, SweepPlanOptions {
  readonly metric: string;
  readonly top: string;
  /** Parameters of the plateau map; the first two that vary when left out. */
  readonly x?: string;
  readonly y?: string;
}

/** Everything a finished sweep says. */
export interface FinishedSweep {
  readonly prepared: Prepared;
  readonly planned: PlannedSweep;
  readonly outcome: JobOutcome;
  readonly score: SweepScore;
  /** Of each variant, by index: how its neighbours do. */
  readonly neighbourhoods: readonly number[];
  readonly map: PlateauMap;
}

function axisOf(planned: PlannedSweep, option: string, name: string | undefined): PlannedSweep['axes'][number] | null {
  if (name === undefined) return null;
  const found = planned.axes.find((axis) => axis.name === name);
  if (found !== undefined) return found;
  const names = planned.axes.map((axis) => axis.name);
  throw new AppError(
    'SOS_INPUT',
    `expected ${option} as one of ${names.join(', ')}, found "${name}"${didYouMean(name, names)}`,
  );
}

function mapAxes(planned: PlannedSweep, options: SweepOptions): readonly PlannedSweep['axes'][number][] {
  const varied = planned.axes.filter(({ from, to }) => from < to);
  const x = axisOf(planned, '--x', options.x) ?? varied.find(({ name }) => name !== options.y) ?? planned.axes[0];
  const y = axisOf(planned, '--y', options.y) ?? varied.find((axis) => axis !== x);
  return [x, y].filter((axis) => axis !== undefined);
}

interface Ran {
  readonly prepared: Prepared;
  readonly planned: PlannedSweep;
  readonly outcome: JobOutcome;
}

function finish({ prepared, planned, outcome }: Ran, options: SweepOptions): FinishedSweep {
  const metric = parseSweepMetric(options.metric);
  const { trials, sharpeVariance } = outcome.trials;
  const search = { trials, sharpeVariance };
  const score = scoreSweep(outcome.results, { metric, startingCapital: prepared.job.capital, search });
  const values = new Map(score.ranked.map(({ result, figures }) => [result.variant, metricValue(figures, metric)]));
  const points = planned.params.map((params, i) => ({ params, value: values.get(i) ?? Number.NaN }));
  const [x, y] = mapAxes(planned, options);
  if (x === undefined) throw new AppError('SOS_INPUT', 'expected at least one parameter to vary, found none');
  return {
    ...{ prepared, planned, outcome, score },
    neighbourhoods: neighbourhoods(points, planned.axes),
    map: plateauMap(points, x, y ?? null),
  };
}

/** What the semantic lint says of the best variant: a sweep likes to end where a gate makes no sense. */
function notesOfBest({ prepared, planned, score }: FinishedSweep): string[] {
  const best = score.ranked[0]?.result.variant ?? 0;
  const { file, text } = prepared.gate.source;
  const edits = planned.variants[best]?.edits ?? [];
  const { gates } = compileGates([{ path: `${file} (best variant)`, text: editedText(text, edits) }]);
  return lintGates(gates).map(formatProblem);
}

/** `sos sweep`: variants of a gate over the same days, judged against everything that was ever tried on them; exit code 1 when a variant failed. */
export async function sweep(context: CommandContext, options: SweepOptions): Promise<void> {
  parseSweepMetric(options.metric);
  const top = parseCount('--top', options.top, [1, 100_000]);
  await withStore(context, async (store) => {
    const prepared = await prepareResearch(context, store, options);
    const planned = planSweep(prepared.gate, options);
    mapAxes(planned, options);
    const { refused } = planned;
    if (refused !== null)
      context.note(`note: ${refused.count} parameter sets are impossible and left out, first: ${refused.first}`);
    const outcome = await runJob(context, store, { command: 'sweep', prepared, variants: planned.variants, options });
    const finished = finish({ prepared, planned, outcome }, options);
    const folder = path.resolve(
      context.io.cwd,
      options.out ?? path.join(context.settings.dataDir, 'research', `sweep-${outcome.resultHash.slice(0, 12)}`),
    );
    await writeSweepFolder(folder, finished);
    for (const line of notesOfBest(finished)) context.note(`note: ${line}`);
    report(context, finished, { folder, top, json: options.json === true });
  });
}

function report(
  context: CommandContext,
  finished: FinishedSweep,
  { folder, top, json }: { readonly folder: string; readonly top: number; readonly json: boolean },
): void {
  const failed = finished.outcome.results.filter((r) => r.failure !== null);
  if (failed.length > 0) {
    context.exitWith(1);
    context.note(`error: ${failed.length} variants failed, first variant ${failed[0]?.variant}: ${failed[0]?.failure}`);
  }
  if (json) return context.print(JSON.stringify({ ...sweepJson(finished), folder }, null, 2));
  context.io.out.write(sweepText(finished, top, context.palette));
  context.print(`written to ${folder}`);
}
