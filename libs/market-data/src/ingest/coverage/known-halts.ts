/** A stretch in which nothing traded, minutes of the day in Indian time: after `from`, up to `to`. */
export interface Halt {
  readonly from: number;
  readonly to: number;
}

const at = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

// Days and causes are those of the rulebook's list of disruptions; of 2020-03-13 only the resumption is known to the minute.
const HALTS: ReadonlyMap<string, Halt> = new Map([
  ['2020-03-13', { from: at('09:20'), to: at('10:20') }],
  ['2020-03-23', { from: at('09:58'), to: at('10:57') }],
  ['2021-02-24', { from: at('11:40'), to: at('15:30') }],
]);

/** When the whole market stood still on a day. */
export function haltsOn(day: string): readonly Halt[] {
  const halt = HALTS.get(day);
  return halt === undefined ? [] : [halt];
}
