import {
  walkForward,
  walkForwardFolds,
  type WalkForwardMetric,
  type WalkForwardPlan,
  type WalkForwardResult,
} from '@sos/backtester';
import { AppError, didYouMean } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { formatMoney, UNKNOWN } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import { planSweep, type PlannedSweep, type SweepPlanOptions } from './plan-sweep.js';
import { parseCount, prepareResearch, type Prepared, type ResearchOptions } from './prepare-research.js';
import { researchHead, trialsLine } from './research-lines.js';
import { runJob, type JobOutcome } from './run-job.js';

/** Options of `sos walkforward` as given. */
export interface WalkForwardOptions extends Omit<ResearchOptions, 'param'>, SweepPlanOptions {
  readonly rolling?: boolean;
  readonly train: string;
  readonly test: string;
  readonly purge: string;
  readonly embargo: string;
  readonly metric: string;
}

const MOST_SESSIONS = 10_000;

function planOf(options: WalkForwardOptions): WalkForwardPlan {
  const count = (name: 'train' | 'test' | 'purge' | 'embargo', least: number): number =>
    parseCount(`--${name}`, options[name], [least, MOST_SESSIONS]);
  return {
    kind: options.rolling === true ? 'rolling' : 'anchored',
    ...{ train: count('train', 2), test: count('test', 1), purge: count('purge', 0), embargo: count('embargo', 0) },
  };
}

function metricOf(text: string): WalkForwardMetric {
  if (text === 'sharpe' || text === 'net') return text;
  throw new AppError(
    'SOS_INPUT',
    `expected --metric sharpe or net, found "${text}"${didYouMean(text, ['sharpe', 'net'])}`,
  );
}

const ratio = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : UNKNOWN);
const paramsText = (planned: PlannedSweep, variant: number): string =>
  Object.entries(planned.params[variant] ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

interface Finished {
  readonly prepared: Prepared;
  readonly planned: PlannedSweep;
  readonly outcome: JobOutcome;
  readonly plan: WalkForwardPlan;
  readonly result: WalkForwardResult;
}

function textOf({ prepared, planned, outcome, plan, result }: Finished, palette: CommandContext['palette']): string {
  const { job, gate, stamp } = prepared;
  const ran = planned.variants.length;
  const title = `Walk-forward of ${gate.profile.id} (${plan.kind}): ${result.folds.length} folds, ${ran} variants, ${job.underlyings.join(', ')} ${outcome.sessions[0]} to ${outcome.sessions.at(-1)}`;
  const columns = figures('train', 'test', 'chosen', 'Sharpe in', 'Sharpe out', 'net in ₹', 'net out ₹', 'rank out');
  const rows = result.folds.map((f) => [
    f.trainDates.join(' – '),
    f.testDates.join(' – '),
    paramsText(planned, f.variant),
    ...[ratio(f.sharpeIn), ratio(f.sharpeOut), formatMoney(f.netIn), formatMoney(f.netOut), `${f.rankOut} of ${ran}`],
  ]);
  return [
    ...researchHead({ title, source: outcome.source, stamp }, palette),
    `training ${plan.train} sessions${plan.kind === 'anchored' ? ' and growing' : ''}, test ${plan.test}, purge ${plan.purge}, embargo ${plan.embargo}`,
    trialsLine(outcome.trials),
    renderTable(columns, rows),
    `out of sample: net ₹${formatMoney(result.netOut)} over ${result.testNets.length} sessions, Sharpe ${ratio(result.sharpeOut)}; in sample ${ratio(result.sharpeIn)}; efficiency ${ratio(result.efficiency)}`,
    `result hash ${outcome.resultHash}`,
    '',
  ].join('\n');
}

function jsonOf({ prepared, planned, outcome, plan, result }: Finished): Record<string, unknown> {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const { job, gate, stamp } = prepared;
  return {
    gate: gate.profile.id,
    ...{ symbols: job.underlyings, from: job.from, to: job.to, data: outcome.source, stamp, plan },
    ...{ resultHash: outcome.resultHash, trials: outcome.trials },
    folds: result.folds.map((f) => ({
      ...f,
      ...{ params: planned.params[f.variant], sharpeIn: known(f.sharpeIn), sharpeOut: known(f.sharpeOut) },
    })),
    outOfSample: { netPaise: result.netOut, sessions: result.testNets.length, sharpe: known(result.sharpeOut) },
    inSample: { sharpe: known(result.sharpeIn) },
    efficiency: known(result.efficiency),
    testNets: result.testNets,
  };
}

/** `sos walkforward`: the variant that was best in each training, followed through the sessions behind it. */
export async function runWalkForward(context: CommandContext, options: WalkForwardOptions): Promise<void> {
  const plan = planOf(options);
  const metric = metricOf(options.metric);
  await withStore(context, async (store) => {
    const prepared = await prepareResearch(context, store, options);
    // Days without data can only make fewer sessions: what is impossible with all of them is refused before anything runs.
    walkForwardFolds(prepared.days.length, plan);
    const planned = planSweep(prepared.gate, options);
    const outcome = await runJob(context, store, {
      command: 'walkforward',
      prepared,
      variants: planned.variants,
      options,
    });
    const startingCapital = prepared.job.capital;
    const result = walkForward({ sessions: outcome.sessions, results: outcome.results, plan, metric, startingCapital });
    const finished = { prepared, planned, outcome, plan, result };
    if (options.json === true) context.print(JSON.stringify(jsonOf(finished), null, 2));
    else context.io.out.write(textOf(finished, context.palette));
  });
}
