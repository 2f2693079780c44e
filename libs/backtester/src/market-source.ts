import type { BarColumns, DayTape, IstDate, Underlying } from '@sos/domain';

/** The port through which a backtest asks for data: the store, the simulated market, or a test. */
export interface MarketSource {
  /** Trading days between two days (inclusive) for which index bars exist, ascending. */
  sessions(underlying: Underlying, from: IstDate, to: IstDate): Promise<IstDate[]>;
  /** One session, or null when nothing is known of it. */
  day(underlying: Underlying, date: IstDate): Promise<DayTape | null>;
  /** Up to `bars` index bars of the sessions before `date`, oldest first: warm-up of the indicators. */
  warmUp(underlying: Underlying, date: IstDate, bars: number): Promise<BarColumns>;
}
