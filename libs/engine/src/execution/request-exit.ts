import type { ExitReason } from '@sos/domain';
import type { Position } from '../state/position.js';

/** Makes a position leave at its next price, unless it is already due. */
export function requestExit(
  position: Position,
  at: number,
  { reason, detail }: { readonly reason: ExitReason; readonly detail: string },
): void {
  if (!position.open || position.leaving || position.exitAt <= at) return;
  position.exitAt = at;
  position.exitReason = reason;
  position.exitDetail = detail;
}
