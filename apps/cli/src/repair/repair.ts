import type { CommandContext } from '../commands/command-context.js';
import { ingestPlan, tellIngest } from '../ingest/ingest.js';
import { planIngest, type IngestOptions } from '../ingest/ingest-options.js';

/** `sos repair`: what is missing is asked for again, days on which the index has holes although they were answered as well. */
export async function repair(context: CommandContext, options: IngestOptions): Promise<void> {
  const summary = await ingestPlan(context, planIngest(options), { fillHoles: true });
  tellIngest(context, summary, options.json === true);
}
