import { UNDERLYINGS, type Contract, type Underlying } from '@sos/domain';
import { exchangeOf } from '../../contracts/exchange.js';
import { indexContract, optionContract } from '../../contracts/contract-pool.js';
import { dateFrom, dateParts } from '../../contracts/day-month-year.js';
import { pad2 } from '../../contracts/months.js';
import { STRIKE_PATTERN, strikeText } from '../../contracts/strike-text.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

const OPTION = new RegExp(`^(NSE|BSE):(${UNDERLYINGS.join('|')})(\\d{2})(\\d{2})(\\d{2})([CP])(${STRIKE_PATTERN})$`);
const INDEX = new RegExp(`^(NSE|BSE):(${UNDERLYINGS.join('|')})$`);

/** The TradingView symbol, `NSE:NIFTY260120C25000` or `NSE:NIFTY`; null for a dated future, whose name is not established. */
export function tradingViewSymbol(contract: Contract): string | null {
  const prefix = `${exchangeOf(contract.underlying)}:${contract.underlying}`;
  if (contract.kind === 'index') return prefix;
  if (contract.kind === 'future') return null;
  const d = dateParts(contract.expiry);
  return `${prefix}${d.year2}${pad2(d.month)}${d.day}${contract.right === 'CE' ? 'C' : 'P'}${strikeText(contract.strike)}`;
}

/** The continuous front future, `NSE:NIFTY1!`: a series, not a contract. */
export function tradingViewFrontFuture(underlying: Underlying): string {
  return `${exchangeOf(underlying)}:${underlying}1!`;
}

/** Reads a TradingView symbol of an index or an option. @throws SOS_UNKNOWN_SYMBOL */
export function parseTradingViewSymbol(text: string): Contract {
  const contract = parseOption(text) ?? parseIndex(text);
  if (contract === null || tradingViewSymbol(contract) !== text)
    throw unknownVendorSymbol('TradingView', 'NSE:NIFTY260120C25000', text);
  return contract;
}

function parseIndex(text: string): Contract | null {
  const m = INDEX.exec(text);
  return m === null ? null : indexContract(m[2] as Underlying);
}

function parseOption(text: string): Contract | null {
  const m = OPTION.exec(text);
  const expiry = m === null ? null : dateFrom(m[5] ?? '', Number(m[4]), m[3] ?? '');
  if (m === null || expiry === null) return null;
  const right = m[6] === 'C' ? 'CE' : 'PE';
  return optionContract({ underlying: m[2] as Underlying, expiry, strike: Number(m[7]), right });
}
