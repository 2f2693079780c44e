import { MS_PER_MINUTE, lots, units, type OrderRecord } from '@sos/domain';
import { releaseWatch } from '../execution/watch.js';
import { decide } from '../ledger/decide.js';
import { recordOrder, type OrderSlip } from '../ledger/record-order.js';
import type { EntryIntent } from '../state/position.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';

/** Gives up the entries whose last usable row can no longer come. */
export function expireIntents(turn: Turn): void {
  const { intents } = turn.book;
  for (let i = 0; i < intents.length;) {
    const intent = intents[i] as EntryIntent;
    // A bar that opens at the last moment is known one minute later.
    if (turn.state.now < intent.lastOpen + MS_PER_MINUTE) i++;
    else dropIntent(turn, i, { status: 'unfilled', reason: intent.obstacle });
  }
}

/** Cancels every waiting entry of the underlying. */
export function cancelIntents(turn: Turn, reason: string): void {
  while (turn.book.intents.length > 0) dropIntent(turn, 0, { status: 'cancelled', reason });
}

interface Ending {
  readonly status: Extract<OrderRecord['status'], 'unfilled' | 'cancelled'>;
  readonly reason: string;
}

/** An entry that never met a price was never sized: its order records 0 lots. */
function dropIntent(turn: Turn, at: number, { status, reason }: Ending): void {
  const intent = turn.book.intents[at];
  if (!intent) return;
  const { gate, orderId, contract } = intent;
  turn.state.counts.unfilledEntries++;
  const slip: OrderSlip = { orderId, gate, contract, side: 'BUY', lots: lots(0), units: units(0), reason };
  recordOrder(turn, slip, { time: turn.state.now, status });
  decide(turn, gate, { kind: 'unfilled', reason, detail: contract.id });
  releaseIntent(turn, at);
}

/** Removes an intent that did not become a position: its gate is free again. */
export function releaseIntent(turn: Turn, at: number): void {
  const intent = turn.book.intents[at];
  if (!intent) return;
  removeAt(turn.book.intents, at);
  turn.book.busy[intent.gate] = 0;
  releaseWatch(turn, intent.contract);
}
