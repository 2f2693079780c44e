import { AppError } from '@sos/domain';

/** An instant as a SQL literal: COPY takes no parameters. @throws SOS_INVARIANT for anything but a finite time */
export function timestampLiteral(ms: number): string {
  if (!Number.isFinite(ms)) throw new AppError('SOS_INVARIANT', `expected an instant in epoch ms, found ${ms}`);
  return `timestamptz '${new Date(ms).toISOString()}'`;
}

/** Database ids as a SQL list. @throws SOS_INVARIANT for anything but whole numbers */
export function idList(ids: readonly number[]): string {
  for (const id of ids)
    if (!Number.isInteger(id)) throw new AppError('SOS_INVARIANT', `expected a database id, found ${id}`);
  return ids.join(', ');
}
