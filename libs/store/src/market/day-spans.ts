import { istDateOf, type EpochMs, type IstDate } from '@sos/domain';

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
    let end = start + 1;
    while (end < length && istDateOf(time[end] as EpochMs) === day) end++;
    spans.push({ day, rows: end - start, first, last: time[end - 1] as number });
    start = end;
  }
  return spans;
}
