import { AppError, UNDERLYINGS, type Contract, type IstDate, type Right, type Underlying } from '@sos/domain';
import { isExpiry, isMonthlyExpiry, monthlyExpiry } from '@sos/rulebook';
import { exchangeOf } from '../../contracts/exchange.js';
import { futureContract, optionContract } from '../../contracts/contract-pool.js';
import { dateFrom, dateParts, type DateParts } from '../../contracts/day-month-year.js';
import { monthNumber } from '../../contracts/months.js';
import { STRIKE_PATTERN, strikeText } from '../../contracts/strike-text.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

const MONTH_CODES = '123456789OND';
const BASE = UNDERLYINGS.join('|');
const MONTHLY = new RegExp(`^(${BASE})(\\d{2})([A-Z]{3})(?:(FUT)|(${STRIKE_PATTERN})(CE|PE))$`);
const WEEKLY = new RegExp(`^(${BASE})(\\d{2})([1-9OND])(\\d{2})(?:(FUT)|(${STRIKE_PATTERN})(CE|PE))$`);
const EXAMPLE = 'NIFTY2612025000CE or NIFTY26JAN25000CE';

function stem(underlying: Underlying, expiry: IstDate, d: DateParts): string {
  if (isMonthlyExpiry(underlying, expiry)) return `${underlying}${d.year2}${d.monthName}`;
  return `${underlying}${d.year2}${MONTH_CODES[d.month - 1] ?? ''}${d.day}`;
}

/**
 * The Kite trading symbol, which is also the NSE instrument name: `NIFTY2612025000CE` (weekly: year, month code, day) or
 * `NIFTY26JAN25000CE` (the monthly contract, even when a holiday moved it).
 * @throws SOS_INPUT for an index, which Kite does not name in this grammar
 */
export function zerodhaSymbol(contract: Contract): string {
  if (contract.kind === 'index')
    throw new AppError('SOS_INPUT', `expected a future or an option, found the index ${contract.underlying}`);
  const name = stem(contract.underlying, contract.expiry, dateParts(contract.expiry));
  return contract.kind === 'future' ? `${name}FUT` : `${name}${strikeText(contract.strike)}${contract.right}`;
}

/** How a name without a day is dated. */
export interface ZerodhaParseOptions {
  /** The day whose knowledge dates a monthly name; default: all rules known today. Old files need the day they were made. */
  readonly knownOn?: IstDate | undefined;
}

/**
 * Reads a Kite trading symbol. A monthly name carries no day: the rulebook gives the expiry of that month. A weekly name must fall on an
 * expiry of that underlying (`SENSEX50…` is not a SENSEX of the year 2050).
 * @throws SOS_UNKNOWN_SYMBOL
 */
export function parseZerodhaSymbol(text: string, options: ZerodhaParseOptions = {}): Contract {
  const monthly = MONTHLY.exec(text);
  const m = monthly ?? WEEKLY.exec(text);
  const expiry = m === null ? null : monthly === null ? weeklyDate(m) : monthlyDate(m, options);
  if (m === null || expiry === null) throw unknownVendorSymbol('Zerodha', EXAMPLE, text);
  const underlying = m[1] as Underlying;
  const [future, strike, right] = m.slice(-3);
  if (future === 'FUT') return futureContract(underlying, expiry);
  return optionContract({ underlying, expiry, strike: Number(strike), right: right as Right });
}

function monthlyDate(m: RegExpExecArray, { knownOn }: ZerodhaParseOptions): IstDate | null {
  const month = monthNumber(m[3] ?? '');
  if (month === 0) return null;
  return monthlyExpiry(m[1] as Underlying, { year: 2000 + Number(m[2]), month, knownOn });
}

function weeklyDate(m: RegExpExecArray): IstDate | null {
  const date = dateFrom(m[4] ?? '', MONTH_CODES.indexOf(m[3] ?? '') + 1, m[2] ?? '');
  return date !== null && isExpiry(m[1] as Underlying, date) ? date : null;
}

/** Kite's instrument token of an exchange token: x 256 + 2 at NFO, + 5 at BFO. */
export function kiteInstrumentToken(exchangeToken: number, underlying: Underlying): number {
  return exchangeToken * 256 + (exchangeOf(underlying) === 'NSE' ? 2 : 5);
}

/** The exchange token inside a Kite instrument token. @throws SOS_INPUT when it is not of the NFO or BFO segment */
export function exchangeTokenOfKite(instrumentToken: number): number {
  const segment = instrumentToken % 256;
  if (segment !== 2 && segment !== 5)
    throw new AppError('SOS_INPUT', `expected an NFO or BFO instrument token, found ${instrumentToken}`);
  return (instrumentToken - segment) / 256;
}
