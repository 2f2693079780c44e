import { AppError, units, type Units } from '@sos/domain';

/** Splits a quantity into orders of at most `largest` units, the freeze quantity in whole lots; the last one is the rest. @throws SOS_INVARIANT unless both are > 0 */
export function sliceUnits(total: Units, largest: Units): Units[] {
  if (!(total > 0 && largest > 0))
    throw new AppError('SOS_INVARIANT', `expected quantities above 0, found ${total} in orders of ${largest}`);
  if (total <= largest) return [total];
  const slices: Units[] = [];
  for (let left: number = total; left > 0; left -= largest) slices.push(units(Math.min(left, largest)));
  return slices;
}
