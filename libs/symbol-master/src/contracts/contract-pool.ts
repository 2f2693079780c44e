import {
  AppError,
  parseIstDate,
  type ContractId,
  type FutureContract,
  type IndexContract,
  type IstDate,
  type OptionContract,
  type Right,
  type Underlying,
} from '@sos/domain';
import { dateParts } from './day-month-year.js';
import { strikeText } from './strike-text.js';

/** What names an option. */
export interface OptionParts {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  /** Index points, above 0, at most two decimals. */
  readonly strike: number;
  readonly right: Right;
}

interface ExpiryPool {
  readonly stem: string;
  readonly calls: Map<number, OptionContract>;
  readonly puts: Map<number, OptionContract>;
  future: FutureContract | null;
}

// Contracts are values: one frozen object per id for the life of the process, so that hot code compares and looks up without building text.
const indices = new Map<Underlying, IndexContract>();
const pools = new Map<Underlying, Map<IstDate, ExpiryPool>>();

function makePool(underlying: Underlying, expiry: IstDate): ExpiryPool {
  parseIstDate(expiry);
  if (!expiry.startsWith('20'))
    throw new AppError('SOS_INPUT', `expected an expiry between 2000 and 2099, found ${expiry}`);
  const d = dateParts(expiry);
  return { stem: `${underlying}${d.day}${d.monthName}${d.year2}`, calls: new Map(), puts: new Map(), future: null };
}

function poolOf(underlying: Underlying, expiry: IstDate): ExpiryPool {
  let byExpiry = pools.get(underlying);
  if (byExpiry === undefined) {
    byExpiry = new Map();
    pools.set(underlying, byExpiry);
  }
  let pool = byExpiry.get(expiry);
  if (pool === undefined) {
    pool = makePool(underlying, expiry);
    byExpiry.set(expiry, pool);
  }
  return pool;
}

/**
 * The option with these parts, the same frozen object each time (a look-up after the first).
 * @throws SOS_INPUT for a malformed date or strike
 */
export function optionContract(parts: OptionParts): OptionContract {
  const { underlying, expiry, strike, right } = parts;
  const pool = poolOf(underlying, expiry);
  const side = right === 'CE' ? pool.calls : pool.puts;
  const known = side.get(strike);
  if (known !== undefined) return known;
  const id = `${pool.stem}${strikeText(strike)}${right}` as ContractId;
  const made: OptionContract = Object.freeze({ kind: 'option', id, underlying, expiry, strike, right });
  side.set(strike, made);
  return made;
}

/** The future of an underlying and expiry, the same frozen object each time. @throws SOS_INPUT for a malformed date */
export function futureContract(underlying: Underlying, expiry: IstDate): FutureContract {
  const pool = poolOf(underlying, expiry);
  pool.future ??= Object.freeze({ kind: 'future', id: `${pool.stem}FUT` as ContractId, underlying, expiry });
  return pool.future;
}

/** The index itself, the same frozen object each time. */
export function indexContract(underlying: Underlying): IndexContract {
  let known = indices.get(underlying);
  if (known === undefined) {
    const text: string = underlying;
    known = Object.freeze({ kind: 'index', id: text as ContractId, underlying });
    indices.set(underlying, known);
  }
  return known;
}
