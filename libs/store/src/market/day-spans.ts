import { istDateOf, MS_PER_DAY, startOfIstDay, type EpochMs, type IstDate } from '@sos/domain';

/** Rows of one series within one Indian day. */
export interface DaySpan {
  readonly day: IstDate;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

/** Splits ascending times into Indian days. */
export function daySpans(time: Float64Array, length: number): DaySpan[] {
  const spans: DaySpan[] = [];
  let start = 0;
  while (start < length) {
    const first = time[start] as number;
    const day = istDateOf(first as EpochMs);
    const midnight = startOfIstDay(day) + MS_PER_DAY;
    let end = start + 1;
    while (end < length && (time[end] as number) < midnight) end++;
    spans.push({ day, rows: end - start, first, last: time[end - 1] as number });
    start = end;
  }
  return spans;
}
