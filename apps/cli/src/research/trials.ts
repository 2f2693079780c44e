import { AppError, formatIst } from '@sos/domain';
import type { TrialFilter } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { formatMoney, resultWord, UNKNOWN } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import { parseCount } from './prepare-research.js';

/** Options of `sos trials` as given. */
export interface TrialsOptions {
  readonly limit: string;
  readonly json?: boolean;
}

/** Options of `sos trials delete` as given. */
export interface DeleteTrialsOptions extends TrialFilter {
  readonly yes?: boolean;
}

/** `sos trials`: the trial ledger and the traces of what was deleted from it. */
export async function listTrials(context: CommandContext, options: TrialsOptions): Promise<void> {
  const limit = parseCount('--limit', options.limit, [1, 100_000]);
  await withStore(context, async (store) => {
    const [trials, deletions] = await Promise.all([store.trials({ limit }), store.trialDeletions()]);
    if (options.json === true) return context.print(JSON.stringify({ trials, deletions }, null, 2));
    const columns = [
      ...['tried', 'by', 'gates', 'on', 'days', 'data'].map((name) => ({ name })),
      ...figures('trades', 'net ₹', 'Sharpe a session', 'configuration'),
    ];
    const rows = trials.map((t) => [
      ...[formatIst(t.triedAt), t.command, t.gates.length > 2 ? `${t.gates.length} gates` : t.gates.join(', ')],
      ...[t.underlyings.join(', '), `${t.from} – ${t.to}`, resultWord(t.source), String(t.trades), formatMoney(t.net)],
      ...[t.sharpe === null ? UNKNOWN : t.sharpe.toFixed(3), t.configHash.slice(0, 12)],
    ]);
    context.print(trials.length === 0 ? 'no trials yet' : renderTable(columns, rows));
    for (const d of deletions)
      context.print(
        `${formatIst(d.deletedAt)}: ${d.trials} trials on ${d.underlyings.join(', ')} ${d.from} to ${d.to} were deleted by ${d.databaseUser}`,
      );
  });
}

/** `sos trials delete`: only with `--yes`, and never without a trace. */
export async function deleteTrials(
  context: CommandContext,
  { yes, command, gate }: DeleteTrialsOptions,
): Promise<void> {
  if (yes !== true)
    throw new AppError(
      'SOS_INPUT',
      'expected --yes: deleted trials no longer deflate any result; a trace of the deletion stays',
    );
  await withStore(context, async (store) => {
    const filter = { ...(command === undefined ? {} : { command }), ...(gate === undefined ? {} : { gate }) };
    const count = await store.deleteTrials(filter);
    context.print(`${count} trials deleted; the trace stays in the ledger, see sos trials`);
  });
}
