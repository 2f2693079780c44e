import { parseAxis } from '@sos/backtester';
import { AppError, type IstDate } from '@sos/domain';
import { ENGINE_VERSION } from '@sos/engine';
import { compileGates, type CompiledGate } from '@sos/gates';
import { ensureDatabase, type Store } from '@sos/store';
import { planBacktest, type BacktestOptions } from '../backtest/backtest-options.js';
import { chooseMarket } from '../backtest/market-choice.js';
import type { CommandContext } from '../commands/command-context.js';
import { requireCoverage } from '../coverage/require-coverage.js';
import { loadGates } from '../gates/load-gates.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { gateOfJob, type ResearchJob } from './research-job.js';

/** Options that every research command over a gate shares, as given. */
export interface ResearchOptions extends Omit<BacktestOptions, 'gates' | 'extras'> {
  readonly gate: string;
  /** Parameters that are varied, as `name=from:to:step`. */
  readonly param?: readonly string[];
  readonly workers: string;
  /** Run by the workers of the queue instead of by threads; a text is the queue's address. */
  readonly queue?: boolean | string;
  readonly out?: string;
}

/** A gate, its data and the law, ready for variants. */
export interface Prepared {
  readonly gate: CompiledGate;
  readonly job: ResearchJob;
  readonly days: readonly IstDate[];
  /** The database that holds the data. */
  readonly databaseUrl: string;
  /** How incomplete the data are, to be printed with the results; null while little is missing. */
  readonly stamp: string | null;
}

const TWO_SESSIONS = 750;

/** Address of the database of this command. */
export async function databaseUrlOf({ settings }: CommandContext): Promise<string> {
  const { dataDir, databaseUrl } = settings;
  return (await ensureDatabase({ dataDir, databaseUrl })).url;
}

/** A whole number from 1 to 64. @throws SOS_INPUT */
export function parseWorkers(text: string): number {
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 64) return workers;
  throw new AppError('SOS_INPUT', `expected --workers as a whole number from 1 to 64, found "${text}"`);
}

/** A whole number within bounds. @throws SOS_INPUT */
export function parseCount(option: string, text: string, [low, high]: readonly [number, number]): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= low && count <= high) return count;
  throw new AppError('SOS_INPUT', `expected ${option} as a whole number from ${low} to ${high}, found "${text}"`);
}

async function oneGate(context: CommandContext, id: string): Promise<CompiledGate> {
  const { compiled } = await loadGates(context, { ids: id });
  const [gate, second] = compiled.gates;
  if (gate !== undefined && second === undefined) return gate;
  throw new AppError('SOS_INPUT', `expected --gate with one gate, found "${id}"`);
}

/** History that the slowest variant needs: with every parameter that is varied at the upper end of its range. */
function warmUpOf(gate: CompiledGate, param: readonly string[]): number {
  const ends = Object.fromEntries(param.map(parseAxis).map(({ name, to }) => [name, to]));
  const { file, text } = gate.source;
  const slowest = compileGates([{ path: file, text }], { params: { [gate.profile.id]: ends } }).gates;
  return Math.max(TWO_SESSIONS, gate.warmUpBars, slowest.warmUpBars);
}

/** Checks everything before the first variant runs, as `sos backtest` would: law, days, gate, data; simulated days are made here. */
export async function prepareResearch(
  context: CommandContext,
  store: Store,
  options: ResearchOptions,
): Promise<Prepared> {
  const law = await loadRulebook(context.settings.dataDir);
  const plan = planBacktest({ ...options, gates: options.gate }, law.rulebook);
  const gate = await oneGate(context, options.gate);
  const warmUpBars = warmUpOf(gate, options.param ?? []);
  const monthly = gate.profile.option.expiry === 'monthly';
  const chosen = await chooseMarket(context, store, { plan, monthly, warmUpBars, rulebook: law.rulebook });
  // Simulated days are whole, and stored in the data set that `chosen` names.
  const filter = chosen.filter ?? chosen.chosen;
  const needs = { ...plan, monthly, filter, pageMinutes: plan.chain.maxAgeMinutes, rulebook: law.rulebook };
  const universe = chosen.filter === null ? null : await requireCoverage(context, store, needs);
  const { underlyings, from, to, premiums, seed, capital, chain } = plan;
  const job: ResearchJob = {
    gate: { path: gate.source.file, text: gate.source.text },
    ...{ underlyings, from, to, premiums, seed, capital, chain, monthly, warmUpBars },
    filter,
    rulebookVersion: law.rulebook.version,
    engineVersion: ENGINE_VERSION,
  };
  return {
    gate: gateOfJob(job),
    job,
    days: plan.days,
    databaseUrl: await databaseUrlOf(context),
    stamp: universe?.stamp ?? null,
  };
}
