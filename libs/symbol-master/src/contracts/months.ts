/** English month abbreviations as exchanges print them, January first. */
export const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

/** Month number 1..12 of an upper-case abbreviation, or 0. */
export function monthNumber(abbreviation: string): number {
  return (MONTHS as readonly string[]).indexOf(abbreviation) + 1;
}

/** Upper-case abbreviation of month 1..12. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

/** Two digits. */
export function pad2(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
