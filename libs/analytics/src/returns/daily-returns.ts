import { istDateOf, type EpochMs, type IstDate } from '@sos/domain';

/** One closed result: when it was realised and its net P&L in paise. */
export interface RealisedResult {
  readonly exitTime: EpochMs;
  readonly net: number;
}

/** Net P&L of one session (0 when nothing was traded) and its return on the capital at the start of that day. */
export interface DayResult {
  readonly date: IstDate;
  readonly net: number;
  readonly trades: number;
  /** Fraction of start-of-day capital; the capital compounds from the stated starting capital. */
  readonly dayReturn: number;
}

/**
 * Daily net results including zero-trade days: sum of the day's net P&L ÷ capital at the start of the day.
 * @param sessions every session of the run, ascending, without repeats
 * @param startingCapital paise, > 0
 */
export function dailyResults(
  results: readonly RealisedResult[],
  sessions: readonly IstDate[],
  startingCapital: number,
): DayResult[] {
  const byDay = new Map<IstDate, { net: number; trades: number }>();
  for (const date of sessions) byDay.set(date, { net: 0, trades: 0 });
  for (const r of results) {
    const date = istDateOf(r.exitTime);
    const day = byDay.get(date) ?? { net: 0, trades: 0 };
    byDay.set(date, { net: day.net + r.net, trades: day.trades + 1 });
  }
  let capital = startingCapital;
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { net, trades }]) => {
      const dayReturn = net / capital;
      capital += net;
      return { date, net, trades, dayReturn };
    });
}
