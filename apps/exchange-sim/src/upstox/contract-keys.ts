import { daysBetween, istInstant, parseIstDate, type Contract, type IstDate, type OptionContract } from '@sos/domain';
import { lotSize, maxLotsPerOrder, tickSize } from '@sos/rulebook';
import { upstoxIndexKey, upstoxSegment, upstoxTradingSymbol } from '@sos/symbol-master';

const EPOCH = parseIstDate('2019-01-01');
const UNDERLYING_CODES = { NIFTY: 0, BANKNIFTY: 1, FINNIFTY: 2, MIDCPNIFTY: 3, SENSEX: 4 } as const;
const STRIKE_UNIT = 25;
const STRIKES = 8192;

/** The exchange token of a derivative: a number made of what the contract is, so that it is the same on every day and machine. */
export function tokenOf(contract: Exclude<Contract, { kind: 'index' }>): string {
  const { underlying, expiry } = contract;
  const series = daysBetween(EPOCH, expiry) * 8 + UNDERLYING_CODES[underlying];
  if (contract.kind === 'future') return String(series * STRIKES * 2);
  const strike = Math.round(contract.strike / STRIKE_UNIT);
  return String((series * STRIKES + strike) * 2 + (contract.right === 'CE' ? 0 : 1));
}

/** The instrument key of a contract, `NSE_FO|…` or `NSE_INDEX|Nifty 50`. */
export function keyOfContract(contract: Contract): string {
  if (contract.kind === 'index') return upstoxIndexKey(contract.underlying);
  return `${upstoxSegment(contract.underlying)}|${tokenOf(contract)}`;
}

/** The name of a row in quote answers: colon and trading symbol instead of the key. */
export function quoteNameOf(contract: Contract): string {
  const key = keyOfContract(contract);
  if (contract.kind === 'index') return key.replace('|', ':');
  return `${key.slice(0, key.indexOf('|'))}:${upstoxTradingSymbol(contract).replaceAll(' ', '')}`;
}

/** The row of a contract in the instrument master of a day. */
export function masterRow(contract: Contract, on: IstDate): object {
  const key = keyOfContract(contract);
  if (contract.kind === 'index')
    return {
      segment: key.slice(0, key.indexOf('|')),
      name: key.slice(key.indexOf('|') + 1),
      exchange: contract.underlying === 'SENSEX' ? 'BSE' : 'NSE',
      instrument_type: 'INDEX',
      instrument_key: key,
      exchange_token: String(26_000 + UNDERLYING_CODES[contract.underlying]),
      trading_symbol: contract.underlying,
    };
  const expiry = istInstant(contract.expiry, '23:59:59');
  return { ...contractRow(contract, on), expiry, weekly: false, qty_multiplier: 1, asset_symbol: contract.underlying };
}

/** The row of a derivative as the option-contract and expired-instruments interfaces list it. */
export function contractRow(contract: Exclude<Contract, { kind: 'index' }>, on: IstDate): Record<string, unknown> {
  const { underlying, expiry } = contract;
  const key = keyOfContract(contract);
  const lot = lotSize(underlying, expiry, on);
  const kind = contract.kind === 'option' ? 'option' : 'future';
  return {
    name: underlying,
    segment: upstoxSegment(underlying),
    exchange: underlying === 'SENSEX' ? 'BSE' : 'NSE',
    expiry,
    instrument_key: key,
    exchange_token: tokenOf(contract),
    trading_symbol: upstoxTradingSymbol(contract),
    tick_size: tickSize(kind, underlying, on),
    lot_size: lot,
    minimum_lot: lot,
    // The vendor prints the freeze quantity in whole lots: 1,755 where the exchange says 1,800.
    freeze_quantity: maxLotsPerOrder(underlying, expiry, on) * lot,
    instrument_type: contract.kind === 'option' ? contract.right : 'FUT',
    underlying_key: upstoxIndexKey(underlying),
    underlying_type: 'INDEX',
    underlying_symbol: underlying,
    strike_price: contract.kind === 'option' ? contract.strike : 0,
  };
}

/** Options in the order of an instrument file: by expiry, strike, calls first. */
export function byExpiryAndStrike(a: OptionContract, b: OptionContract): number {
  if (a.expiry !== b.expiry) return a.expiry < b.expiry ? -1 : 1;
  return a.strike - b.strike || (a.right < b.right ? -1 : 1);
}
