import { toIstIso, type DayTape, type EpochMs } from '@sos/domain';

interface Dated {
  readonly what: string;
  readonly time: Float64Array;
  readonly availableAt: Float64Array;
  readonly length: number;
}

function faultOf({ what, time, availableAt, length }: Dated): string | null {
  for (let i = 0; i < length; i++) {
    const [event, known] = [time[i] as number, availableAt[i] as number];
    if (!(known >= event))
      return `${what} row ${i} is available at ${toIstIso(known as EpochMs)}, before its own time ${toIstIso(event as EpochMs)}`;
    if (i > 0 && known < (availableAt[i - 1] as number))
      return `${what} row ${i} is available before row ${i - 1}: rows must be in the order in which they became known`;
  }
  return null;
}

/** The first row of a day that claims to be known before it happened, in words; null when all dates are possible. */
export function misdatedRows(tape: DayTape): string | null {
  const bars = (what: string, from: DayTape['index'] | null): Dated[] =>
    from === null ? [] : [{ what, time: from.time, availableAt: from.time, length: from.length }];
  const chains = tape.chains.map(({ expiry, eventTime, availableAt, length }): Dated => ({
    what: `chain ${expiry}`,
    time: eventTime,
    availableAt,
    length,
  }));
  for (const dated of [...bars('index', tape.index), ...bars('future', tape.future), ...chains]) {
    const fault = faultOf(dated);
    if (fault !== null) return fault;
  }
  return null;
}
