import { isAppError, istInstant, parseIstDate, type EpochMs, type IstDate } from '@sos/domain';
import { parseNseDate } from '@sos/symbol-master';

const NUMERIC = /^(\d{2})-(\d{2})-(\d{4})$/;
const STAMP = /^(\S+) (\d{2}:\d{2}(?::\d{2})?)$/;

/** `30-Dec-2025` or `30-12-2025` as a day, null for anything else. */
export function nseDay(text: string | null | undefined): IstDate | null {
  const m = NUMERIC.exec(text ?? '');
  if (m === null) return parseNseDate(text ?? '');
  try {
    return parseIstDate(`${m[3]}-${m[2]}-${m[1]}`);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** `15-Dec-2025 15:30:00`, or without seconds, in India, as an instant; null for anything else, an empty text among it. */
export function nseStamp(text: string | null | undefined): EpochMs | null {
  const m = STAMP.exec((text ?? '').trim());
  const date = nseDay(m?.[1]);
  return m === null || date === null ? null : istInstant(date, m[2] ?? '');
}
