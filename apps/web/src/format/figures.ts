import { formatIst, formatIstClock, formatPaise, paise, type EpochMs } from '@sos/domain';

const NONE = '–';

/** Indian grouping with a fixed number of decimals; a dash where nothing is known. */
export function figure(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return new Intl.NumberFormat('en-IN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
    value,
  );
}

/** A whole number in Indian grouping. */
export const whole = (value: number | null | undefined): string => figure(value, 0);

/** A large number in lakh (L) and crore (Cr), as Indian desks read open interest. */
export function compact(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size >= 1e7) return `${figure(value / 1e7, 2)} Cr`;
  if (size >= 1e5) return `${figure(value / 1e5, 2)} L`;
  return whole(value);
}

/** Money in rupees, Indian grouping, with its sign where it is a result. */
export function money(amount: number | null | undefined): string {
  if (amount === null || amount === undefined) return NONE;
  return formatPaise(paise(Math.round(amount)));
}

/** A result: `▲ +1,234.00` or `▼ −1,234.00`, so that colour is not the only sign. */
export function result(amount: number | null | undefined): string {
  if (amount === null || amount === undefined) return NONE;
  const text = formatPaise(paise(Math.abs(Math.round(amount))));
  return amount > 0 ? `▲ +${text}` : amount < 0 ? `▼ −${text}` : text;
}

/** CSS class of a result. */
export const tone = (amount: number | null | undefined): string =>
  amount === null || amount === undefined || amount === 0 ? '' : amount > 0 ? 'up' : 'down';

/** A share as per cent. */
export const percent = (share: number | null | undefined, decimals = 1): string =>
  share === null || share === undefined ? NONE : `${figure(share * 100, decimals)} %`;

/** `HH:MM` in India. */
export const clock = (at: number | null | undefined): string =>
  at === null || at === undefined ? NONE : formatIstClock(at as EpochMs);

/** `YYYY-MM-DD HH:MM:SS` in India. */
export const instant = (at: number): string => formatIst(at as EpochMs);
