import { MS_PER_MINUTE, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import type { QuarantineReason } from '../importers/faults.js';
import { indexWindows, sessionWindows } from '../importers/session-windows.js';

/** Why a minute that begins at `start` lies in no session of its contract; null when it lies in one. */
export function sessionFault(start: number, contract: Contract): QuarantineReason | null {
  const date = istDateOf(start as EpochMs);
  const windows = contract.kind === 'index' ? indexWindows(date) : sessionWindows(date);
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return 'no-session';
  if (start < first.open) return 'before-session';
  if (start + MS_PER_MINUTE > last.close) return 'after-close';
  return windows.some((w) => start >= w.open && start + MS_PER_MINUTE <= w.close) ? null : 'between-sessions';
}
