import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { GraphNode } from '../graph/graph-node.js';
import type { Graph } from '../graph/graph.js';
import { conjunctionOf, type LintRule } from './lint-rule.js';

const OPEN_MINUTE = 9 * 60 + 15;
const CLOSE_MINUTE = 15 * 60 + 30;
const SQUARE_OFF_MINUTE = 15 * 60 + 20;

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A time exit that acts after the session for late entries, or that can never act at all. */
export const lateTimeExit: LintRule = ({ gate: { profile, file } }) => {
  const { entryFromMinute, entryToMinute, timeExitMinutes } = profile;
  const path = ['exits', 'timeMinutes'];
  if (entryFromMinute + timeExitMinutes > SQUARE_OFF_MINUTE) {
    const message = `the square-off at ${clock(SQUARE_OFF_MINUTE)} always comes first: expected at most ${SQUARE_OFF_MINUTE - entryFromMinute} minutes, found ${timeExitMinutes}`;
    return [{ path, rule: 'time-exit-never-acts', message }];
  }
  if (entryToMinute + timeExitMinutes <= CLOSE_MINUTE) return [];
  const message = `an entry at ${file.session.entryTo} would be closed after the session: expected at most ${CLOSE_MINUTE - entryToMinute} minutes, found ${timeExitMinutes}`;
  return [{ path, rule: 'time-exit-after-close', message }];
};

/** Entries before the open or from the square-off on. */
export const entryHours: LintRule = ({ gate: { profile, file } }) => {
  const { entryFromMinute, entryToMinute } = profile;
  const found: ProblemAt[] = [];
  const report = (key: 'entryFrom' | 'entryTo', expected: string): void => {
    const message = `expected ${expected}, found ${file.session[key]}`;
    found.push({ path: ['session', key], rule: 'entries-outside-hours', message });
  };
  if (entryFromMinute < OPEN_MINUTE) report('entryFrom', `a time from ${clock(OPEN_MINUTE)}, the open`);
  if (entryToMinute >= SQUARE_OFF_MINUTE)
    report('entryTo', `a time before ${clock(SQUARE_OFF_MINUTE)}, the square-off`);
  return found;
};

/** Both limits of a wait given, of which one always comes first: a bar is a minute. */
export const idleTimeouts: LintRule = ({ gate }) =>
  gate.phases.flatMap(({ timeoutBars, timeoutMinutes, id }, phase): ProblemAt[] => {
    if (timeoutBars === 0 || timeoutMinutes === 0 || timeoutBars === timeoutMinutes) return [];
    const idle = timeoutBars < timeoutMinutes ? 'minutes' : 'bars';
    const message = `phase ${id} waits ${timeoutBars} bars or ${timeoutMinutes} minutes, whichever is over first: "${idle}" never acts`;
    return [{ path: ['phases', phase, 'timeout', idle], rule: 'timeout-never-acts', message }];
  });

function longestLookback(graph: Graph, number: number): number {
  const node = graph.node(number);
  if (node.kind !== 'pure' && node.kind !== 'stateful') return 0;
  const inner = node.args.reduce((most, arg) => Math.max(most, longestLookback(graph, arg)), 0);
  return node.kind === 'stateful' && isOfSession(node) ? Math.max(inner, node.length) : inner;
}

function isOfSession({ state }: Extract<GraphNode, { kind: 'stateful' }>): boolean {
  return ['highest', 'lowest', 'prev', 'openingHigh', 'openingLow'].includes(state);
}

/** Windows over bars of this session that are not full before the entries are over. */
export const longLookbacks: LintRule = ({ gate, graph }) => {
  const barsUntilEnd = gate.profile.entryToMinute - OPEN_MINUTE;
  const captures = gate.phases.flatMap(({ captures }, phase) =>
    captures.map(({ name, node }) => ({ node, path: ['phases', phase, 'capture', name] as PropertyKey[] })),
  );
  const levels = (['entry', 'stop', 'target'] as const).map((key) => ({
    node: gate.levels[key],
    path: ['levels', key],
  }));
  const conditions: readonly { node: number; path: readonly PropertyKey[] }[] = [
    ...gate.filter,
    ...gate.phases.flatMap((phase) => phase.when),
  ];
  return [...conditions, ...captures, ...levels].flatMap(({ node, path }): ProblemAt[] => {
    const bars = longestLookback(graph, node);
    if (bars <= barsUntilEnd) return [];
    const message = `looks back ${bars} bars of this session, which are not there before the entries end at ${gate.file.session.entryTo}: expected at most ${barsUntilEnd}`;
    return [{ path, rule: 'lookback-too-long', message }];
  });
};

/** A word that tells the time of day: minute of day = sign * word + offset. */
interface Clock {
  readonly sign: 1 | -1;
  readonly offset: number;
}

function clockOf(graph: Graph, number: number): Clock | null {
  const node = graph.node(number);
  if (node.kind === 'pure' && node.op === 'sub') {
    const [left = 0, right = 0] = node.args;
    const inner = clockOf(graph, left);
    const less = graph.constantOf(right);
    return inner === null || less === null ? null : { ...inner, offset: inner.offset + inner.sign * less };
  }
  if (node.kind !== 'variable') return null;
  if (node.name === 'time') return { sign: 1, offset: 0 };
  if (node.name === 'session.minutes' || node.name === 'session.bar') return { sign: 1, offset: OPEN_MINUTE };
  return node.name === 'session.minutesLeft' ? { sign: -1, offset: CLOSE_MINUTE } : null;
}

interface Window {
  low: number;
  high: number;
  last: CompiledCondition | null;
}

function narrow(window: Window, condition: CompiledCondition, graph: Graph): void {
  for (const fact of condition.facts) {
    const node = /^n(\d+)$/.exec(fact.key)?.[1];
    const clockWord = fact.kind === 'bounds' && node !== undefined ? clockOf(graph, Number(node)) : null;
    if (fact.kind !== 'bounds' || clockWord === null) continue;
    const ends = [fact.low, fact.high].map((end) => clockWord.sign * end + clockWord.offset);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    if (low > window.low || high < window.high) window.last = condition;
    window.low = Math.max(window.low, low);
    window.high = Math.min(window.high, high);
  }
}

function windowOf(gate: CompiledGate, phase: number, graph: Graph): Window {
  const window: Window = { low: OPEN_MINUTE + 1, high: CLOSE_MINUTE, last: null };
  for (const condition of conjunctionOf(gate, phase)) narrow(window, condition, graph);
  return window;
}

/** Phases whose times of day lie before an earlier phase can pass, or after the entries are over. */
export const impossibleTimes: LintRule = ({ gate, graph }) => {
  let earliest = OPEN_MINUTE + 1;
  const last = gate.phases.length - 1;
  for (const [phase, { id, sameBar }] of gate.phases.entries()) {
    const window = windowOf(gate, phase, graph);
    const from = Math.max(
      window.low,
      phase === 0 || sameBar ? earliest : earliest + 1,
      phase === last ? gate.profile.entryFromMinute : 0,
    );
    const to = Math.min(window.high, gate.profile.entryToMinute);
    earliest = from;
    if (from <= to || window.last === null) continue;
    const message = `phase ${id} can never be passed: it is due from ${clock(Math.ceil(from))} on and "${window.last.text}" lets it pass until ${clock(Math.floor(to))} only`;
    return [{ path: window.last.path, rule: 'unreachable-phase', message }];
  }
  return [];
};
