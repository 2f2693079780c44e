import { AppError, didYouMean, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import type { MarketSource } from '@sos/backtester';
import type { Rulebook } from '@sos/rulebook';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import type { BacktestPlan } from './backtest-options.js';
import { marketUnderLaw } from './market-under-law.js';

/** The data that a run reads, and how they were chosen. */
export interface ChosenMarket {
  readonly market: MarketSource;
  /** For `config.json`: what the choice came to. */
  readonly chosen: string;
  /** Which stored rows are read; null for days that SOS made itself, which are whole. */
  readonly filter: string | null;
}

/** What the gates need of the store's days. */
export interface MarketNeeds {
  readonly plan: BacktestPlan;
  /** A gate trades the monthly expiry. */
  readonly monthly: boolean;
  /** Index bars that warm the indicators up. */
  readonly warmUpBars: number;
  /** The law of every day. */
  readonly rulebook: Rulebook;
}

const FIRST = parseIstDate('1990-01-01');
const LAST = parseIstDate('2099-12-31');

async function anyDays(market: MarketSource, plan: BacktestPlan): Promise<boolean> {
  const known = await Promise.all(plan.underlyings.map((u) => market.sessions(u, plan.from, plan.to)));
  return known.some((days) => days.length > 0);
}

async function spanOf(market: MarketSource, underlying: Underlying): Promise<string> {
  const days: IstDate[] = await market.sessions(underlying, FIRST, LAST);
  return days.length === 0
    ? `nothing of ${underlying} is stored`
    : `${underlying} is stored from ${days[0]} to ${days.at(-1)}`;
}

async function noData(market: MarketSource, plan: BacktestPlan): Promise<AppError> {
  const spans = await Promise.all(plan.underlyings.map((u) => spanOf(market, u)));
  const wanted = `${plan.underlyings.join(', ')} from ${plan.from} to ${plan.to}`;
  const kind = plan.source === 'auto' || plan.source === 'imported' ? 'imported' : plan.source;
  return new AppError('SOS_NO_DATA', `expected ${kind} data of ${wanted}, found none: ${spans.join('; ')}`);
}

async function requireDataset(store: Store, name: string): Promise<void> {
  const known = [...new Set((await store.datasets()).map((d) => d.dataset))];
  if (known.includes(name)) return;
  const words = ['auto', 'imported', 'simulated', ...known];
  throw new AppError(
    'SOS_INPUT',
    `expected --source auto, imported, simulated or a stored data set, found "${name}"${didYouMean(name, words)}`,
  );
}

// The market maker of SOS is heavy to load and most runs read what is stored.
async function withPremiums(recorded: ChosenMarket, { plan, rulebook }: MarketNeeds): Promise<ChosenMarket> {
  if (plan.premiums === 'recorded') return recorded;
  const { modelledMarket } = await import('./modelled-market.js');
  return modelledMarket(recorded, { seed: plan.seed, rulebook });
}

async function simulated(...[context, store, needs]: Parameters<typeof chooseMarket>): Promise<ChosenMarket> {
  const { simulatedMarket } = await import('./simulated-days.js');
  return simulatedMarket(context, store, needs);
}

/**
 * The data of a run. `auto` uses what is imported for the days, and only when there is none the simulated market; the two are never mixed.
 * @throws SOS_NO_DATA, SOS_INPUT for an unknown data set
 */
export async function chooseMarket(context: CommandContext, store: Store, needs: MarketNeeds): Promise<ChosenMarket> {
  const { plan, monthly, rulebook } = needs;
  if (plan.source === 'simulated') return simulated(context, store, needs);
  const filter = plan.source === 'auto' ? 'imported' : plan.source;
  if (filter !== 'imported') await requireDataset(store, filter);
  const market = marketUnderLaw(store.marketSource({ filter, monthly, rulebook }), rulebook);
  if (await anyDays(market, plan)) return withPremiums({ market, chosen: filter, filter }, needs);
  if (plan.source !== 'auto' || plan.premiums === 'modelled') throw await noData(market, plan);
  return simulated(context, store, needs);
}
