import path from 'node:path';
import type { Report } from '@sos/analytics';
import { runBacktest, trialOfRun, type BacktestProgress, type RunResult } from '@sos/backtester';
import { makeEngineConfig, rulebookRules } from '@sos/engine';
import { createSignalSource } from '@sos/gates';
import { rupeesOf } from '@sos/domain';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { requireCoverage, type RunCoverage } from '../coverage/require-coverage.js';
import { withStore } from '../db/with-store.js';
import { loadGates, type LoadedGates } from '../gates/load-gates.js';
import { loadRulebook, type LoadedRulebook } from '../rules/load-rulebook.js';
import { reportText } from '../render/report-text.js';
import { reportOfRun } from '../reporting/report-of-run.js';
import { trialsOfRun } from '../reporting/trials-of-run.js';
import { gateSources, ruleSources } from '../run-folder/source-files.js';
import { writeRunFolder } from '../run-folder/write-run-folder.js';
import { paletteOf } from '../terminal/palette.js';
import { startProgress } from '../terminal/progress.js';
import { planBacktest, type BacktestOptions, type BacktestPlan } from './backtest-options.js';
import { backtestJson } from './backtest-json.js';
import { chooseMarket, type ChosenMarket } from './market-choice.js';

const TWO_SESSIONS = 750;

/** A backtest that wants nothing but data. */
export interface Prepared {
  readonly plan: BacktestPlan;
  readonly gates: LoadedGates;
  readonly warmUpBars: number;
  readonly law: LoadedRulebook;
}

/** Runs a prepared backtest on the data chosen for it. */
export async function runPrepared(
  context: CommandContext,
  prepared: Prepared,
  { market }: ChosenMarket,
): Promise<RunResult> {
  const { plan, gates, warmUpBars, law } = prepared;
  const progress = await startProgress(context.io, 'Backtest');
  const request = {
    underlyings: plan.underlyings,
    from: plan.from,
    to: plan.to,
    config: makeEngineConfig({ startingCapital: plan.capital }),
    rules: rulebookRules({ rulebook: law.rulebook }),
    // How the chain is read decides as much as the gates themselves, so it is hashed with them.
    gatesText: [...gates.files.map((f) => f.text), `chain ${JSON.stringify(plan.chain)}`].join('\n'),
    chainFreshMinutes: plan.chain.maxAgeMinutes,
    startedAt: context.io.now(),
    warmUpBars,
    onProgress: (p: BacktestProgress) =>
      progress.update(p.sessionsDone, p.sessionsTotal, `${p.date}, ${p.trades} trades`),
  };
  try {
    return await runBacktest(request, market, () => createSignalSource(gates.compiled, { chain: plan.chain }));
  } finally {
    progress.stop();
  }
}

function configOf(
  { plan, gates, warmUpBars, law }: Prepared,
  { chosen, universe }: ChosenMarket & { readonly universe: RunCoverage | null },
): Record<string, unknown> {
  return {
    symbols: plan.underlyings,
    from: plan.from,
    to: plan.to,
    gates: gates.compiled.gates.map((g) => ({ id: g.profile.id, version: g.file.version })),
    source: plan.source,
    used: chosen,
    universe,
    premiums: plan.premiums,
    capitalRupees: rupeesOf(plan.capital),
    seed: plan.seed,
    chain: plan.chain,
    warmUpBars,
    ownRules: law.files,
    engine: makeEngineConfig({ startingCapital: plan.capital }),
  };
}

async function keep(
  context: CommandContext,
  store: Store,
  record: Parameters<typeof writeRunFolder>[1],
): Promise<string> {
  return writeRunFolder(path.join(context.settings.dataDir, 'runs'), record, {
    plain: paletteOf(context.io, false),
    between: () => store.saveRun(record.result),
  });
}

function show(
  context: CommandContext,
  shown: {
    readonly report: Report;
    readonly folder: string;
    readonly json: boolean;
    readonly universe: RunCoverage | null;
  },
): void {
  const { report, folder, json, universe } = shown;
  if (json) return context.print(JSON.stringify({ ...backtestJson(report, folder), universe }, null, 2));
  context.io.out.write(reportText(report, context.palette, { stamps: stampsOf(universe) }));
  const data = report.provenance.label;
  context.print(`${data === null ? '' : `[${data}] `}written to ${folder}`);
}

const stampsOf = (universe: RunCoverage | null): string[] => (universe?.stamp ? [universe.stamp] : []);

/** `sos backtest`: checks, data, run, record, report. Nothing counts as recorded until folder and database both have the whole run. */
export async function backtest(context: CommandContext, options: BacktestOptions): Promise<void> {
  const law = await loadRulebook(context.settings.dataDir);
  const plan = planBacktest(options, law.rulebook);
  if (law.files.length > 0 && options.json !== true) context.note(`note: with your rows of ${law.files.join(', ')}`);
  const gates = await loadGates(context, { ids: plan.gates, extras: plan.extras });
  const warmUpBars = Math.max(TWO_SESSIONS, gates.compiled.warmUpBars);
  const monthly = gates.compiled.gates.some((g) => g.profile.option.expiry === 'monthly');
  const prepared = { plan, gates, warmUpBars, law };
  await withStore(context, async (store) => {
    const market = await chooseMarket(context, store, { plan, monthly, warmUpBars, rulebook: law.rulebook });
    const needs = { ...plan, monthly, pageMinutes: plan.chain.maxAgeMinutes, rulebook: law.rulebook };
    const universe =
      market.filter === null ? null : await requireCoverage(context, store, { ...needs, filter: market.filter });
    const result = await runPrepared(context, prepared, market);
    // Tried is tried, whether or not the run can be kept; then this run is among the trials that deflate it.
    await store.recordTrials([trialOfRun(result)]);
    const report = reportOfRun(result, await trialsOfRun(store, result));
    const config = configOf(prepared, { ...market, universe });
    const sources = {
      gates: gateSources(gates.files),
      rules: await ruleSources(context.settings.dataDir, law.files),
    };
    const record = { result, report, config, stamps: stampsOf(universe), ...sources };
    const folder = await keep(context, store, record);
    show(context, { report, folder, json: options.json === true, universe });
  });
}
