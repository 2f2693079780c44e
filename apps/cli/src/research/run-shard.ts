import { runVariants, type MarketSource, type VariantOutcome } from '@sos/backtester';
import { AppError } from '@sos/domain';
import { ENGINE_VERSION, makeEngineConfig, rulebookRules } from '@sos/engine';
import { createModelledMarket } from '@sos/market-data';
import type { Rulebook } from '@sos/rulebook';
import { openStore, type Store } from '@sos/store';
import { marketUnderLaw } from '../backtest/market-under-law.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { gateOfJob, sharedSignals, variantsOf, type ResearchJob, type VariantEdits } from './research-job.js';

/** Where a shard is run. */
export interface ShardPlace {
  readonly databaseUrl: string;
  /** Whose rows of law count. */
  readonly dataDir: string;
  readonly onDay?: (done: number, total: number) => void;
}

function requireSame(what: string, expected: string, found: string): void {
  if (expected === found) return;
  throw new AppError('SOS_CONFIG', `expected ${what} ${expected} as the job was planned with, found ${found} here`);
}

function marketOf(store: Store, job: ResearchJob, rulebook: Rulebook): MarketSource {
  const { filter, monthly, premiums, seed } = job;
  const market = marketUnderLaw(store.marketSource({ filter, monthly, rulebook }), rulebook);
  if (premiums === 'recorded') return market;
  return createModelledMarket(market, { seed, rulebook });
}

/**
 * Runs some variants of a job: the same code in the command itself, in a thread of it and in a worker on another machine.
 * @throws SOS_CONFIG when this machine has another law or engine than the one that planned the job
 */
export async function runShard(
  job: ResearchJob,
  variants: readonly VariantEdits[],
  { databaseUrl, dataDir, onDay }: ShardPlace,
): Promise<VariantOutcome> {
  const { rulebook } = await loadRulebook(dataDir);
  requireSame('engine', job.engineVersion, ENGINE_VERSION);
  requireSame('rulebook', job.rulebookVersion, rulebook.version);
  const gate = gateOfJob(job);
  const store = await openStore({ url: databaseUrl, migrate: false });
  try {
    const { underlyings, from, to, warmUpBars, capital, chain } = job;
    return await runVariants(variantsOf(job, gate, variants), {
      request: {
        ...{ underlyings, from, to, warmUpBars, chainFreshMinutes: chain.maxAgeMinutes },
        config: makeEngineConfig({ startingCapital: capital }),
        rules: rulebookRules({ rulebook }),
      },
      market: marketOf(store, job, rulebook),
      signals: sharedSignals(job, gate, variants),
      ...(onDay === undefined ? {} : { onDay }),
    });
  } finally {
    await store.close();
  }
}
