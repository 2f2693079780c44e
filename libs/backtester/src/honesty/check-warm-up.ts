import { sliceBars, type BarColumns, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import { logDecisions, type HonestyDay, type HonestySetup } from './decision-log.js';

/** How one gate depends on earlier history. */
export interface WarmUpReport {
  readonly gate: string;
  /** Bars of history after which the gate says that more change nothing. */
  readonly declaredBars: number;
  /** The smallest history tried from which on every longer one gave the same decisions; null when the longest two still differ. */
  readonly smallestBars: number | null;
  /** Whether every history from the declared one on gave the same decisions. */
  readonly holds: boolean;
  /** Whether there was as much history as the gate declares: otherwise `holds` says nothing. */
  readonly wasTested: boolean;
  /** Decisions compared, summed over the days. */
  readonly decisions: number;
  /** The first decision that the declared history, or a longer one, changes. */
  readonly difference: WarmUpDifference | null;
}

/** A decision that more history changes. */
export interface WarmUpDifference {
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly time: EpochMs | null;
  /** Bars of history with which it is found. */
  readonly bars: number;
  readonly expected: string | null;
  readonly found: string | null;
}

/** What is checked: which gates declare which warm-up. */
export interface WarmUpCheck extends HonestySetup {
  /** Declared warm-up in bars by gate id. */
  readonly declared: ReadonlyMap<string, number>;
}

const GRID = [0, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 375, 500, 750, 1125, 1500, 2250, 3000, 3750];

/** Histories to try, the longest last: a fixed grid, what the gates declare, and everything there is. */
function historiesOf(declared: Iterable<number>, longest: number): number[] {
  const all = [...GRID, ...declared, longest].filter((bars) => bars <= longest);
  return [...new Set(all)].sort((a, b) => a - b);
}

function lastBars(bars: BarColumns, count: number): BarColumns {
  return sliceBars(bars, bars.length - count, bars.length);
}

// Recursive averages forget to within 1e-10: levels agree to a hundredth of a paisa, not to the last bit.
const rounded = (line: string): string => line.replace(/-?\d+\.\d+/g, (number) => Number(number).toFixed(4));

interface GateLog {
  readonly times: number[];
  readonly lines: string[];
}

function logsByGate(day: HonestyDay, check: WarmUpCheck): Map<string, GateLog> {
  const { times, lines } = logDecisions(day, check);
  const logs = new Map<string, GateLog>([...check.declared.keys()].map((gate) => [gate, { times: [], lines: [] }]));
  for (const [i, line] of lines.entries()) {
    const log = logs.get(line.slice(0, line.indexOf(' ')));
    log?.times.push(times[i] as number);
    log?.lines.push(rounded(line));
  }
  return logs;
}

function differenceOf(
  expected: GateLog,
  found: GateLog,
): { time: EpochMs | null; expected: string | null; found: string | null } | null {
  const length = Math.max(expected.lines.length, found.lines.length);
  for (let i = 0; i < length; i++) {
    if (expected.lines[i] === found.lines[i] && expected.times[i] === found.times[i]) continue;
    const time = Math.min(expected.times[i] ?? Number.POSITIVE_INFINITY, found.times[i] ?? Number.POSITIVE_INFINITY);
    const at = Number.isFinite(time) ? (time as EpochMs) : null;
    return { time: at, expected: expected.lines[i] ?? null, found: found.lines[i] ?? null };
  }
  return null;
}

class GateHistory {
  decisions = 0;
  /** The longest history that differs from the whole one; -1 when none does. */
  longestWrong = -1;
  difference: WarmUpDifference | null = null;
  readonly declared: number;

  constructor(declared: number) {
    this.declared = declared;
  }

  note(difference: WarmUpDifference): void {
    if (difference.bars > this.longestWrong) this.longestWrong = difference.bars;
    if (difference.bars >= this.declared) this.difference ??= difference;
  }
}

function compareDay(day: HonestyDay, check: WarmUpCheck, gates: ReadonlyMap<string, GateHistory>): number[] {
  const longest = day.warmUp.length;
  const histories = historiesOf(check.declared.values(), longest);
  const reference = logsByGate(day, check);
  for (const [gate, log] of reference) {
    const history = gates.get(gate);
    if (history !== undefined) history.decisions += log.lines.length;
  }
  for (const bars of histories.slice(0, -1)) {
    const found = logsByGate({ tape: day.tape, warmUp: lastBars(day.warmUp, bars) }, check);
    for (const [gate, log] of reference) {
      const difference = differenceOf(log, found.get(gate) ?? { times: [], lines: [] });
      const { underlying, date } = day.tape;
      if (difference !== null) gates.get(gate)?.note({ underlying, date, bars, ...difference });
    }
  }
  return histories;
}

/**
 * Checks that gates decide the same whatever the amount of earlier history, from their declared warm-up on: each day is replayed with ever longer parts of its history and
 * the decisions of each gate are compared with those after the whole of it. Give every day more history than any gate declares.
 */
export function checkWarmUp(days: readonly HonestyDay[], check: WarmUpCheck): WarmUpReport[] {
  const gates = new Map([...check.declared].map(([gate, declared]) => [gate, new GateHistory(declared)]));
  const tried = days.map((day) => compareDay(day, check, gates));
  const shortest = Math.min(...tried.map((histories) => histories.at(-1) ?? 0));
  const grid = tried[0] ?? [];
  return [...gates].map(([gate, { declared, decisions, longestWrong, difference }]) => ({
    gate,
    declaredBars: declared,
    smallestBars: grid.find((bars) => bars > longestWrong) ?? null,
    holds: difference === null,
    wasTested: shortest > declared,
    decisions,
    difference,
  }));
}
