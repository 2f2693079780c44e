import type { Underlying } from '@sos/domain';

/** Where the derivatives of an underlying trade. */
export function exchangeOf(underlying: Underlying): 'NSE' | 'BSE' {
  return underlying === 'SENSEX' ? 'BSE' : 'NSE';
}
