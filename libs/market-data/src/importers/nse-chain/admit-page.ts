import { istDateOf, MS_PER_MINUTE, type EpochMs, type IstDate } from '@sos/domain';
import type { QuarantineReason, RepairReason } from '../faults.js';
import { sessionWindows } from '../session-windows.js';
import { isEmptyPage, isSamePage, type ChainPage } from './chain-page.js';

/** A page with the times that a session can use, or why it has none. */
export type Admission =
  | {
      readonly date: IstDate;
      readonly eventTime: EpochMs;
      readonly availableAt: EpochMs;
      readonly repairs: readonly RepairReason[];
    }
  | { readonly refused: QuarantineReason };

// NSE's page runs up to three minutes behind the clock: without a page time, what was fetched sooner after the open may be yesterday's.
const MAX_PAGE_LAG_MS = 3 * MS_PER_MINUTE;

/** Decides whether a page belongs to its session, by the clock and by the page before it. */
export function admitPage(page: ChainPage, before: ChainPage | null): Admission {
  const known = !Number.isNaN(page.eventTime);
  const date = istDateOf((known ? page.eventTime : page.availableAt) as EpochMs);
  const windows = sessionWindows(date);
  const open = windows[0]?.open;
  const close = windows.at(-1)?.close;
  if (open === undefined || close === undefined) return { refused: 'no-session' };
  if (known ? page.eventTime < open : page.availableAt < open + MAX_PAGE_LAG_MS) return { refused: 'before-session' };
  if (isEmptyPage(page)) return { refused: 'empty-page' };
  if (before && before.underlying === page.underlying) {
    if (isSamePage(before, page)) return { refused: 'stale-page' };
    if (known && page.eventTime === before.eventTime) return { refused: 'repeated-page-time' };
  }
  const eventTime = Math.min(known ? page.eventTime : page.availableAt, close) as EpochMs;
  const late = page.availableAt >= eventTime;
  const repairs: RepairReason[] = [];
  if (!known) repairs.push('event-time-unknown');
  if (!late) repairs.push('available-before-event');
  return { date, eventTime, availableAt: late ? (page.availableAt as EpochMs) : eventTime, repairs };
}
