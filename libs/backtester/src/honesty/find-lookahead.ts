import type { EpochMs, IstDate, Underlying } from '@sos/domain';
import { logDecisions, type DecisionLog, type HonestyDay, type HonestySetup } from './decision-log.js';
import { CHANNELS, type Channel, type Filling } from './filling.js';
import { cutTape, MaskedTape } from './masked-tape.js';
import { misdatedRows } from './misdated-rows.js';

/** How thoroughly a day is searched. */
export interface LookaheadOptions {
  /** The futures that are put in place of the real one; default soar and crash. */
  readonly fillings?: readonly Filling[];
  /** So many instants at which the day is cut off altogether, drawn from the seed; default 2. */
  readonly cuts?: number;
  readonly seed?: number;
  /** Whether findings name the kinds of data that leak, at a replay for each kind; default true. */
  readonly attribute?: boolean;
}

/** A decision that depended on what could not be known yet. */
export interface LookaheadFinding {
  readonly underlying: Underlying;
  readonly date: IstDate;
  /** Instant of the first decision that differs, null when only the totals of the day do. */
  readonly time: EpochMs | null;
  /** What was done to the future. */
  readonly how: Filling | 'cut' | 'dates';
  /** The decision with the real future; null when there was none. */
  readonly expected: string | null;
  /** The decision with the other future; null when there was none. */
  readonly found: string | null;
  /** Kinds of data whose future alone makes a difference; empty when only all of them together do, or nobody asked. */
  readonly channels: readonly Channel[];
}

/** What a search for look-ahead found on one day. */
export interface LookaheadReport {
  readonly underlying: Underlying;
  readonly date: IstDate;
  /** Instants tested: all at which something became known. */
  readonly instants: number;
  /** Lines of the decision log that were compared. */
  readonly decisions: number;
  readonly replays: number;
  readonly findings: readonly LookaheadFinding[];
}

interface Difference {
  readonly at: number;
  readonly time: EpochMs | null;
  readonly expected: string | null;
  readonly found: string | null;
}

function firstDifference(expected: DecisionLog, found: DecisionLog, until: number): Difference | null {
  for (let i = 0; ; i++) {
    const [a, b] = [expected.times[i] ?? Number.NaN, found.times[i] ?? Number.NaN];
    const isOver = !(a <= until) && !(b <= until);
    if (isOver) return null;
    if (a === b && expected.lines[i] === found.lines[i]) continue;
    const time = Math.min(Number.isNaN(a) ? b : a, Number.isNaN(b) ? a : b);
    const line = (log: DecisionLog, at: number): string | null => (at <= until ? (log.lines[i] ?? null) : null);
    return {
      at: i,
      time: Number.isFinite(time) ? (time as EpochMs) : null,
      expected: line(expected, a),
      found: line(found, b),
    };
  }
}

class LookaheadSearch {
  replays = 0;
  readonly #day: HonestyDay;
  readonly #setup: HonestySetup;
  readonly #real: DecisionLog;

  constructor(day: HonestyDay, setup: HonestySetup) {
    this.#day = day;
    this.#setup = setup;
    this.#real = this.#log(day);
  }

  get real(): DecisionLog {
    return this.#real;
  }

  #log(day: HonestyDay, reveal?: (now: number) => void): DecisionLog {
    this.replays++;
    return logDecisions(day, this.#setup, reveal);
  }

  masked(filling: Filling, only?: Channel): Difference | null {
    const masked = new MaskedTape(this.#day.tape, only === undefined ? { filling } : { filling, only });
    const day = { tape: masked.tape, warmUp: this.#day.warmUp };
    // A source that breaks on values that it must not read has read them.
    try {
      const found = this.#log(day, (now) => masked.reveal(now));
      return firstDifference(this.#real, found, Number.POSITIVE_INFINITY);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { at: 0, time: null, expected: this.#real.lines[0] ?? null, found: `threw: ${message}` };
    }
  }

  cut(now: number): Difference | null {
    const found = this.#log({ tape: cutTape(this.#day.tape, now), warmUp: this.#day.warmUp });
    return firstDifference(this.#real, found, now);
  }

  finding(difference: Difference, how: LookaheadFinding['how'], channels: readonly Channel[]): LookaheadFinding {
    const { underlying, date } = this.#day.tape;
    const { time, expected, found } = difference;
    return { underlying, date, time, how, expected, found, channels };
  }
}

// The same few instants for the same seed and day: spread over the session, never its first bars.
function cutsOf(day: HonestyDay, { cuts = 2, seed = 1 }: LookaheadOptions): number[] {
  const { time, length } = day.tape.index;
  return Array.from({ length: cuts }, (_, i) => {
    const h = Math.imul((seed + 1) * 0x9e3779b1 + i * 7919 + Number(day.tape.date.replaceAll('-', '')), 0x85ebca6b);
    const share = ((h ^ (h >>> 13)) >>> 0) / 4294967296;
    return time[Math.floor(length * ((i + share) / cuts))] as number;
  }).filter((at) => at > 0);
}

/**
 * Searches one day for decisions that depend on the future. Instead of a replay for each instant, one replay shows the day through a curtain: at every instant all that
 * is not yet known holds adversarial values and is replaced by the truth at the moment it becomes available, so that every instant of the day is tested at once.
 * The log of decisions must be the same to the last byte as that of the real day. A few cuts remove the future altogether, its length included.
 */
export function findLookahead(day: HonestyDay, setup: HonestySetup, options: LookaheadOptions = {}): LookaheadReport {
  const search = new LookaheadSearch(day, setup);
  const findings: LookaheadFinding[] = [];
  const dates = misdatedRows(day.tape);
  if (dates !== null) findings.push(search.finding({ at: 0, time: null, expected: null, found: dates }, 'dates', []));
  for (const filling of options.fillings ?? (['soar', 'crash'] as const)) {
    const difference = search.masked(filling);
    if (difference === null) continue;
    const kinds = options.attribute === false ? [] : CHANNELS;
    const channels = kinds.filter((only) => search.masked(filling, only) !== null);
    findings.push(search.finding(difference, filling, channels));
  }
  for (const at of cutsOf(day, options)) {
    const difference = search.cut(at);
    if (difference !== null) findings.push(search.finding(difference, 'cut', []));
  }
  const { underlying, date } = day.tape;
  const { instants, lines } = search.real;
  return { underlying, date, instants, decisions: lines.length, replays: search.replays, findings };
}
