import type { IstDate } from '@sos/domain';
import type { Provenance } from '../dated/dated-row.js';

/** How one kind of order is priced and re-priced until it is filled. Rupees, shares 0..1, milliseconds. */
export interface ChaseDefaults {
  /** Beyond the far side of the book: the larger of points … */
  readonly bufferPoints: number;
  /** … and share of the premium. */
  readonly bufferShare: number;
  /** A re-price gives at least so many ticks more. */
  readonly stepTicks: number;
  /** Time between two prices. */
  readonly intervalMs: number;
  /** Re-prices after the first price; then an entry is given up and an exit escalates. */
  readonly maxChase: number;
  /** Factor on the buffer for each re-price. */
  readonly escalation: number;
  /** No price lies further than this share from the market. */
  readonly collarShare: number;
  /** Distance from the trigger of a protective stop to its limit: the larger of points … */
  readonly bandPoints: number;
  /** … and share of the trigger. */
  readonly bandShare: number;
  /** A quote older than this prices nothing. */
  readonly quoteMaxAgeMs: number;
}

/** How SOS works its orders of a period where a gate says nothing else. */
export interface ExecutionRow extends Provenance {
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly entry: ChaseDefaults;
  readonly exit: ChaseDefaults;
  /** No entry into a contract that expires within so many minutes. */
  readonly noEntryBeforeExpiryMinutes: number;
}
