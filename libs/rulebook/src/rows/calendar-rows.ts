import type { IstDate } from '@sos/domain';
import type { Provenance } from '../dated/dated-row.js';

/** The days on which the calendar is known; a later row extends it. */
export interface CoverageRow extends Provenance {
  readonly from: IstDate;
  readonly to: IstDate;
}

/** A weekday on which the exchange is closed (`closed: false` takes an earlier row back). */
export interface HolidayRow extends Provenance {
  readonly date: IstDate;
  readonly name: string;
  readonly closed: boolean;
  /** The first day on which listed contracts already obey this holiday. */
  readonly knownFrom: IstDate;
}

/** Wall-clock opening and closing in India, `HH:MM`. */
export type ClockWindow = readonly [open: string, close: string];

/** Trading on a day that would otherwise be closed, or at unusual hours. */
export interface SpecialSessionRow extends Provenance {
  readonly date: IstDate;
  readonly name: string;
  readonly kind: 'muhurat' | 'special';
  readonly windows: readonly ClockWindow[];
}

/** The clock of an ordinary trading day in the derivatives segment. */
export interface TradingHours {
  readonly open: string;
  readonly close: string;
  /** The last minute at which the index is a continuously traded price; null = until the close. */
  readonly indexUsableUntil: string | null;
  /** When the settlement value of an expiring contract is fixed. */
  readonly settlementFixed: string;
}

/** An unplanned interruption of a trading day. */
export interface DisruptionRow extends Provenance {
  readonly date: IstDate;
  readonly what: string;
}
