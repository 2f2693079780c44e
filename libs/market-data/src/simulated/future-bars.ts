import { makeBarColumns, type BarColumns } from '@sos/domain';
import { listedExpiries, lotSize, tickSize } from '@sos/rulebook';
import { buildCarryPath } from './expiry-state.js';
import type { MarketState } from './market-state.js';
import { latticeTriangle, latticeUniform, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';

const VOLUME_NOISE = 0.9;
const OPENED_SHARE = 0.12;

/** One-minute bars of the front monthly future with volume and open interest (units, whole lots), or null before futures were listed. */
export function buildFutureBars(market: MarketState): BarColumns | null {
  const { underlying, date, path, seed, activity } = market;
  const front = listedExpiries(underlying, date).find((e) => e.kind === 'monthly');
  if (front === undefined) return null;
  const { carry } = buildCarryPath(market, front.date);
  const lot = lotSize(underlying, front.date, date);
  const { futureVolume, futureOpenInterest } = UNDERLYING_PROFILES[underlying];
  const perRupee = 100 / tickSize('future', underlying, date);
  const grid = (price: number): number => Math.round(price * perRupee) / perRupee;
  const key = randomKey(seed, 'future', underlying, date);
  const bars = makeBarColumns(path.length);
  bars.time.set(path.time);
  let open = futureOpenInterest * (0.8 + 0.4 * latticeUniform(key, -1));
  for (let row = 0; row < path.length; row++) {
    const over = carry[row + 1] as number;
    const [o, c] = [grid((path.open[row] as number) * over), grid((path.close[row] as number) * over)];
    bars.open[row] = o;
    bars.close[row] = c;
    bars.high[row] = Math.max(o, c, grid((path.high[row] as number) * over));
    bars.low[row] = Math.min(o, c, grid((path.low[row] as number) * over));
    const luck = 1 + VOLUME_NOISE * latticeTriangle(key, 2 * row);
    const lots = Math.max(1, Math.round((futureVolume * (activity[row] as number) * luck) / lot));
    bars.volume[row] = lots * lot;
    open = Math.max(0, open + OPENED_SHARE * lots * lot * (0.1 + latticeTriangle(key, 2 * row + 1)));
    bars.openInterest[row] = Math.round(open / lot) * lot;
  }
  return bars;
}
