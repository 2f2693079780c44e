import { AppError, type IstDate, type Underlying } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';
import type { Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { shareOf, storedCoverage, type DayCoverage, type UniverseShare } from './stored-coverage.js';

/** What a run is going to read of the store. */
export interface RunNeeds {
  readonly underlyings: readonly Underlying[];
  readonly days: readonly IstDate[];
  /** `imported`, `simulated` or the name of a data set. */
  readonly filter: string;
  readonly premiums: 'recorded' | 'modelled';
  readonly monthly: boolean;
  readonly pageMinutes: number;
  readonly rulebook: Rulebook;
  /** The user said that missing minutes are no reason to stop. */
  readonly allowMissing: boolean;
}

/** How much of a run's universe is missing, for the run's folder; `stamp` is printed with its results, null while the share is small. */
export interface RunCoverage extends UniverseShare {
  readonly allowedPercent: number;
  readonly stamp: string | null;
}

const NAMED = 3;
const whole = (count: number): string => count.toLocaleString('en-IN');

function worst(days: readonly DayCoverage[]): string {
  const named = days
    .map((day) => ({ name: `${day.underlying} ${day.day}`, share: shareOf([day]).missingPercent }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  const more = named.length > NAMED ? ` and ${named.length - NAMED} more days` : '';
  return (
    named
      .slice(0, NAMED)
      .map(({ name, share }) => `${name} ${share.toFixed(1)} %`)
      .join(', ') + more
  );
}

/**
 * Checks the universe of a run before it runs: the index, and unless premiums are modelled the contracts that gates may buy.
 * @throws SOS_NO_DATA when more is missing than the settings allow, unless the user allowed it: then the share is stamped on the run
 */
export async function requireCoverage(context: CommandContext, store: Store, needs: RunNeeds): Promise<RunCoverage> {
  const { maxMissingPercent, strikes } = loadConfig(context.io).settings.coverage;
  const hasOptions = needs.premiums === 'recorded';
  const days: DayCoverage[] = [];
  for (const underlying of needs.underlyings)
    days.push(...(await storedCoverage(store, { ...needs, underlying, hasOptions, strikes })));
  const share = shareOf(days);
  const told = `${share.missingPercent.toFixed(2)} % of the universe (${whole(share.missing)} of ${whole(share.minutes)} contract-minutes)`;
  if (share.missingPercent <= maxMissingPercent) return { ...share, allowedPercent: maxMissingPercent, stamp: null };
  if (!needs.allowMissing)
    throw new AppError(
      'SOS_NO_DATA',
      `expected at most ${maxMissingPercent} % of the run's universe to be missing, found ${told}: ${worst(days)}`,
      {
        context: {
          remedy: `See \`sos coverage\`; fill it with \`sos ingest\` or \`sos repair\`${hasOptions ? ', model the premiums with --premiums modelled' : ''}, or run on what is there with --allow-missing (or --source imported).`,
        },
      },
    );
  const stamp = `DATA MISSING: ${told} is not stored; the run was allowed by --allow-missing or by naming its data with --source`;
  return { ...share, allowedPercent: maxMissingPercent, stamp };
}
