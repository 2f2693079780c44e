import type { IstDate } from '@sos/domain';
import type { Provenance } from '../dated/dated-row.js';

/** Order types of the derivatives segment. */
export type ExchangeOrderType = 'LIMIT' | 'MARKET' | 'SL-LIMIT';

/** What an order sent through a broker's API may be. */
export interface OrderTypeRow extends Provenance {
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly types: readonly ExchangeOrderType[];
  readonly validities: readonly ('DAY' | 'IOC')[];
}

/** A ceiling on order messages (place + modify + cancel). */
export interface OrderRateRow extends Provenance {
  readonly scope: 'exchange' | 'upstox' | 'zerodha';
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly perSecond: number;
  readonly perMinute: number | null;
  readonly perHalfHour: number | null;
  readonly perDay: number | null;
  readonly modificationsPerOrder: number | null;
}

/** How far from the reference price an option limit price may lie. */
export interface PriceProtectionRow extends Provenance {
  readonly exchange: 'NSE' | 'BSE';
  readonly from: IstDate;
  readonly to: IstDate | null;
  /** Share of the reference price in percent. */
  readonly percent: number;
  /** The band is never narrower than this, in paise. */
  readonly minimumPaise: number;
}

/** Minutes before the close at which intraday positions start to be closed. */
export interface SquareOffRow extends Provenance {
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly minutesBeforeClose: number;
}
