import type { EpochMs, IstDate } from '@sos/domain';
import type { Confidence } from '../dated/dated-row.js';

/** A stretch of continuous trading, both ends as instants; the last one-minute bar is dated at `close`. */
export interface SessionWindow {
  readonly open: EpochMs;
  readonly close: EpochMs;
}

/** The derivatives session of one trading day. */
export interface Session {
  readonly date: IstDate;
  /** `special` = a trading day outside the ordinary week: a Budget weekend or a disaster-recovery Saturday. */
  readonly kind: 'regular' | 'muhurat' | 'special';
  /** Continuous trading in index options; two windows on split days. */
  readonly windows: readonly SessionWindow[];
  readonly open: EpochMs;
  readonly close: EpochMs;
  /** The last instant at which the index is a continuously traded price: 15:15 from 2026-08-03 (closing auction), else `close`. */
  readonly indexUsableUntil: EpochMs;
  /** When intraday positions start to be closed: 15 minutes before `close`, never after `indexUsableUntil` (a default of SOS, no exchange rule). */
  readonly squareOff: EpochMs;
  /** One-minute bars of the day: 375, 385 from 2026-08-03. */
  readonly minutes: number;
  /** `low` = the day is sure but its hours are not (Muhurat 2026-11-08). */
  readonly confidence: Confidence;
  readonly source: string;
  /** What went wrong that day, when trading stopped unplanned; the planned windows are kept. */
  readonly disruption: string | null;
}
