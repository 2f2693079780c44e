import type { Need } from '@sos/market-data';
import type { QuarantinedRow } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { ingestPlan, tellIngest } from '../ingest/ingest.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { answeredRange, type AnsweredRange } from './answered-range.js';

const ALL = 1_000_000;

function rangesOf(rows: readonly QuarantinedRow[]): { ranges: AnsweredRange[]; files: string[] } {
  const ranges = new Map<string, AnsweredRange>();
  const files = new Set<string>();
  for (const { kind, file } of rows) {
    const range = kind.startsWith('ingest-') ? answeredRange(file) : null;
    if (range === null) files.add(`${kind} ${file}`);
    else ranges.set(file, range);
  }
  return { ranges: [...ranges.values()], files: [...files].sort() };
}

/**
 * `sos quarantine replay`: the days of refused rows are asked for again and checked by today's rules; refused rows of the earlier answer go when the new
 * one is kept. Rows of imported files come in again with `sos import`, whose rules have a revision: a file is new again when they changed.
 */
export async function replayQuarantine(
  context: CommandContext,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  const rows = await withStore(context, (store) => store.quarantined({ limit: ALL }));
  const { ranges, files } = rangesOf(rows);
  const { rulebook } = await loadRulebook(context.settings.dataDir);
  if (files.length > 0)
    context.note(
      `note: refused rows of ${files.length} imported files are read again by \`sos import\` of those files, e.g. ${files[0]}`,
    );
  const [first] = ranges;
  if (first === undefined) return context.print(json ? 'null' : 'no refused row of a provider is in quarantine');
  const again: Need[] = ranges.map(({ contract, from, to }) => ({ contract, days: rulebook.tradingDays(from, to) }));
  const days = ranges.flatMap(({ from, to }) => [from, to]).sort();
  const plan = {
    underlyings: [...new Set(ranges.map(({ contract }) => contract.underlying))],
    from: days[0] ?? first.from,
    to: days.at(-1) ?? first.to,
    providers: providersOf(ranges),
    fullOptions: false,
  };
  tellIngest(context, await ingestPlan(context, plan, { again, superseded: ranges }), json);
}

/** Refused rows are replayed by who sent them. */
function providersOf(ranges: readonly AnsweredRange[]): string[] {
  return [...new Set(ranges.map(({ dataset }) => (dataset.startsWith('SIMULATED') ? 'simulated' : dataset)))];
}
