import { AppError, parseIstDate, type IstDate } from '@sos/domain';

/** A range of calendar days, both inclusive. */
export interface DateRange {
  readonly from: IstDate;
  readonly to: IstDate;
}

function dateOf(option: string, text: string): IstDate {
  try {
    return parseIstDate(text);
  } catch (cause) {
    throw new AppError('SOS_INPUT', `expected ${option} as YYYY-MM-DD, found "${text}"`, { cause });
  }
}

/** `--from-date` and `--to-date`. @throws SOS_INPUT for a malformed day, SOS_DATE_RANGE when reversed */
export function parseDateRange(fromText: string, toText: string): DateRange {
  const from = dateOf('--from-date', fromText);
  const to = dateOf('--to-date', toText);
  if (from > to)
    throw new AppError('SOS_DATE_RANGE', `expected --from-date on or before --to-date, found ${from} after ${to}`);
  return { from, to };
}
