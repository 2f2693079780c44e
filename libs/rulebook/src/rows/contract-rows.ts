import type { IstDate, Underlying } from '@sos/domain';
import type { Provenance } from '../dated/dated-row.js';

/** Monday .. Friday as 1 .. 5; null = no such contracts any more. */
export type ExpiryWeekday = 1 | 2 | 3 | 4 | 5 | null;

/** From `expiryFrom` on, contracts of this cycle expire on this weekday. */
export interface ExpiryWeekdayRow extends Provenance {
  readonly underlying: Underlying;
  readonly cycle: 'weekly' | 'monthly';
  /** The first (unadjusted) expiry day that obeys the row; it holds until the next row's. */
  readonly expiryFrom: IstDate;
  readonly weekday: ExpiryWeekday;
  /** The first trade date on which contracts were listed under the row; earlier lists show the row before. */
  readonly knownFrom: IstDate;
}

/** How many contracts of each cycle are listed at once. */
export interface ListingStructure {
  readonly weeklies: number;
  readonly months: number;
  readonly quarters: number;
  readonly halfYears: number;
}

/** One change of the market lot. */
export interface LotRow extends Provenance {
  readonly underlying: Underlying;
  readonly lot: number;
  /** First weekly expiry with this lot; null = no weekly contracts, the monthly date counts. */
  readonly weeklyFrom: IstDate | null;
  readonly monthlyFrom: IstDate;
  /** Contracts that were already listed keep the old lot up to the end of this day; null = none were. */
  readonly switchAfter: IstDate | null;
  /** Which contracts waited for `switchAfter`: the quarter months listed long before, or every contract. */
  readonly switches: 'long-dated' | 'all';
}

export interface FreezeRow extends Provenance {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate | null;
  /** Units: an order above this is refused by the exchange. */
  readonly units: number;
}

export interface TickRow extends Provenance {
  readonly underlying: Underlying;
  readonly kind: 'option' | 'future';
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly paise: number;
}

export interface StrikeStepRow extends Provenance {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate | null;
  /** Index points between neighbouring strikes near the money. */
  readonly step: number;
}
