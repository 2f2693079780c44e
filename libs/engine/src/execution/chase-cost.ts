import type { Side } from '@sos/domain';
import type { OrderLedger } from './order-ledger.js';

/** What the fills of a chase gave beyond its first limit, paise ≥ 0: the price of following the market. */
export function chaseCost({ firstLimit, units, value }: OrderLedger, side: Side): number {
  if (firstLimit === 0) return 0;
  const beyond = side === 'BUY' ? value - firstLimit * units : firstLimit * units - value;
  return Math.max(0, beyond);
}
