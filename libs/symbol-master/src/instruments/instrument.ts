import type { Contract, ContractId, Units } from '@sos/domain';

/** A contract as one vendor lists it: its key and the figures that an order must obey. */
export interface Instrument {
  /** The vendor's key, `NSE_FO|47572`. */
  readonly key: string;
  readonly contract: Contract;
  readonly id: ContractId;
  /** The exchange's token (equal at Upstox, NSE and, as exchange token, Kite). */
  readonly token: string;
  /** Units in one lot on the day of the master; null for an index. */
  readonly lot: Units | null;
  /** Price grid in paise; null for an index. */
  readonly tickPaise: number | null;
  /** Largest order in units as the vendor prints it (floored to whole lots); null where the master has no such column. */
  readonly freeze: Units | null;
}
