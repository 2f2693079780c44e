import { MS_PER_MINUTE, istMinuteOfDay, type Contract, type IstDate } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { DayAnswer } from '../ingest-store.js';
import { windowsOf } from '../session-days.js';
import { haltsOn } from './known-halts.js';

/**
 * What a minute of a contract is, exactly one of: `traded`; `quoted-no-trade` = a bid or ask stood and nothing traded; `no-quote` = somebody looked, and
 * there was neither; `halted` = the market stood still; `missing` = nobody looked, or what they saw was lost; `not-listed` = there was no such contract.
 */
export const MINUTE_CLASSES = ['traded', 'quoted-no-trade', 'no-quote', 'halted', 'missing', 'not-listed'] as const;

/** The class of a contract-minute. */
export type MinuteClass = (typeof MINUTE_CLASSES)[number];

/** What a source shows of a contract's day: minutes of the day in Indian time, each that of a bar's close or of a chain page. */
export interface SeenMinutes {
  readonly traded: readonly number[];
  readonly quoted: readonly number[];
  readonly seen: readonly number[];
  /** Chain pages stand until the next one, as gates read them; bars speak for their own minute. */
  readonly isChain: boolean;
}

/** A contract's day to be classified. */
export interface MinuteQuestion {
  readonly contract: Contract;
  readonly day: IstDate;
  /** What every source shows; the best of a minute counts. */
  readonly shown: readonly SeenMinutes[];
  /** The last words of sources on this day. */
  readonly answers: readonly DayAnswer[];
  /** How long a chain page stands. */
  readonly pageMinutes: number;
}

const MINUTES = 1_440;
const [UNKNOWN, SEEN, QUOTED, TRADED] = [0, 1, 2, 3];

function mark(states: Uint8Array, minutes: readonly number[], state: number): void {
  for (const minute of minutes) if ((states[minute] as number) < state) states[minute] = state;
}

/** After a page the contract is as the page showed it until the next one, but for the trade, which was its own. */
function stand(states: Uint8Array, pageMinutes: number): void {
  for (let minute = 0, age = Number.POSITIVE_INFINITY, state = UNKNOWN; minute < MINUTES; minute++) {
    if (states[minute] !== UNKNOWN) [age, state] = [0, Math.min(states[minute] as number, QUOTED)];
    else if (++age < pageMinutes) states[minute] = state;
  }
}

function statesOf({ shown, pageMinutes }: MinuteQuestion): Uint8Array {
  const all = new Uint8Array(MINUTES);
  for (const { traded, quoted, seen, isChain } of shown) {
    const states = isChain ? new Uint8Array(MINUTES) : all;
    mark(states, seen, SEEN);
    mark(states, quoted, QUOTED);
    mark(states, traded, TRADED);
    if (!isChain) continue;
    stand(states, pageMinutes);
    states.forEach((state, minute) => {
      if ((all[minute] as number) < state) all[minute] = state;
    });
  }
  return all;
}

/** The minutes of a session by their closes: 556 is 09:15 to 09:16. */
function closesOf(windows: readonly SessionWindow[]): number[] {
  return windows.flatMap(({ open, close }) => {
    const first = istMinuteOfDay(open);
    return Array.from({ length: Math.round((close - open) / MS_PER_MINUTE) }, (_, i) => first + i + 1);
  });
}

function unseen({ contract, day, answers }: MinuteQuestion, isHalted: boolean): MinuteClass {
  if (isHalted) return 'halted';
  if (contract.kind !== 'index' && contract.expiry < day) return 'not-listed';
  // An index is printed in every minute, so that no answer explains a hole in it.
  if (answers.includes('complete')) return contract.kind === 'index' ? 'missing' : 'no-quote';
  return answers.includes('not-listed') ? 'not-listed' : 'missing';
}

/** The class of each minute of a contract's session, in order. */
export function classifyMinutes(question: MinuteQuestion): MinuteClass[] {
  const { contract, day } = question;
  const states = statesOf(question);
  const halts = haltsOn(day);
  return closesOf(windowsOf(contract, day)).map((close): MinuteClass => {
    const state = states[close];
    if (state === TRADED) return 'traded';
    if (state === QUOTED) return 'quoted-no-trade';
    if (state === SEEN) return 'no-quote';
    const isHalted = halts.some(({ from, to }) => close > from && close <= to);
    return unseen(question, isHalted);
  });
}

/** How many minutes are of each class. */
export type ClassCounts = Record<MinuteClass, number>;

/** No minutes at all. */
export function noMinutes(): ClassCounts {
  return { traded: 0, 'quoted-no-trade': 0, 'no-quote': 0, halted: 0, missing: 0, 'not-listed': 0 };
}

/** Adds the classes of minutes to counts. */
export function countClasses(into: ClassCounts, classes: readonly MinuteClass[]): void {
  for (const one of classes) into[one]++;
}
