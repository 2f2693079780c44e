import type { IstDate } from '../time/epoch-ms.js';
import type { BarColumns } from './bar-columns.js';
import type { ChainTape } from './chain-tape.js';
import type { OptionContract } from './contract.js';
import type { OptionSeries } from './option-series.js';
import type { SeriesSource } from './series-source.js';
import type { Underlying } from './underlying.js';

/** Everything known of one underlying in one session: what a source hands to the replay shell. Immutable once built. */
export interface DayTape {
  readonly underlying: Underlying;
  readonly date: IstDate;
  /** One-minute bars of the index (or of the parity forward when `indexSource` is `derived`). */
  readonly index: BarColumns;
  readonly indexSource: SeriesSource;
  /** Front future's bars, when recorded. */
  readonly future: BarColumns | null;
  /** Chains by ascending expiry; empty when none is known. */
  readonly chains: readonly ChainTape[];
  /** Close of the last bar of the previous trading session, rupees; NaN when unknown. */
  readonly previousClose: number;
  /** Human-readable origin of each series, e.g. `nse-chain (recorded)`. */
  readonly origins: readonly string[];
  /** Where present it stands for all columns but the index's: they were computed from the index and from what it names, and from nothing else. */
  readonly contentKey?: string;
  /** The series of one contract, or null when nothing is known of it. */
  option(contract: OptionContract): OptionSeries | null;
}
