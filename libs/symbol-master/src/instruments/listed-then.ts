import type { IstDate, Underlying } from '@sos/domain';
import { listedExpiries } from '@sos/rulebook';

/** True when contracts of that expiry, as listed that day or as re-dated since, were open for trading. */
export function isExpiryListed(underlying: Underlying, expiry: IstDate, on: IstDate): boolean {
  return listedExpiries(underlying, on).some((e) => e.date === expiry || e.finalDate === expiry);
}
