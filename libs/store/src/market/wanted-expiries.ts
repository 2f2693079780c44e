import type { IstDate, Underlying } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';

export interface ExpiryWish {
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly expiries: number;
  readonly monthly: boolean;
  readonly rulebook: Rulebook;
}

/** Which of the stored expiries are loaded: the nearest few that are not past, and on demand the nearest monthly one. Ascending. */
export function wantedExpiries(stored: readonly IstDate[], wish: ExpiryWish): IstDate[] {
  const alive = stored.filter((e) => e >= wish.date).sort();
  const wanted = alive.slice(0, wish.expiries);
  if (!wish.monthly) return wanted;
  const monthly = alive.find((e) => wish.rulebook.isMonthlyExpiry(wish.underlying, e));
  if (monthly !== undefined && !wanted.includes(monthly)) wanted.push(monthly);
  return wanted;
}
