import { runBacktest, type BacktestRequest, type MarketSource } from '@sos/backtester';
import {
  AppError,
  didYouMean,
  formatIst,
  istDateOf,
  istInstant,
  parseIstDate,
  type EpochMs,
  type Underlying,
} from '@sos/domain';
import { makeEngineConfig, rulebookRules, type MarketRules } from '@sos/engine';
import {
  ExplainingSource,
  createSignalSource,
  whatWouldPass,
  type Evaluated,
  type GateEvaluation,
  type WhatWouldPass,
} from '@sos/gates';
import { parseUnderlying } from '@sos/symbol-master';
import { planBacktest, type BacktestPlan } from '../backtest/backtest-options.js';
import { chooseMarket } from '../backtest/market-choice.js';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { loadGates, type LoadedGates } from '../gates/load-gates.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { evaluationLines } from './evaluation-text.js';
import { readRecordedRun, type RecordedRun } from './recorded-run.js';

/** Options of `sos explain --run` as given. */
export interface ExplainRunOptions {
  readonly run: string;
  readonly gate: string;
  readonly at: string;
  readonly symbol?: string;
  readonly json?: boolean;
}

/** The run once more, with everything that made it. */
interface Rerun {
  readonly recorded: RecordedRun;
  readonly plan: BacktestPlan;
  readonly gates: LoadedGates;
  readonly market: MarketSource;
  readonly rules: MarketRules;
}

/** `2026-01-12T10:05`, `2026-01-12 10:05`, or `10:05` on the only day of the run. */
function instantOf(text: string, { from, to }: RecordedRun): EpochMs {
  const [, day = from === to ? from : undefined, clock] =
    /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}:\d{2})$/.exec(text.trim()) ?? [];
  if (day === undefined || clock === undefined)
    throw new AppError('SOS_INPUT', `expected --at as YYYY-MM-DDTHH:MM (IST, close of the bar), found "${text}"`);
  const date = parseIstDate(day);
  if (date < from || date > to)
    throw new AppError('SOS_DATE_RANGE', `expected --at within the run, ${from} to ${to}, found ${day}`);
  return istInstant(date, clock);
}

function underlyingOf(options: ExplainRunOptions, { symbols }: RecordedRun): Underlying {
  const wanted = parseUnderlying(options.symbol ?? symbols[0] ?? '');
  if (symbols.includes(wanted)) return wanted;
  throw new AppError('SOS_INPUT', `expected --symbol as one of the run's ${symbols.join(', ')}, found ${wanted}`);
}

function requestOf({ recorded, plan, gates, rules }: Rerun, context: CommandContext): BacktestRequest {
  return {
    underlyings: plan.underlyings,
    from: plan.from,
    to: plan.to,
    config: makeEngineConfig({ startingCapital: plan.capital }),
    rules,
    gatesText: [...gates.files.map((f) => f.text), `chain ${JSON.stringify(plan.chain)}`].join('\n'),
    chainFreshMinutes: plan.chain.maxAgeMinutes,
    startedAt: context.io.now(),
    warmUpBars: recorded.warmUpBars,
  };
}

/** What differs between the run and its repetition now; empty when it is the same to the last hash. */
async function differences(rerun: Rerun, context: CommandContext): Promise<string[]> {
  const { recorded, gates, market, plan } = rerun;
  const again = await runBacktest(requestOf(rerun, context), market, () =>
    createSignalSource(gates.compiled, { chain: plan.chain }),
  );
  const pairs = [
    ['data', recorded.dataHash, again.dataHash],
    ['gates or settings', recorded.configHash, again.configHash],
    ['ledger', recorded.ledgerHash, again.ledgerHash],
  ] as const;
  return pairs.filter(([, then, now]) => then !== now).map(([what]) => what);
}

interface Question {
  readonly gate: string;
  readonly underlying: Underlying;
  readonly at: EpochMs;
}

async function evaluationAt(
  rerun: Rerun,
  context: CommandContext,
  asked: Question & { readonly values: ReadonlyMap<string, number> | null },
): Promise<GateEvaluation> {
  const { plan, gates, market } = rerun;
  const found: GateEvaluation[] = [];
  const observe = (one: Evaluated, source: ExplainingSource): void => {
    if (one.time === asked.at) found.push(source.describe(one));
  };
  const whatIf = asked.values === null ? {} : { whatIf: { time: asked.at, values: asked.values } };
  const request = { ...requestOf(rerun, context), underlyings: [asked.underlying], to: istDateOf(asked.at) };
  await runBacktest(
    request,
    market,
    () => new ExplainingSource(gates.compiled, { select: [asked.gate], chain: plan.chain, observe, ...whatIf }),
  );
  const [only] = found;
  if (only !== undefined) return only;
  throw new AppError(
    'SOS_NO_DATA',
    `expected a bar of ${asked.underlying} that closed at ${formatIst(asked.at)}, found none`,
  );
}

// `whatWouldPass` asks again and again; each answer is a replay, so they are fetched one round at a time.
async function counterfactual(
  evaluation: GateEvaluation,
  ask: (values: ReadonlyMap<string, number>) => Promise<GateEvaluation>,
): Promise<WhatWouldPass | null> {
  const answers = new Map<string, GateEvaluation>();
  for (;;) {
    const missing: ReadonlyMap<string, number>[] = [];
    const answer = whatWouldPass(evaluation, (values) => {
      const known = answers.get(JSON.stringify([...values]));
      if (known !== undefined) return known;
      missing.push(values);
      return { ...evaluation, outcome: 'fired' };
    });
    const [next] = missing;
    if (next === undefined) return answer;
    answers.set(JSON.stringify([...next]), await ask(next));
  }
}

function checkGate({ recorded }: Rerun, gate: string): void {
  const ids = recorded.gates.map(({ id }) => id);
  if (!ids.includes(gate))
    throw new AppError('SOS_UNKNOWN_GATE', `expected a gate of the run, found "${gate}"${didYouMean(gate, ids)}`);
}

// In the order of their files, which is how the run hashed them, whatever order its settings list them in.
async function gatesOf(context: CommandContext, { gates }: RecordedRun): Promise<LoadedGates> {
  const { compiled, files } = await loadGates(context, { extras: true });
  const order = new Map(files.map(({ path }, i) => [path, i]));
  const placeOf = (id: string): number =>
    order.get(compiled.gates.find(({ profile }) => profile.id === id)?.source.file ?? '') ?? -1;
  const ids = gates.map(({ id }) => id).sort((a, b) => placeOf(a) - placeOf(b));
  return loadGates(context, { ids: ids.join(',') });
}

/** `sos explain --run R --gate G --at T`: replays the run up to that bar and says what the gate was asked and what it answered. */
export async function explainRun(context: CommandContext, options: ExplainRunOptions): Promise<void> {
  const recorded = await readRecordedRun(context.settings.dataDir, options.run);
  const asked: Question = {
    gate: options.gate,
    underlying: underlyingOf(options, recorded),
    at: instantOf(options.at, recorded),
  };
  const law = await loadRulebook(context.settings.dataDir);
  const plan = planBacktest(
    {
      symbol: recorded.symbols.join(','),
      fromDate: recorded.from,
      toDate: recorded.to,
      gates: recorded.gates.map(({ id }) => id).join(','),
      source: recorded.source,
      premiums: recorded.premiums,
      capital: String(recorded.capitalRupees),
      seed: String(recorded.seed),
      chainMaxAge: String(recorded.chain.maxAgeMinutes),
    },
    law.rulebook,
  );
  const gates = await gatesOf(context, recorded);
  const monthly = gates.compiled.gates.some((g) => g.profile.option.expiry === 'monthly');
  await withStore(context, async (store) => {
    const needs = { plan, monthly, warmUpBars: recorded.warmUpBars, rulebook: law.rulebook };
    const { market } = await chooseMarket(context, store, needs);
    const rerun: Rerun = { recorded, plan, gates, market, rules: rulebookRules({ rulebook: law.rulebook }) };
    checkGate(rerun, asked.gate);
    const changed = await differences(rerun, context);
    const evaluation = await evaluationAt(rerun, context, { ...asked, values: null });
    const wouldPass = await counterfactual(evaluation, (values) => evaluationAt(rerun, context, { ...asked, values }));
    if (options.json === true)
      return context.print(
        JSON.stringify(
          { run: recorded.runId, data: recorded.used, changedSince: changed, evaluation, wouldPass },
          null,
          2,
        ),
      );
    if (changed.length > 0)
      context.note(`note: ${changed.join(', ')} differ from the run's: what follows explains today's repetition of it`);
    for (const line of evaluationLines(evaluation, wouldPass, context.palette)) context.print(line);
    context.print(
      `[data: ${recorded.used}] run ${recorded.runId}, ${changed.length === 0 ? 'repeated with the same data, gates and ledger' : 'repeated with differences'}`,
    );
  });
}
