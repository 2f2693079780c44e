import type { MarketFault } from '../fault-script.js';
import type { InstrumentState } from './instrument-day.js';

const TICK = 0.05;
const toTick = (price: number): number => Number(Math.max(TICK, Math.round(price / TICK) * TICK).toFixed(2));

/** What is displayed of an instrument while faults befall it. @param openInterestAt open interest of the instrument at a clock time of the day */
export function disturbedState(
  state: InstrumentState,
  faults: readonly Exclude<MarketFault, { fault: 'halt' }>[],
  openInterestAt: (clock: string) => number | undefined,
): InstrumentState {
  let seen = state;
  for (const rule of faults)
    switch (rule.fault) {
      case 'crossed-quote':
        if (Number.isFinite(seen.bid + seen.ask))
          seen = { ...seen, bid: seen.ask, bidQty: seen.askQty, ask: seen.bid, askQty: seen.bidQty };
        break;
      case 'freak-print':
        seen = { ...seen, lastPrice: toTick(state.lastPrice * (1 + rule.percent / 100)) };
        break;
      case 'oi-frozen':
        seen = { ...seen, openInterest: openInterestAt(rule.from) ?? seen.openInterest };
        break;
    }
  return seen;
}
