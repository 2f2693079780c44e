import type { FillRecord, OptionSeries } from '@sos/domain';
import type { EntryLiquidity } from '../run-result.js';

// A minute of the clock; pages come a little late.
const LONGEST_MINUTE_MS = 65_000;

/** The first row whose time is not before an instant; the length when there is none. */
function rowAt({ time, length }: OptionSeries, instant: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((time[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const known = (value: number | undefined): number | null => (value !== undefined && value >= 0 ? value : null);

/** Units traded in the minute of an instant: of the bar around it, or between two pages a minute apart. */
function minuteVolume(series: OptionSeries, instant: number): number | null {
  const row = rowAt(series, instant);
  const from = series.kind === 'bars' ? series.openTime[row] : series.time[row - 1];
  const to = series.time[row];
  if (from === undefined || to === undefined || from > instant || to - from > LONGEST_MINUTE_MS) return null;
  return known(series.volume[row]);
}

/** Units offered at the touch by the newest row that was known and not stale. */
function touchUnits(series: OptionSeries, instant: number, staleMs: number): number | null {
  let row = rowAt(series, instant + 1) - 1;
  while (row >= 0 && (series.availableAt[row] as number) > instant) row--;
  const at = series.time[row];
  return at === undefined || instant - at > staleMs ? null : known(series.askQty[row]);
}

/** What the market could have borne at each entry of a session: all positions are bought to open, so that the first fill of a buy order is one. */
export function entryLiquidity(
  fills: readonly FillRecord[],
  used: ReadonlySet<OptionSeries>,
  staleMs: number,
): EntryLiquidity[] {
  const byContract = new Map([...used].map((series) => [series.contract.id, series]));
  const seen = new Set<number>();
  return fills.flatMap(({ side, orderId, contract, time }) => {
    const series = byContract.get(contract);
    if (side !== 'BUY' || series === undefined || seen.has(orderId)) return [];
    seen.add(orderId);
    return [{ orderId, minuteVolume: minuteVolume(series, time), touchUnits: touchUnits(series, time, staleMs) }];
  });
}
