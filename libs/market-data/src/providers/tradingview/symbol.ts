import { AppError, type Contract } from '@sos/domain';
import { tradingViewSymbol } from '@sos/symbol-master';

/** The vendor's symbol of a contract. @throws SOS_UNKNOWN_SYMBOL for a dated future, of which only the continuous series is known */
export function symbolOf(contract: Contract): string {
  const symbol = tradingViewSymbol(contract);
  if (symbol !== null) return symbol;
  throw new AppError('SOS_UNKNOWN_SYMBOL', `expected an index or an option for TradingView, found ${contract.id}`, {
    context: { id: contract.id },
  });
}

/** How a chart session is told which symbol it shows. */
export function resolveText(symbol: string): string {
  return `=${JSON.stringify({ symbol, adjustment: 'splits', session: 'regular' })}`;
}
