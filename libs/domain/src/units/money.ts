import type { Brand } from '../brand.js';
import { AppError } from '../errors/app-error.js';

/** Money: a whole number of paise (1/100 rupee), safe to 9 x 10^13 rupees. */
export type Paise = Brand<number, 'Paise'>;

/** Checks and brands a whole number of paise. @throws SOS_INVARIANT for a fraction, NaN or an unsafe integer */
export function paise(value: number): Paise {
  if (!Number.isSafeInteger(value))
    throw new AppError('SOS_INVARIANT', `expected a whole number of paise, found ${value}`);
  return (value === 0 ? 0 : value) as Paise;
}

/** Rupees (float) to the nearest paisa, halves away from zero. @throws SOS_INVARIANT when not finite */
export function paiseFromRupees(rupees: number): Paise {
  const scaled = rupees * 100;
  // 1.005 is stored a hair below the half; a few units in the last place restore what the decimal text meant.
  return paise(Math.sign(scaled) * Math.round(Math.abs(scaled) * (1 + 2 ** -50)));
}

/** Paise as rupees (float), for display and expressions only. */
export function rupeesOf(amount: Paise): number {
  return amount / 100;
}

function groupIndian(digits: string): string {
  if (digits.length <= 3) return digits;
  return `${digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',')},${digits.slice(-3)}`;
}

/** `-12,34,567.89`: rupees with two decimals in Indian grouping, without a currency sign. */
export function formatPaise(amount: Paise): string {
  const whole = Math.abs(amount);
  const sign = amount < 0 ? '-' : '';
  return `${sign}${groupIndian(String(Math.floor(whole / 100)))}.${String(whole % 100).padStart(2, '0')}`;
}
