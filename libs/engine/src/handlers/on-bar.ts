import { admitCandidates } from '../entry/admit-candidates.js';
import { expireIntents } from '../entry/expire-intents.js';
import type { BarEvent } from '../events.js';
import { requestExit } from '../execution/request-exit.js';
import { isPrice } from '../execution/row-price.js';
import { withinDailyLoss } from '../protections/daily-loss.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { flattenAll } from './on-command.js';

/** One closed index bar: late entries are given up, index stops checked, gates asked, their signals arbitrated. */
export function onBar(turn: Turn, event: BarEvent): void {
  const { book, sink } = turn;
  const { bars, row } = event;
  const close = bars.close[row] as number;
  if (isPrice(close)) book.spot = close;
  if (book.intents.length > 0) expireIntents(turn);
  if (book.positions.length > 0) watchPositions(turn, event);
  book.candidateCount = 0;
  book.signals.bar(bars, row, event.volume, sink);
  if (book.candidateCount > 0) admitCandidates(turn);
}

function watchPositions(turn: Turn, { bars, row }: BarEvent): void {
  const { state, book } = turn;
  const { indexStop } = state.config;
  if (indexStop !== 'off') {
    const isClose = indexStop === 'close';
    const low = (isClose ? bars.close[row] : bars.low[row]) as number;
    const high = (isClose ? bars.close[row] : bars.high[row]) as number;
    const { positions } = book;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i] as Position;
      if (isBeyond(position, low, high)) leaveByIndex(turn, position);
    }
  }
  haltOnLoss(turn);
}

function isBeyond(position: Position, low: number, high: number): boolean {
  return position.contract.right === 'CE' ? low <= position.indexStop : high >= position.indexStop;
}

function leaveByIndex({ state }: Turn, position: Position): void {
  requestExit(position, state.now, { reason: 'index-stop', detail: `index beyond ${position.indexStop.toFixed(2)}` });
}

function haltOnLoss({ state }: Turn): void {
  if (state.day.lossHalted || withinDailyLoss(state)) return;
  state.day.lossHalted = true;
  if (state.config.flattenOnDailyLoss) flattenAll(state, 'daily loss limit');
}
