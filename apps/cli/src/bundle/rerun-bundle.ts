import { AppError, rupeesOf } from '@sos/domain';
import { compileGates, gateProblemsError } from '@sos/gates';
import { createRulebook, defaultRulebook, parseRuleRows } from '@sos/rulebook';
import { planBacktest, type BacktestPlan } from '../backtest/backtest-options.js';
import { runPrepared, type Prepared } from '../backtest/backtest.js';
import { chooseMarket } from '../backtest/market-choice.js';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import type { RunDossier } from '../run-folder/run-dossier.js';
import { reportHash, type RunBundle } from './bundle-format.js';

const SIMULATED_DATASET = /^SIMULATED-seed-/;

function planOf({ result, dossier: { config } }: RunBundle, rulebook: Prepared['law']['rulebook']): BacktestPlan {
  const chain = config['chain'];
  const maxAge = typeof chain === 'object' && chain !== null && 'maxAgeMinutes' in chain ? chain.maxAgeMinutes : null;
  const { used, source, premiums, seed, warmUpBars } = config;
  if (
    typeof maxAge !== 'number' ||
    typeof used !== 'string' ||
    typeof source !== 'string' ||
    typeof premiums !== 'string'
  )
    throw new AppError('SOS_DATA_CORRUPT', 'expected source, premiums and chain in the configuration, found others');
  if (typeof seed !== 'number' || typeof warmUpBars !== 'number')
    throw new AppError('SOS_DATA_CORRUPT', 'expected seed and warmUpBars in the configuration, found others');
  return planBacktest(
    {
      symbol: result.underlyings.join(','),
      fromDate: result.from,
      toDate: result.to,
      // `auto` came to one of the two where the run was made; here it must come to the same.
      source: source === 'auto' ? (SIMULATED_DATASET.test(used) ? 'simulated' : 'imported') : source,
      premiums,
      capital: String(rupeesOf(result.startingCapital)),
      seed: String(seed),
      chainMaxAge: String(maxAge),
    },
    rulebook,
  );
}

function lawOf({ rules }: RunDossier): Prepared['law'] {
  if (rules.length === 0) return { rulebook: defaultRulebook(), files: [] };
  const rows = rules.flatMap(({ file, text }) => parseRuleRows(JSON.parse(text), file));
  return { rulebook: createRulebook(rows), files: rules.map((one) => one.file) };
}

function prepare(bundle: RunBundle): Prepared {
  const { dossier } = bundle;
  const law = lawOf(dossier);
  const files = dossier.gates.map(({ file, text }) => ({ path: file, text }));
  const { gates: compiled, problems } = compileGates(files);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw gateProblemsError(errors);
  return {
    plan: planOf(bundle, law.rulebook),
    gates: { compiled, files },
    law,
    warmUpBars: Number(dossier.config['warmUpBars']),
  };
}

/** Runs the configuration, gates and law of a bundle again on the data of this machine; exit code 1 when another report comes of it. */
export async function rerunBundle(context: CommandContext, bundle: RunBundle): Promise<void> {
  const prepared = prepare(bundle);
  const { plan, gates, warmUpBars, law } = prepared;
  const monthly = gates.compiled.gates.some((g) => g.profile.option.expiry === 'monthly');
  const again = await withStore(context, async (store) =>
    runPrepared(
      context,
      prepared,
      await chooseMarket(context, store, { plan, monthly, warmUpBars, rulebook: law.rulebook }),
    ),
  );
  const { result } = bundle;
  const facts: [name: string, there: string, here: string][] = [
    ['rulebook', result.rulebookVersion, again.rulebookVersion],
    ['configuration and gates', result.configHash, again.configHash],
    ['data', result.dataHash, again.dataHash],
    ['ledger', result.ledgerHash, again.ledgerHash],
    // The moment of the run is part of its id, and of nothing else.
    ['report', reportHash(result), reportHash({ ...again, runId: result.runId })],
  ];
  for (const [name, there, here] of facts)
    context.print(
      `${name}: ${there === here ? `the same (${here.slice(0, 16)})` : `${there.slice(0, 16)} there, ${here.slice(0, 16)} here`}`,
    );
  const isSame = facts.every(([, there, here]) => there === here);
  context.print(
    isSame
      ? `run ${result.runId} is proved: the same report comes of it here`
      : 'NOT PROVED: another report comes of it here',
  );
  if (!isSame) context.exitWith(1);
}
