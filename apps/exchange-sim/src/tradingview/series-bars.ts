import { MS_PER_DAY, addDays, istDateOf, istInstant, weekdayOf, type Contract, type EpochMs } from '@sos/domain';
import type { StateBar } from '../market/instrument-day.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';

/** A bar as the vendor sends it: start in seconds, open, high, low, close, and volume where there is one. */
export type WireBar = readonly number[];

/** Minutes of an interval of the vendor; longer ones are whole days, weeks from Monday, months. */
const MINUTES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['1', '3', '5', '15', '30', '45', '60', '120', '180', '240'].map((m) => [m, Number(m)])),
  '1H': 60,
  '2H': 120,
  '3H': 180,
  '4H': 240,
};
const LONG = new Set(['D', '1D', 'W', '1W', 'M', '1M']);

/** True for an interval that the vendor knows. */
export function isInterval(text: string): boolean {
  return text in MINUTES || LONG.has(text);
}

/** The start, in epoch ms, of the bar of an interval in which a minute lies. Intraday bars count from the opening of the market. */
export function barStart(minute: number, interval: string): number {
  const date = istDateOf(minute as EpochMs);
  const minutes = MINUTES[interval];
  const open = istInstant(date, '09:15');
  if (minutes !== undefined) return open + Math.floor((minute - open) / (minutes * 60_000)) * minutes * 60_000;
  if (interval.endsWith('W')) return istInstant(addDays(date, -((weekdayOf(date) + 6) % 7)), '09:15');
  if (interval.endsWith('M')) return istInstant(`${date.slice(0, 7)}-01` as typeof date, '09:15');
  return open;
}

/** Which bars are wanted: the newest `count` that start before `before`. */
export interface BarRequest {
  readonly contract: Contract;
  readonly interval: string;
  readonly before: number;
  readonly count: number;
}

const LONGEST_GAP_DAYS = 15;

/** The newest bars before an instant, oldest first, the running one as far as it has come. An index without volume has bars of five figures. */
export async function collectBars(exchange: SimulatedExchange, request: BarRequest): Promise<WireBar[]> {
  const { contract, interval, before, count } = request;
  const groups = new Map<number, StateBar[]>();
  const until = Math.min(before - 1, exchange.now());
  let date = istDateOf(until as EpochMs);
  // One bar more, as the oldest may lack its beginning.
  for (let empty = 0; groups.size <= count && empty < LONGEST_GAP_DAYS; date = addDays(date, -1)) {
    const day = await exchange.instrument(contract, date);
    const now = date === exchange.today() ? exchange.now() : Number.POSITIVE_INFINITY;
    const bars = (day?.barsUntil(now) ?? []).filter(({ start }) => start < before);
    empty = bars.length > 0 ? 0 : empty + 1;
    for (const bar of bars.reverse()) {
      const start = barStart(bar.start, interval);
      groups.set(start, [bar, ...(groups.get(start) ?? [])]);
    }
  }
  const isIndex = contract.kind === 'index';
  return [...groups]
    .sort(([a], [b]) => a - b)
    .slice(-count)
    .map(([start, bars]) => merged(start, bars, isIndex));
}

/** Time of a day before which nothing is asked for: the far past of a request without an end. */
export const FOREVER = Number.MAX_SAFE_INTEGER - MS_PER_DAY;

function merged(start: number, bars: readonly StateBar[], isIndex: boolean): WireBar {
  const [first, last] = [bars[0] as StateBar, bars.at(-1) as StateBar];
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  const volume = bars.reduce((sum, bar) => sum + bar.volume, 0);
  const prices = [start / 1000, first.open, high, low, last.close];
  return isIndex && volume === 0 ? prices : [...prices, volume];
}
