import { MS_PER_MINUTE, lots, units, type OrderRecord } from '@sos/domain';
import { releaseWatch } from '../execution/watch.js';
import { decide } from '../ledger/decide.js';
import { recordOrder, type OrderSlip } from '../ledger/record-order.js';
import { playStanding } from './enter-position.js';
import { finishEntry } from './finish-entry.js';
import type { EntryIntent } from '../state/position.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';

/** Gives up the entries whose last usable row can no longer come, and those at work whose time is over. */
export function expireIntents(turn: Turn): void {
  const { intents } = turn.book;
  const { now } = turn.state;
  for (let i = 0; i < intents.length;) {
    const intent = intents[i] as EntryIntent;
    if (intent.working) {
      if (!endWorking(turn, i, { until: now, reason: 'max-chase' })) i++;
    }
    // A bar that opens at the last moment is known one minute later.
    else if (now < intent.lastOpen + MS_PER_MINUTE) i++;
    else dropIntent(turn, i, { status: 'unfilled', reason: intent.obstacle });
  }
}

/** An entry at work goes on against its last quote; one that is past its time is withdrawn. True when it is gone. */
function endWorking(
  turn: Turn,
  at: number,
  { until, reason }: { readonly until: number; readonly reason: string },
): boolean {
  if (playStanding(turn, at, until)) return true;
  const working = turn.book.intents[at]?.working;
  if (!working || until < working.until) return false;
  return withdrawEntry(turn, at, reason);
}

/** Cancels every entry of the underlying; what was bought of one at work becomes a position. */
export function cancelIntents(turn: Turn, reason: string): void {
  const { intents } = turn.book;
  while (intents.length > 0) {
    if (intents[0]?.working) {
      if (!playStanding(turn, 0, turn.state.now)) withdrawEntry(turn, 0, reason);
    } else dropIntent(turn, 0, { status: 'cancelled', reason });
  }
}

/** Withdraws an entry at work as of now. */
function withdrawEntry(turn: Turn, at: number, reason: string): boolean {
  const working = turn.book.intents[at]?.working;
  if (!working) return false;
  const time = Math.max(working.order.clock, turn.state.now);
  working.order.withdraw(time, reason);
  return finishEntry(turn, at, false);
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
  const slip: OrderSlip = { orderId, gate, contract, side: 'BUY', lots: lots(0), units: units(0), reason };
  recordOrder(turn, slip, { time: turn.state.now, status, limit: 0, trigger: 0, attempt: 0 });
  noteUnfilled(turn, at, reason);
}

/** An entry whose orders were all withdrawn before anything was bought. */
export function dropWorking(turn: Turn, at: number): void {
  const working = turn.book.intents[at]?.working;
  if (working) noteUnfilled(turn, at, working.order.chase.reason);
}

function noteUnfilled(turn: Turn, at: number, reason: string): void {
  const intent = turn.book.intents[at];
  if (!intent) return;
  turn.state.counts.unfilledEntries++;
  decide(turn, intent.gate, { kind: 'unfilled', reason, detail: intent.contract.id });
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
