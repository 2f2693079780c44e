import type { ReportTrials } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import { AppError } from '@sos/domain';
import type { Store } from '@sos/store';

/** A number of trials as given by `--trials`. @throws SOS_INPUT */
export function parseTrials(text: string): ReportTrials {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1)
    throw new AppError('SOS_INPUT', `expected --trials as a whole number from 1 on, found "${text}"`);
  return { count, sharpeVariance: null, origin: 'as told by --trials' };
}

/** How often the data of a run were tried, as the trial ledger counts: every configuration ever run on days in common. */
export async function trialsOfRun(store: Store, run: RunResult): Promise<ReportTrials> {
  const { underlyings, from, to, source } = run;
  const { trials, sharpeVariance, deleted } = await store.countTrials({
    underlyings,
    from,
    to,
    simulated: source === 'simulated',
  });
  return {
    count: Math.max(1, trials),
    // The ledger says 0 where it knows fewer than two Sharpe ratios.
    sharpeVariance: sharpeVariance > 0 ? sharpeVariance : null,
    origin: deleted === 0 ? 'trial ledger' : `trial ledger, from which ${deleted} were deleted`,
  };
}
