import type { Brand } from '../brand.js';
import type { IstDate } from '../time/epoch-ms.js';
import type { Right, Underlying } from './underlying.js';

/** Canonical contract id in the OpenAlgo grammar: `NIFTY`, `NIFTY27JAN26FUT`, `NIFTY20JAN2625700CE`. Made only by symbol-master. */
export type ContractId = Brand<string, 'ContractId'>;

/** The index itself: a price, not a tradable thing. */
export interface IndexContract {
  readonly kind: 'index';
  readonly id: ContractId;
  readonly underlying: Underlying;
}

/** An index future, cash-settled. */
export interface FutureContract {
  readonly kind: 'future';
  readonly id: ContractId;
  readonly underlying: Underlying;
  readonly expiry: IstDate;
}

/** A European, cash-settled index option. `strike` in index points. */
export interface OptionContract {
  readonly kind: 'option';
  readonly id: ContractId;
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly strike: number;
  readonly right: Right;
}

/** The index itself, a future or an option; told apart by `kind`. */
export type Contract = IndexContract | FutureContract | OptionContract;
