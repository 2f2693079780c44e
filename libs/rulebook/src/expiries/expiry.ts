import type { IstDate } from '@sos/domain';

/** Which cycle of contracts ends on a day. */
export type ExpiryKind = 'weekly' | 'monthly' | 'quarterly' | 'half-yearly';

/** One listed expiry. */
export interface Expiry {
  /** The expiry date as the contract was listed on the day asked about. */
  readonly date: IstDate;
  /** Quarterly and half-yearly contracts become `monthly` when their month is one of the nearest three. */
  readonly kind: ExpiryKind;
  /** The date on which it really expired (or, for the future, expires by all rules known today): later circulars re-date listed contracts. */
  readonly finalDate: IstDate;
}

/** Which contract a strategy asks for. */
export type ExpiryChoice = 'nearest' | 'next' | 'monthly';
