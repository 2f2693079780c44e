import { runIngest, type IngestSummary, type Need } from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { withStore } from '../db/with-store.js';
import { printFailure } from '../failure/print-failure.js';
import { sourcesOf } from '../providers/provider-registry.js';
import type { AnsweredRange } from '../repair/answered-range.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { startProgress } from '../terminal/progress.js';
import { ingestText } from './ingest-text.js';
import { planIngest, type IngestOptions, type IngestPlan } from './ingest-options.js';
import { paceText } from './pace.js';
import { storeOfIngest } from './store-of-ingest.js';

/** What is asked for although it was answered before. */
export interface Repairs {
  readonly fillHoles?: boolean;
  readonly again?: readonly Need[];
  /** Earlier answers whose refused rows go when an answer that covers them is kept. */
  readonly superseded?: readonly AnsweredRange[];
}

/** Runs a plan and returns its account; shared by `sos ingest`, `sos repair` and `sos quarantine replay`. */
export async function ingestPlan(
  context: CommandContext,
  plan: IngestPlan,
  { superseded = [], ...repairs }: Repairs = {},
): Promise<IngestSummary> {
  const { settings } = loadConfig(context.io);
  const { rulebook } = await loadRulebook(context.settings.dataDir);
  const sources = await sourcesOf(context, { settings: settings.providers, named: plan.providers, rulebook });
  return withStore(context, async (store) => {
    const progress = await startProgress(context.io, 'Ingestion (requests)');
    const begun = context.io.now();
    try {
      return await runIngest({
        ...plan,
        ...settings.ingest,
        ...repairs,
        sources,
        rulebook,
        store: storeOfIngest(store, superseded),
        now: () => context.io.now(),
        onProgress: (p) => progress.update(p.requestsDone, p.requestsPlanned, paceText(p, context.io.now() - begun)),
      });
    } finally {
      progress.stop();
    }
  });
}

/** Prints an account; what a provider refused or failed to answer ends in exit code 1. */
export function tellIngest(context: CommandContext, summary: IngestSummary, json: boolean): void {
  const told = ({ code, message, context: facts }: IngestSummary['failures'][number]) => ({ ...facts, code, message });
  if (json) {
    const { failures, stopped } = summary;
    const shown = { ...summary, failures: failures.map(told), stopped: stopped === null ? null : told(stopped) };
    context.print(JSON.stringify(shown, null, 2));
  } else context.io.out.write(ingestText(summary, context.palette));
  for (const failure of summary.failures) printFailure(context.io, failure, context.settings.verbose);
  if (summary.stopped !== null) printFailure(context.io, summary.stopped, context.settings.verbose);
  if (summary.stopped !== null || summary.contractDays.missing > 0) context.exitWith(1);
}

/** `sos ingest`: what was answered is kept, whatever happens afterwards. */
export async function ingest(context: CommandContext, options: IngestOptions): Promise<void> {
  const summary = await ingestPlan(context, planIngest(options));
  tellIngest(context, summary, options.json === true);
}
