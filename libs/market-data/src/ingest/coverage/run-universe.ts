import type { BarColumns, Contract, IstDate, Underlying } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';
import { indexContract } from '@sos/symbol-master';
import { optionsAt, pathOf, strikesOfPath } from '../option-band.js';

/** What a run can touch of an underlying on a day. */
export interface UniverseRequest {
  readonly underlying: Underlying;
  readonly day: IstDate;
  /** The index's bars of the day; without them no strike is known. */
  readonly index: BarColumns | null;
  /** False when premiums are modelled: only the index is read. */
  readonly hasOptions: boolean;
  /** A gate trades the monthly expiry. */
  readonly monthly: boolean;
  /** Strikes on either side of the day's path. */
  readonly strikes: number;
  readonly rulebook: Rulebook;
}

/**
 * The universe of a run on one day: the index, and calls and puts of the strikes within the index's path and so many beside it, of the nearest expiry and
 * on demand of the nearest monthly one. What a gate may buy lies in it; what lies outside may be missing without harm.
 */
export function universeOf(request: UniverseRequest): Contract[] {
  const { underlying, day, index, hasOptions, monthly, strikes, rulebook } = request;
  const path = index === null ? null : pathOf(index);
  if (path === null || !hasOptions) return [indexContract(underlying)];
  const alive = rulebook
    .listedExpiries(underlying, day)
    .filter((e) => e.finalDate >= day)
    .sort((a, b) => (a.finalDate < b.finalDate ? -1 : 1));
  const wanted = [alive[0], monthly ? alive.find((e) => e.kind === 'monthly') : undefined];
  const expiries = new Set(wanted.flatMap((e) => e?.finalDate ?? []));
  const ladder = strikesOfPath(path, rulebook.strikeStep(underlying, day), strikes);
  return [indexContract(underlying), ...[...expiries].flatMap((expiry) => optionsAt(underlying, expiry, ladder))];
}
