import {
  AppError,
  UNDERLYINGS,
  type Contract,
  type FutureContract,
  type IstDate,
  type OptionContract,
  type Right,
  type Underlying,
} from '@sos/domain';
import { exchangeOf } from '../../contracts/exchange.js';
import { futureContract, indexContract, optionContract } from '../../contracts/contract-pool.js';
import { dateFrom, dateParts } from '../../contracts/day-month-year.js';
import { STRIKE_PATTERN, strikeText } from '../../contracts/strike-text.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

const INDEX_KEYS: Readonly<Record<Underlying, string>> = {
  NIFTY: 'NSE_INDEX|Nifty 50',
  BANKNIFTY: 'NSE_INDEX|Nifty Bank',
  FINNIFTY: 'NSE_INDEX|Nifty Fin Service',
  MIDCPNIFTY: 'NSE_INDEX|NIFTY MID SELECT',
  SENSEX: 'BSE_INDEX|SENSEX',
};
const SYMBOL = new RegExp(
  `^(${UNDERLYINGS.join('|')}) (?:(FUT)|(${STRIKE_PATTERN}) (CE|PE)) (\\d{2}) ([A-Z]{3}) (\\d{2})$`,
);
const EXPIRED_KEY = /^((?:NSE|BSE)_FO)\|(\d+)\|(\d{2})-(\d{2})-20(\d{2})$/;

/** The Upstox instrument key of an index, `NSE_INDEX|Nifty 50`. */
export function upstoxIndexKey(underlying: Underlying): string {
  return INDEX_KEYS[underlying];
}

/** The index of an Upstox key. @throws SOS_UNKNOWN_SYMBOL */
export function parseUpstoxIndexKey(key: string): Contract {
  const underlying = UNDERLYINGS.find((u) => INDEX_KEYS[u] === key);
  if (underlying === undefined) throw unknownVendorSymbol('Upstox index', 'NSE_INDEX|Nifty 50', key);
  return indexContract(underlying);
}

/** The Upstox trading symbol, `NIFTY 25000 CE 20 JAN 26` or `NIFTY FUT 29 SEP 26`; for an index its plain name. */
export function upstoxTradingSymbol(contract: Contract): string {
  if (contract.kind === 'index') return contract.underlying;
  const d = dateParts(contract.expiry);
  const what = contract.kind === 'future' ? 'FUT' : `${strikeText(contract.strike)} ${contract.right}`;
  return `${contract.underlying} ${what} ${d.day} ${d.monthName} ${d.year2}`;
}

/** Reads an Upstox trading symbol of a derivative. @throws SOS_UNKNOWN_SYMBOL */
export function parseUpstoxTradingSymbol(text: string): OptionContract | FutureContract {
  const m = SYMBOL.exec(text);
  const expiry = m === null ? null : dateFrom(m[5] ?? '', m[6] ?? '', m[7] ?? '');
  if (m === null || expiry === null) throw unknownVendorSymbol('Upstox', 'NIFTY 25000 CE 20 JAN 26', text);
  const underlying = m[1] as Underlying;
  if (m[2] === 'FUT') return futureContract(underlying, expiry);
  return optionContract({ underlying, expiry, strike: Number(m[3]), right: m[4] as Right });
}

/** A key of the expired-instruments API taken apart. */
export interface UpstoxExpiredKey {
  /** The key that the contract had while it was listed, `NSE_FO|54452`. */
  readonly key: string;
  readonly expiry: IstDate;
}

/** `NSE_FO|54452|24-04-2025`: the key of an expired contract. @throws SOS_INPUT for a key that is not a derivative's */
export function upstoxExpiredKey({ key, expiry }: UpstoxExpiredKey): string {
  const d = dateParts(expiry);
  const text = `${key}|${d.day}-${expiry.slice(5, 7)}-${d.year4}`;
  if (!EXPIRED_KEY.test(text)) throw new AppError('SOS_INPUT', `expected a key like NSE_FO|54452, found "${key}"`);
  return text;
}

/** Takes an expired key apart. @throws SOS_UNKNOWN_SYMBOL */
export function parseUpstoxExpiredKey(text: string): UpstoxExpiredKey {
  const m = EXPIRED_KEY.exec(text);
  const expiry = m === null ? null : dateFrom(m[3] ?? '', Number(m[4]), m[5] ?? '');
  if (m === null || expiry === null) throw unknownVendorSymbol('Upstox expired', 'NSE_FO|54452|24-04-2025', text);
  return { key: `${m[1] ?? ''}|${m[2] ?? ''}`, expiry };
}

/** The Upstox segment of a contract's derivatives. */
export function upstoxSegment(underlying: Underlying): 'NSE_FO' | 'BSE_FO' {
  return exchangeOf(underlying) === 'NSE' ? 'NSE_FO' : 'BSE_FO';
}
