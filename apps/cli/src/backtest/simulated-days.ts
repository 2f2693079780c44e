import { RULEBOOK_VERSION, type Rulebook } from '@sos/rulebook';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import { AppError, type DayTape, type IstDate, type OptionSeries, type Underlying } from '@sos/domain';
import { createSimulatedMarket } from '@sos/market-data';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { startProgress } from '../terminal/progress.js';
import type { ChosenMarket, MarketNeeds } from './market-choice.js';
import { frontFutureExpiry } from './front-future.js';
import { simulatorFingerprint } from './simulator-fingerprint.js';

// Days before the first one, so that the warm-up of a run never depends on what earlier runs happened to store.
function warmUpDays(book: Rulebook, first: IstDate, bars: number): IstDate[] {
  const days: IstDate[] = [];
  for (let day = first, found = 0; found < bars;) {
    day = book.previousTradingDay(day);
    days.unshift(day);
    found += book.sessionOf(day)?.minutes ?? 0;
  }
  return days;
}

function optionsOf(tape: DayTape): OptionSeries[] {
  const contracts = tape.chains.flatMap(({ underlying, expiry, strikes }) =>
    [...strikes].flatMap((strike) =>
      (['CE', 'PE'] as const).map((right) => optionContract({ underlying, expiry, strike, right })),
    ),
  );
  return contracts.flatMap((contract) => tape.option(contract) ?? []);
}

async function writeDay(
  store: Store,
  tape: DayTape,
  { dataset, whole, rulebook }: { dataset: string; whole: boolean; rulebook: Rulebook },
): Promise<void> {
  const source = { source: tape.indexSource, dataset };
  await store.transaction(async (tx) => {
    await tx.writeCandles(indexContract(tape.underlying), tape.index, source);
    if (!whole) return;
    if (tape.future !== null) {
      const contract = futureContract(tape.underlying, frontFutureExpiry(rulebook, tape));
      await tx.writeCandles(contract, tape.future, source);
    }
    await tx.writeChains(tape.chains, dataset);
    await tx.writeOptionSeries(optionsOf(tape), dataset);
  });
}

/** A day to be made: whole, or only the index for the warm-up of a later day. */
interface Missing {
  readonly underlying: Underlying;
  readonly day: IstDate;
  readonly whole: boolean;
}

async function missingDays(
  store: Store,
  dataset: string,
  { plan, warmUpBars, rulebook }: MarketNeeds,
): Promise<Missing[]> {
  const before = warmUpDays(rulebook, plan.from, warmUpBars);
  const from = before[0] ?? plan.from;
  const missing: Missing[] = [];
  for (const underlying of plan.underlyings) {
    const known = await store.coverage({ underlying, from, to: plan.to, filter: dataset });
    const daysWith = (series: string): Set<IstDate> =>
      new Set(known.filter((c) => c.series === series).map((c) => c.day));
    // A day is written in one transaction, so that its chain is there means that all of it is.
    const [index, chain] = [daysWith('index'), daysWith('chain')];
    for (const day of before) if (!index.has(day)) missing.push({ underlying, day, whole: false });
    for (const day of plan.days) if (!chain.has(day)) missing.push({ underlying, day, whole: true });
  }
  return missing;
}

// Rows of the user may list other contracts on other days: what is made under them is kept apart.
const lawOf = ({ version }: Rulebook): string =>
  version === RULEBOOK_VERSION ? '' : `-law-${version.slice(RULEBOOK_VERSION.length + 1)}`;

/**
 * The simulated market of a seed, read from the store; days that are not stored yet are made and written first, one transaction a day.
 * Every row is stored as `simulated` in the data set of that seed, that simulator and the user's rows of law: days of an older one are not used again.
 */
export async function simulatedMarket(
  context: CommandContext,
  store: Store,
  needs: MarketNeeds,
): Promise<ChosenMarket> {
  const { rulebook } = needs;
  const { seed } = needs.plan;
  const dataset = `SIMULATED-seed-${seed}-model-${await simulatorFingerprint()}${lawOf(rulebook)}`;
  const stored = store.marketSource({ filter: dataset, monthly: needs.monthly, rulebook });
  const missing = await missingDays(store, dataset, needs);
  const chosen = { market: stored, chosen: dataset, filter: null };
  if (missing.length === 0) return chosen;
  const simulator = createSimulatedMarket({ seed, rulebook });
  const progress = await startProgress(context.io, 'SIMULATED days');
  try {
    for (const [done, { underlying, day, whole }] of missing.entries()) {
      progress.update(done, missing.length, `${underlying} ${day}`);
      const tape = await simulator.day(underlying, day);
      if (tape === null)
        throw new AppError('SOS_INVARIANT', `expected a simulated session of ${underlying} on ${day}, found none`);
      await writeDay(store, tape, { dataset, whole, rulebook });
    }
  } finally {
    progress.stop();
  }
  return chosen;
}
