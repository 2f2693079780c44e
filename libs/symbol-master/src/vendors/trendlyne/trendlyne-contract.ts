import { AppError, UNDERLYINGS, parseIstDate, type IstDate, type OptionContract, type Underlying } from '@sos/domain';
import { optionContract } from '../../contracts/contract-pool.js';
import { dateFrom, dateParts } from '../../contracts/day-month-year.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

/**
 * Stock ids seen in two files of one author; another project guessed other numbers. Use them only until `search-contract-stock` has answered,
 * and match `stock_code`.
 */
export const TRENDLYNE_ASSUMED_STOCK_IDS: Readonly<Partial<Record<Underlying, number>>> = {
  NIFTY: 1887,
  BANKNIFTY: 1898,
  FINNIFTY: 1900,
};

/** How Trendlyne's pages name one option. */
export interface TrendlyneContract {
  readonly stockCode: string;
  /** `27-jan-2026-near` */
  readonly expirySlug: string;
  readonly strikePrice: number;
  readonly optionType: 'call' | 'put';
}

const SLUG = /^(\d{2})-([a-z]{3})-20(\d{2})-near$/;

/** `27-jan-2026-near`: an expiry in a Trendlyne address. */
export function trendlyneExpirySlug(expiry: IstDate): string {
  const d = dateParts(parseIstDate(expiry));
  return `${d.day}-${d.monthName.toLowerCase()}-${d.year4}-near`;
}

/** Reads an expiry slug. @throws SOS_UNKNOWN_SYMBOL */
export function parseTrendlyneExpirySlug(slug: string): IstDate {
  const m = SLUG.exec(slug);
  const expiry = m === null ? null : dateFrom(m[1] ?? '', (m[2] ?? '').toUpperCase(), m[3] ?? '');
  if (expiry === null) throw unknownVendorSymbol('Trendlyne expiry', '27-jan-2026-near', slug);
  return expiry;
}

/** The Trendlyne name of an option. */
export function trendlyneContract(contract: OptionContract): TrendlyneContract {
  return {
    stockCode: contract.underlying,
    expirySlug: trendlyneExpirySlug(contract.expiry),
    strikePrice: contract.strike,
    optionType: contract.right === 'CE' ? 'call' : 'put',
  };
}

/** The option of a Trendlyne name. @throws SOS_UNKNOWN_SYMBOL for another stock code, SOS_INPUT for a wrong option type */
export function parseTrendlyneContract(name: TrendlyneContract): OptionContract {
  const underlying = UNDERLYINGS.find((u) => u === name.stockCode);
  if (underlying === undefined) throw unknownVendorSymbol('Trendlyne stock code', 'NIFTY', name.stockCode);
  const expiry = parseTrendlyneExpirySlug(name.expirySlug);
  if (name.optionType !== 'call' && name.optionType !== 'put')
    throw new AppError('SOS_INPUT', `expected call or put, found "${String(name.optionType)}"`);
  const right = name.optionType === 'call' ? 'CE' : 'PE';
  return optionContract({ underlying, expiry, strike: name.strikePrice, right });
}
