import { addDays, istInstant, makeBarColumns, MS_PER_MINUTE, parseIstDate, type BarColumns } from '@sos/domain';
import { tradingDays } from '@sos/rulebook';

const BARS_A_DAY = 375;

/** One-minute bars of all trading days of some years: a random walk from a fixed seed, volume and open interest unknown. */
export function sampleYears(firstYear: number, lastYear: number): BarColumns {
  const days = tradingDays(parseIstDate(`${firstYear}-01-01`), addDays(parseIstDate(`${lastYear + 1}-01-01`), -1));
  const bars = makeBarColumns(days.length * BARS_A_DAY);
  let seed = 42;
  let price = 24_500;
  for (const [d, day] of days.entries()) {
    const open = istInstant(day, '09:15');
    for (let m = 0; m < BARS_A_DAY; m++) {
      const i = d * BARS_A_DAY + m;
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const next = price + (seed / 2 ** 32 - 0.5) * 10;
      bars.time[i] = open + (m + 1) * MS_PER_MINUTE;
      bars.open[i] = price;
      bars.high[i] = Math.max(price, next) + 0.5;
      bars.low[i] = Math.min(price, next) - 0.5;
      bars.close[i] = next;
      price = next;
    }
  }
  return bars;
}
