import type { BarColumns } from '@sos/domain';
import { buildCarryPath } from './expiry-state.js';
import type { MarketState } from './market-state.js';
import { latticeBits, latticeUniform, randomKey } from './random-stream.js';
import { unfilledColumns } from './unfilled-columns.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';

const VOLUME_NOISE = 0.9;
const OPENED_SHARE = 0.12;

function unfilledBars(length: number): BarColumns {
  const block = unfilledColumns(7 * length);
  const column = (i: number): Float64Array => block.subarray(i * length, (i + 1) * length);
  return {
    length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    openInterest: column(6),
  };
}

/** One-minute bars of the front monthly future with volume and open interest (units, whole lots), or null before futures were listed. */
export function buildFutureBars(market: MarketState): BarColumns | null {
  const { underlying, date, path, seed, activity, rulebook } = market;
  const front = rulebook.listedExpiries(underlying, date).find((e) => e.kind === 'monthly');
  if (front === undefined) return null;
  const { carry } = buildCarryPath(market, front.date);
  const lot = rulebook.lotSize(underlying, front.date, date);
  const { futureVolume, futureOpenInterest } = UNDERLYING_PROFILES[underlying];
  const ticks = 100 / rulebook.tickSize('future', underlying, date);
  const key = randomKey(seed, 'future', underlying, date);
  const bars = unfilledBars(path.length);
  const lotsPerActivity = futureVolume / lot;
  let open = (futureOpenInterest * (0.8 + 0.4 * latticeUniform(key, -1))) / lot;
  bars.time.set(path.time);
  for (let row = 0; row < path.length; row++) {
    const over = (carry[row + 1] as number) * ticks;
    const first = Math.round((path.open[row] as number) * over);
    const last = Math.round((path.close[row] as number) * over);
    const high = Math.round((path.high[row] as number) * over);
    const low = Math.round((path.low[row] as number) * over);
    bars.open[row] = first / ticks;
    bars.close[row] = last / ticks;
    bars.high[row] = Math.max(first, last, high) / ticks;
    bars.low[row] = Math.min(first, last, low) / ticks;
    const bits = latticeBits(key, row);
    const luck = 1 + VOLUME_NOISE * (((bits >>> 24) - ((bits >>> 16) & 255)) / 256);
    const lots = Math.max(1, Math.round(lotsPerActivity * (activity[row] as number) * luck));
    open = Math.max(0, open + OPENED_SHARE * lots * (0.1 + (((bits >>> 8) & 255) - (bits & 255)) / 256));
    bars.volume[row] = lots * lot;
    bars.openInterest[row] = Math.round(open) * lot;
  }
  return bars;
}
