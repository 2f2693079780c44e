import type { HonestyDay, HonestySetup } from '@sos/backtester';
import { AppError, type IstDate, type Underlying } from '@sos/domain';
import { makeEngineConfig, rulebookRules } from '@sos/engine';
import { createSignalSource, type ChainOptions, type CompiledGates } from '@sos/gates';
import { planBacktest } from '../backtest/backtest-options.js';
import { chooseMarket } from '../backtest/market-choice.js';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { loadGates } from '../gates/load-gates.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { startProgress } from '../terminal/progress.js';

/** Options that the proofs of honesty share, as given. */
export interface HonestyOptions {
  readonly symbol: string;
  readonly dates: string;
  readonly gates?: string;
  readonly extras?: boolean;
  readonly source: string;
  readonly premiums: string;
  readonly seed: string;
  readonly chainMaxAge?: string;
  readonly json?: boolean;
}

/** Which days and gates a proof looks at. */
export interface HonestyPlan {
  readonly gates: CompiledGates;
  /** What the data were: the name of the data set, and what was modelled or simulated. */
  readonly data: string;
  readonly days: readonly { readonly underlying: Underlying; readonly date: IstDate }[];
  readonly setup: HonestySetup;
  /** How gates read the option chain. */
  readonly chain: ChainOptions;
}

const TWO_SESSIONS = 750;

interface Days {
  readonly from: string;
  readonly to: string;
  /** The days of a list; null for a range. */
  readonly only: ReadonlySet<string> | null;
}

/** `--dates`: one day, a range `A..B`, or days separated by commas. */
function daysOf(text: string): Days {
  const range = /^(\S+)\.\.(\S+)$/.exec(text.trim());
  if (range !== null) return { from: range[1] ?? '', to: range[2] ?? '', only: null };
  const days = text
    .split(',')
    .map((day) => day.trim())
    .filter((day) => day !== '')
    .sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined)
    throw new AppError('SOS_INPUT', `expected --dates as a day, A..B or days separated by commas, found "${text}"`);
  return { from, to, only: new Set(days) };
}

/** What happens with each day of a proof. */
export type HonestyWork<T> = (day: HonestyDay, plan: HonestyPlan) => T;

/**
 * Loads gates, law and data as a backtest does and gives every session of the range to `work`.
 * @param history bars of earlier sessions that every day is given, from what the gates declare
 * @throws SOS_NO_DATA and whatever a backtest refuses
 */
export async function eachHonestDay<T>(
  context: CommandContext,
  options: HonestyOptions,
  { title, history, work }: { title: string; history: (declared: number) => number; work: HonestyWork<T> },
): Promise<{ readonly plan: HonestyPlan; readonly results: T[] }> {
  const law = await loadRulebook(context.settings.dataDir);
  const { from, to, only } = daysOf(options.dates);
  const asked = { ...options, fromDate: from, toDate: to, capital: '500000' };
  const plan = planBacktest(asked, law.rulebook);
  const gates = await loadGates(context, { ids: plan.gates, extras: plan.extras });
  const warmUpBars = history(Math.max(TWO_SESSIONS, gates.compiled.warmUpBars));
  const monthly = gates.compiled.gates.some((g) => g.profile.option.expiry === 'monthly');
  return withStore(context, async (store) => {
    const { market, chosen } = await chooseMarket(context, store, {
      plan,
      monthly,
      warmUpBars,
      rulebook: law.rulebook,
    });
    const known = await Promise.all(
      plan.underlyings.map(async (underlying) =>
        (await market.sessions(underlying, plan.from, plan.to)).map((date) => ({ underlying, date })),
      ),
    );
    const days = known.flat().filter(({ date }) => only === null || only.has(date));
    const setup: HonestySetup = {
      signals: () => createSignalSource(gates.compiled, { chain: plan.chain }),
      config: makeEngineConfig({}),
      rules: rulebookRules({ rulebook: law.rulebook }),
      chainFreshMinutes: plan.chain.maxAgeMinutes,
    };
    const honest: HonestyPlan = { gates: gates.compiled, data: chosen, days, setup, chain: plan.chain };
    const progress = await startProgress(context.io, title);
    const results: T[] = [];
    try {
      for (const [done, { underlying, date }] of days.entries()) {
        progress.update(done, days.length, `${underlying} ${date}`);
        const tape = await market.day(underlying, date);
        if (tape === null || tape.index.length === 0) continue;
        results.push(work({ tape, warmUp: await market.warmUp(underlying, date, warmUpBars) }, honest));
      }
    } finally {
      progress.stop();
    }
    if (results.length === 0)
      throw new AppError(
        'SOS_NO_DATA',
        `expected index bars of ${plan.underlyings.join(', ')} on ${options.dates}, found none`,
      );
    return { plan: honest, results };
  });
}
