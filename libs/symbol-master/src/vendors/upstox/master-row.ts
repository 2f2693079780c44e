import {
  AppError,
  isUnderlying,
  istDateOf,
  parseIstDate,
  units,
  type Contract,
  type EpochMs,
  type IstDate,
} from '@sos/domain';
import { futureContract, optionContract } from '../../contracts/contract-pool.js';
import type { Instrument } from '../../instruments/instrument.js';
import { parseUpstoxIndexKey } from './upstox-symbol.js';

/** A row of a master in the words of both layouts, numbers already in our units. */
export interface MasterRow {
  readonly key: string;
  readonly token: string;
  readonly underlying: string;
  readonly type: 'CE' | 'PE' | 'FUT' | 'INDEX';
  readonly expiry: IstDate | null;
  readonly strike: number;
  readonly lot: number;
  readonly tickPaise: number;
  readonly freeze: number | null;
}

function derivative(row: MasterRow): Contract | null {
  if (!isUnderlying(row.underlying) || row.expiry === null) return null;
  if (row.type === 'INDEX') return null;
  if (row.type === 'FUT') return futureContract(row.underlying, row.expiry);
  return optionContract({
    underlying: row.underlying,
    expiry: row.expiry,
    strike: row.strike,
    right: row.type,
  });
}

function index(key: string): Contract | null {
  try {
    return parseUpstoxIndexKey(key);
  } catch {
    return null;
  }
}

/** The instrument of a row, or null when it is of another underlying. @throws SOS_DATA_CORRUPT for a wrong lot, tick or strike */
export function toInstrument(row: MasterRow): Instrument | null {
  if (row.type === 'INDEX') {
    const contract = index(row.key);
    if (contract === null) return null;
    return { key: row.key, contract, id: contract.id, token: row.token, lot: null, tickPaise: null, freeze: null };
  }
  if (!isUnderlying(row.underlying)) return null;
  try {
    const contract = derivative(row);
    if (contract === null || !(row.tickPaise > 0) || !(row.lot > 0)) throw badRow(row);
    const freeze = row.freeze === null ? null : units(row.freeze);
    return {
      key: row.key,
      contract,
      id: contract.id,
      token: row.token,
      lot: units(row.lot),
      tickPaise: row.tickPaise,
      freeze,
    };
  } catch (cause) {
    throw badRow(row, cause);
  }
}

function badRow(row: MasterRow, cause?: unknown): AppError {
  return new AppError(
    'SOS_DATA_CORRUPT',
    `expected expiry, strike, lot and tick in the row of ${row.key}, found ${row.expiry ?? 'no expiry'}, ${row.strike}, ${row.lot}, ${row.tickPaise}`,
    { context: { key: row.key }, cause },
  );
}

/** The expiry day of a JSON row, whose expiry is 23:59:59 IST of that day in milliseconds. */
export function expiryOfEpoch(ms: number): IstDate | null {
  return Number.isFinite(ms) ? istDateOf(ms as EpochMs) : null;
}

/** The expiry day of a CSV row. */
export function expiryOfText(text: string): IstDate | null {
  try {
    return parseIstDate(text);
  } catch {
    return null;
  }
}
