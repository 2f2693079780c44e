import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { LintRule, LintSubject } from './lint-rule.js';
import { NeverBelow } from './never-below.js';

type Level = 'stop' | 'target';

/** Charges and half spreads of a round trip at the money, about 0.9 points of premium, as points of the index at a delta of one half. */
const ROUND_TRIP_POINTS = 2;
/** What the index rarely moves within half an hour, as a share of its level. */
const OUT_OF_REACH = 0.03;
const ENOUGH_BARS = 40;

function wrongSide(level: Level, bias: string, isBelow: boolean): ProblemAt {
  const message = `is never ${isBelow ? 'below' : 'above'} the entry, where a ${bias} gate needs it`;
  return { path: ['levels', level], rule: `${level}-side`, message };
}

// From the form of the levels alone: a bar's low is never above its close, a mean distance is never negative.
function provenSides({ gate, graph }: LintSubject): ProblemAt[] {
  const { levels, profile, phases } = gate;
  const order = new NeverBelow(graph, levels.entry, phases);
  const isBullish = profile.bias === 'bullish';
  const { entry, stop, target } = levels;
  const found: ProblemAt[] = [];
  if (isBullish ? order.holds(stop, entry) : order.holds(entry, stop))
    found.push(wrongSide('stop', profile.bias, isBullish));
  if (isBullish ? order.holds(entry, target) : order.holds(target, entry))
    found.push(wrongSide('target', profile.bias, !isBullish));
  return found;
}

/** Signed distances from the entry, positive on the good side, on the bars that matter: those on which the trigger holds, or all when these are few. */
function distances({ gate, market }: LintSubject, level: Level): number[] {
  const last = gate.phases[gate.phases.length - 1];
  const when = (last?.when ?? []).map(({ node }) => market.series(node));
  const [entries, levels] = [market.series(gate.levels.entry), market.series(gate.levels[level])];
  const isUp = (gate.profile.bias === 'bullish') === (level === 'target');
  const all: number[] = [];
  const triggered: number[] = [];
  for (let i = 0; i < entries.length; i++) {
    const away = ((levels[i] as number) - (entries[i] as number)) * (isUp ? 1 : -1);
    if (Number.isNaN(away)) continue;
    all.push(away);
    if (when.every((column) => column[i] === 1)) triggered.push(away);
  }
  return (triggered.length >= ENOUGH_BARS ? triggered : all).sort((a, b) => a - b);
}

const middle = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? Number.NaN;
const inWords = (points: number): string => `${Number(points.toFixed(2))} index points`;

function judgeDistances(subject: LintSubject, level: Level): ProblemAt[] {
  const sorted = distances(subject, level);
  if (sorted.length < ENOUGH_BARS) return [];
  const { bias } = subject.gate.profile;
  if ((sorted.at(-1) as number) <= 0) return [wrongSide(level, bias, (bias === 'bullish') === (level === 'stop'))];
  const usual = middle(sorted.filter((away) => away > 0));
  const path = ['levels', level];
  if (usual < ROUND_TRIP_POINTS) {
    const message = `is usually ${inWords(usual)} from the entry, a round trip costs about ${ROUND_TRIP_POINTS}`;
    return [{ path, rule: level === 'target' ? 'target-below-cost' : 'stop-too-near', message }];
  }
  const price = middle(
    [...subject.market.series(subject.gate.levels.entry)].filter((x) => x > 0).sort((a, b) => a - b),
  );
  if (level === 'stop' || (sorted[0] as number) < OUT_OF_REACH * price) return [];
  const message = `is never nearer than ${inWords(sorted[0] as number)}, more than ${100 * OUT_OF_REACH} % of the index`;
  return [{ path, rule: 'target-out-of-reach', message }];
}

/** Stops and targets on the wrong side, nearer than a round trip costs, or out of reach. */
export const levelDistances: LintRule = (subject) => {
  const proven = provenSides(subject);
  const isProven = (level: Level): boolean => proven.some(({ rule }) => rule === `${level}-side`);
  const judged = (['stop', 'target'] as const).filter((level) => !isProven(level));
  return [...proven, ...judged.flatMap((level) => judgeDistances(subject, level))];
};
