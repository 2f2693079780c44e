import type { Rulebook } from '@sos/rulebook';
import { AppError, type DayTape, type EpochMs, type IstDate } from '@sos/domain';

/** The expiry of the front future of a session: the monthly one at its first bar. */
export function frontFutureExpiry(rulebook: Rulebook, tape: DayTape): IstDate {
  const first = tape.index.time[0];
  if (first === undefined) throw new AppError('SOS_INVARIANT', `expected index bars on ${tape.date}, found none`);
  return rulebook.expiryAt(tape.underlying, first as EpochMs, 'monthly');
}
