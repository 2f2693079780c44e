import { AppError } from '@sos/domain';
import { QUARANTINE_REASONS } from '@sos/market-data';
import type { QuarantinedRow } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { figures, renderTable } from '../render/table.js';

/** Options of `sos quarantine list` as given. */
export interface QuarantineOptions {
  readonly kind?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const ALL = 1_000_000;
const SHOWN = 90;

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new AppError('SOS_INPUT', `expected --limit as a whole number above 0, found "${text}"`);
}

function reasons(rows: readonly QuarantinedRow[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of rows) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const meanings: Readonly<Record<string, string>> = QUARANTINE_REASONS;
  return renderTable(
    [{ name: 'Reason' }, ...figures('Rows'), { name: 'Meaning' }],
    [...counts].sort(([, a], [, b]) => b - a).map(([reason, n]) => [reason, String(n), meanings[reason] ?? '']),
  );
}

/** `sos quarantine list`: refused rows by reason, and the first of them as they were found. */
export async function listQuarantine(context: CommandContext, options: QuarantineOptions): Promise<void> {
  const limit = limitOf(options.limit);
  const { kind } = options;
  const rows = await withStore(context, (store) =>
    store.quarantined({ limit: ALL, ...(kind === undefined ? {} : { kind }) }),
  );
  if (options.json === true) return context.print(JSON.stringify(rows.slice(0, limit), null, 2));
  if (rows.length === 0) return context.print('nothing is in quarantine');
  context.print(reasons(rows));
  const cells = rows
    .slice(0, limit)
    .map((r) => [r.kind, r.file, r.line === null ? '' : String(r.line), r.reason, r.row.slice(0, SHOWN)]);
  const columns = ['Kind', 'File', 'Line', 'Reason', 'Row'].map((name) => ({ name }));
  context.print(renderTable(columns, cells));
  if (rows.length > limit) context.print(`and ${rows.length - limit} more (--limit)`);
}
