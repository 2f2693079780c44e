import type { Contract } from '@sos/domain';
import { exchangeOf } from '../../contracts/exchange.js';
import { parseContractId } from '../../contracts/contract-id.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

/** OpenAlgo names a contract by symbol and exchange code. */
export interface OpenAlgoSymbol {
  readonly symbol: string;
  readonly exchange: 'NFO' | 'BFO' | 'NSE_INDEX' | 'BSE_INDEX';
}

/** The OpenAlgo name of a contract; its symbol is our canonical id. */
export function openAlgoSymbol(contract: Contract): OpenAlgoSymbol {
  const exchange = exchangeOf(contract.underlying);
  if (contract.kind === 'index') return { symbol: contract.id, exchange: `${exchange}_INDEX` };
  return { symbol: contract.id, exchange: exchange === 'NSE' ? 'NFO' : 'BFO' };
}

/** Reads an OpenAlgo symbol with its exchange. @throws SOS_UNKNOWN_SYMBOL also when the exchange is not that of the contract */
export function parseOpenAlgoSymbol({ symbol, exchange }: { symbol: string; exchange: string }): Contract {
  const contract = parseContractId(symbol);
  const expected = openAlgoSymbol(contract).exchange;
  if (exchange !== expected) throw unknownVendorSymbol('OpenAlgo', `${expected}:${symbol}`, `${exchange}:${symbol}`);
  return contract;
}
