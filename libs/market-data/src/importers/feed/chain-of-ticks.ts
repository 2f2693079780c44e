import { makeChainTape, MS_PER_MINUTE, type ChainSide, type ChainTape, type OptionContract } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { IndexFolder } from './index-folder.js';
import type { TickFolder } from './tick-folder.js';

/** One instrument with its folded session. */
export interface FoldedOption {
  readonly contract: OptionContract;
  readonly folder: TickFolder;
}

function isSeen(folder: TickFolder, minute: number): boolean {
  return !Number.isNaN(folder.minutes.lastPrice[minute] as number);
}

function writeCell(
  side: ChainSide,
  cell: number,
  from: { readonly folder: TickFolder; readonly minute: number },
): void {
  const { minutes } = from.folder;
  side.ltp[cell] = minutes.lastPrice[from.minute] as number;
  side.bid[cell] = minutes.bid[from.minute] as number;
  side.ask[cell] = minutes.ask[from.minute] as number;
  side.bidQty[cell] = minutes.bidQty[from.minute] as number;
  side.askQty[cell] = minutes.askQty[from.minute] as number;
  side.volume[cell] = minutes.volumeToday[from.minute] as number;
  side.openInterest[cell] = minutes.openInterest[from.minute] as number;
}

/**
 * The chain of one expiry as the feed showed it at each minute's close: last price, book, open interest and the day's volume of the
 * recorded contracts (all others are not on the tape). Contracts without a message in a minute are unknown (NaN) in it.
 * @param options of one expiry, at least one
 * @param index the underlying's own feed: its value at each minute's close is the spot of the tape
 */
export function chainOfTicks(
  options: readonly FoldedOption[],
  window: SessionWindow,
  index: IndexFolder | null = null,
): ChainTape | null {
  const first = options[0];
  if (!first) return null;
  const strikes = Float64Array.from(new Set(options.map((o) => o.contract.strike))).sort();
  const minutes: number[] = [];
  for (let minute = 0; minute < first.folder.minutes.close.length; minute++)
    if (options.some((o) => isSeen(o.folder, minute))) minutes.push(minute);
  const { underlying, expiry } = first.contract;
  const tape = makeChainTape({ underlying, expiry, source: 'recorded', strikes, length: minutes.length });
  minutes.forEach((minute, row) => {
    tape.eventTime[row] = window.open + (minute + 1) * MS_PER_MINUTE;
    tape.availableAt[row] = window.open + (minute + 1) * MS_PER_MINUTE;
    if (index) tape.spot[row] = index.lastValue[minute] as number;
    for (const { contract, folder } of options) {
      if (!isSeen(folder, minute)) continue;
      const cell = row * strikes.length + strikes.indexOf(contract.strike);
      writeCell(contract.right === 'CE' ? tape.call : tape.put, cell, { folder, minute });
    }
  });
  return tape;
}
