import { isAppError, type Contract } from '@sos/domain';
import { parseTradingViewSymbol } from '@sos/symbol-master';
import type { SimulatedExchange } from '../market/simulated-exchange.js';

/** The symbol inside what a client asks for: plain, or `={"symbol":…}`, there possibly once more inside for chart types. */
function nameOf(text: string): string {
  if (!text.startsWith('=')) return text;
  const { symbol } = JSON.parse(text.slice(1)) as { symbol?: unknown };
  if (typeof symbol === 'string') return symbol;
  return (symbol as { symbol?: string } | undefined)?.symbol ?? '';
}

/** The contract of a symbol, null where the vendor lists none: unknown names, other underlyings, contracts that are over. */
export async function findSymbol(exchange: SimulatedExchange, text: string): Promise<Contract | null> {
  let contract: Contract;
  try {
    contract = parseTradingViewSymbol(nameOf(text));
  } catch (error) {
    if (isAppError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
  if (!exchange.underlyings.includes(contract.underlying)) return null;
  const isThere = (await exchange.listed(contract.underlying)).some(({ id }) => id === contract.id);
  return isThere ? contract : null;
}

/** What the vendor tells of a symbol: in `symbol_resolved`, and in quotes. */
export function describeSymbol(name: string, contract: Contract): Record<string, unknown> {
  const [exchange = '', short = ''] = name.split(':');
  const isIndex = contract.kind === 'index';
  return {
    pro_name: name,
    full_name: name,
    original_name: name,
    name: short,
    short_name: short,
    description: contract.id,
    exchange,
    listed_exchange: exchange,
    type: isIndex ? 'index' : 'option',
    currency_code: 'INR',
    timezone: 'Asia/Kolkata',
    session: '0915-1530',
    country_code: 'IN',
    pricescale: 100,
    minmov: 5,
    minmove2: 0,
    fractional: 'false',
    has_intraday: true,
    is_tradable: !isIndex,
    provider_id: 'exchange-sim',
  };
}

/** The name in what a client asks for. @throws SyntaxError for text that is neither a name nor JSON */
export const symbolName = nameOf;
