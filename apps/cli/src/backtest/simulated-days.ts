import { previousTradingDay, sessionOf } from '@sos/rulebook';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import { AppError, type DayTape, type IstDate, type OptionSeries, type Underlying } from '@sos/domain';
import type { MarketSource } from '@sos/backtester';
import { createSimulatedMarket } from '@sos/market-data';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { startProgress } from '../terminal/progress.js';
import type { ChosenMarket, MarketNeeds } from './market-choice.js';
import { frontFutureExpiry } from './front-future.js';

// Days before the first one, so that the warm-up of a run never depends on what earlier runs happened to store.
function warmUpDays(first: IstDate, bars: number): IstDate[] {
  const days: IstDate[] = [];
  for (let day = first, found = 0; found < bars;) {
    day = previousTradingDay(day);
    days.unshift(day);
    found += sessionOf(day)?.minutes ?? 0;
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

async function writeDay(store: Store, tape: DayTape, dataset: string): Promise<void> {
  const source = { source: tape.indexSource, dataset };
  await store.transaction(async (tx) => {
    await tx.writeCandles(indexContract(tape.underlying), tape.index, source);
    if (tape.future !== null) {
      const contract = futureContract(tape.underlying, frontFutureExpiry(tape));
      await tx.writeCandles(contract, tape.future, source);
    }
    await tx.writeChains(tape.chains, dataset);
    await tx.writeOptionSeries(optionsOf(tape), dataset);
  });
}

interface Missing {
  readonly underlying: Underlying;
  readonly day: IstDate;
}

async function missingDays(stored: MarketSource, { plan, warmUpBars }: MarketNeeds): Promise<Missing[]> {
  const days = [...warmUpDays(plan.from, warmUpBars), ...plan.days];
  const missing: Missing[] = [];
  for (const underlying of plan.underlyings) {
    const known = new Set(await stored.sessions(underlying, days[0] as IstDate, plan.to));
    for (const day of days) if (!known.has(day)) missing.push({ underlying, day });
  }
  return missing;
}

/**
 * The simulated market of a seed, read from the store; days that are not stored yet are made and written first, one transaction a day.
 * Every row is stored as `simulated` in the data set of that seed.
 */
export async function simulatedMarket(
  context: CommandContext,
  store: Store,
  needs: MarketNeeds,
): Promise<ChosenMarket> {
  const { seed } = needs.plan;
  const dataset = `SIMULATED-seed-${seed}`;
  const stored = store.marketSource({ filter: dataset, monthly: needs.monthly });
  const missing = await missingDays(stored, needs);
  const chosen = { market: stored, chosen: dataset };
  if (missing.length === 0) return chosen;
  const simulator = createSimulatedMarket({ seed });
  const progress = await startProgress(context.io, 'SIMULATED days');
  try {
    for (const [done, { underlying, day }] of missing.entries()) {
      progress.update(done, missing.length, `${underlying} ${day}`);
      const tape = await simulator.day(underlying, day);
      if (tape === null)
        throw new AppError('SOS_INVARIANT', `expected a simulated session of ${underlying} on ${day}, found none`);
      await writeDay(store, tape, dataset);
    }
  } finally {
    progress.stop();
  }
  return chosen;
}
