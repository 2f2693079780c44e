import { parseIstDate, type IstDate } from '@sos/domain';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const NSE_DATE = /^(\d{2})-([A-Za-z]{3})-(\d{4})$/;

/** NSE's `29-Aug-2025` as a calendar day, or null when it is none. */
export function parseNseDate(text: string): IstDate | null {
  const m = NSE_DATE.exec(text);
  const month = m ? MONTHS.indexOf((m[2] ?? '').toUpperCase()) + 1 : 0;
  if (!m || month === 0) return null;
  try {
    return parseIstDate(`${m[3]}-${String(month).padStart(2, '0')}-${m[1]}`);
  } catch {
    return null;
  }
}

/** Turns NSE dates into calendar days, each distinct text once; an empty text for what is no date. */
export function nseDates(texts: readonly string[]): (IstDate | '')[] {
  const known = new Map<string, IstDate | ''>();
  return texts.map((text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const date = parseNseDate(text) ?? '';
    known.set(text, date);
    return date;
  });
}
