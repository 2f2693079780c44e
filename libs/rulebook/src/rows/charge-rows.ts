import type { IstDate } from '@sos/domain';
import type { Provenance } from '../dated/dated-row.js';

/** A charge that is a share of a base. */
export type RatedHead =
  'stt-sell' | 'stt-exercise' | 'stt-future-sell' | 'exchange' | 'ipft' | 'sebi' | 'stamp-buy' | 'gst';

/** One rate of one head. `rupeesPerCrore` of the base is exact for every rate ever used (1 = 0.00001 %). */
export interface ChargeRateRow extends Provenance {
  readonly head: RatedHead;
  /** null = the same at both exchanges. */
  readonly exchange: 'NSE' | 'BSE' | null;
  readonly from: IstDate;
  readonly to: IstDate | null;
  /** null = not established by any source: asking for it is an error, not a zero. */
  readonly rupeesPerCrore: number | null;
  /** True where the head existed but is not modelled, so that the amount is understated. */
  readonly unmodelled?: boolean | undefined;
}

/** What a broker takes per executed order. */
export interface BrokerageRow extends Provenance {
  readonly plan: 'zerodha' | 'upstox';
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly flatPaise: number;
}
