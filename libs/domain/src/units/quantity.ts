import type { Brand } from '../brand.js';
import { AppError } from '../errors/app-error.js';

/** A number of whole lots: how SOS sizes positions. */
export type Lots = Brand<number, 'Lots'>;

/** A number of units (shares of the index): what exchanges and brokers count, and the unit of open interest. */
export type Units = Brand<number, 'Units'>;

/** Checks and brands a count of lots. @throws SOS_INVARIANT unless it is a whole number ≥ 0 */
export function lots(value: number): Lots {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new AppError('SOS_INVARIANT', `expected a whole number of lots, found ${value}`);
  return value as Lots;
}

/** Checks and brands a count of units. @throws SOS_INVARIANT unless it is a whole number ≥ 0 */
export function units(value: number): Units {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new AppError('SOS_INVARIANT', `expected a whole number of units, found ${value}`);
  return value as Units;
}

/** The one conversion from lots to units. @param lotSize units in one lot of that contract on that date */
export function unitsOfLots(count: Lots, lotSize: Units): Units {
  return units(count * lotSize);
}
