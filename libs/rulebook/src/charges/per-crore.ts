import { AppError, type Paise } from '@sos/domain';

/** Rates are whole rupees per crore, so a base in paise times a rate is a whole number of ten-millionths of a paisa. */
export const CRORE = 10_000_000;

/**
 * A share of a base, to the nearest paisa with halves up, exact for every safe product.
 * @param base paise, ≥ 0
 * @param rupeesPerCrore whole number ≥ 0
 * @throws SOS_INVARIANT when the product leaves the exact range (a base above 600 crore rupees at the highest rate)
 */
export function shareOf(base: number, rupeesPerCrore: number): Paise {
  const product = base * rupeesPerCrore;
  if (!(product >= 0 && product <= Number.MAX_SAFE_INTEGER - CRORE))
    throw new AppError('SOS_INVARIANT', `expected a charge base from 0 to an exact product, found ${base} paise`);
  return Math.floor((product + CRORE / 2) / CRORE) as Paise;
}

/** Paise to the nearest whole rupee, halves up, still in paise: how STT and stamp duty appear on a contract note. */
export function toWholeRupees(amount: number): Paise {
  return (Math.floor((amount + 50) / 100) * 100) as Paise;
}
