import type { CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import type { Graph } from '../graph/graph.js';
import type { GateProblem, ProblemAt } from '../gate-file/gate-problem.js';
import { NeverBelow } from './never-below.js';

/** One rule of the semantic lint: what is legal but cannot be meant. */
type LintRule = (gate: CompiledGate, graph: Graph) => readonly ProblemAt[];

const REGULAR_CLOSE_MINUTE = 15 * 60 + 30;

const unusedParams: LintRule = (gate) =>
  gate.unusedParams.map((name) => ({
    path: ['params'],
    key: name,
    rule: 'unused-parameter',
    message: `nothing reads params.${name}`,
  }));

const unusedCaptures: LintRule = (gate) =>
  gate.unusedCaptures.map((name) => {
    const phase = gate.phases.findIndex(({ captures }) => captures.some((capture) => capture.name === name));
    const path = ['phases', phase, 'capture'];
    return { path, key: name, rule: 'unused-capture', message: `nothing reads captured.${name}` };
  });

const vacuousConditions: LintRule = (gate) =>
  [...gate.filter, ...gate.phases.flatMap((phase) => phase.when)]
    .filter((condition) => condition.vacuous)
    .map(({ path }) => ({ path, rule: 'vacuous', message: 'is true whenever its data is known: it decides nothing' }));

const lateTimeExit: LintRule = ({ profile, file }) =>
  profile.entryToMinute + profile.timeExitMinutes <= REGULAR_CLOSE_MINUTE
    ? []
    : [
        {
          path: ['exits', 'timeMinutes'],
          rule: 'time-exit-after-close',
          message: `an entry at ${file.session.entryTo} would be closed after the session: expected at most ${REGULAR_CLOSE_MINUTE - profile.entryToMinute} minutes, found ${profile.timeExitMinutes}`,
        },
      ];

const repeatedConditions: LintRule = (gate) =>
  gate.phases.flatMap(({ when }) =>
    when
      .filter((condition, i) => when.findIndex((other) => other.node === condition.node) < i)
      .map(({ path }) => ({ path, rule: 'repeated', message: 'says the same as an earlier condition of this phase' })),
  );

const blindEntries: LintRule = ({ file }) =>
  file.regimes.UNKNOWN.allow
    ? [
        {
          path: ['regimes', 'UNKNOWN', 'allow'],
          rule: 'trades-without-data',
          message: 'allows entries while the chain is unknown: expected false',
        },
      ]
    : [];

// From the form of the levels alone: a bar's low is never above its close, a mean distance is never negative.
const provableSides: LintRule = ({ levels, profile }, graph) => {
  const order = new NeverBelow(graph, levels.entry);
  const isBullish = profile.bias === 'bullish';
  const { entry, stop, target } = levels;
  const found: ProblemAt[] = [];
  const side = (level: 'stop' | 'target', isBelow: boolean): void => {
    const message = `is never ${isBelow ? 'below' : 'above'} the entry, where a ${profile.bias} gate needs it`;
    found.push({ path: ['levels', level], rule: `${level}-side`, message });
  };
  if (isBullish ? order.holds(stop, entry) : order.holds(entry, stop)) side('stop', isBullish);
  if (isBullish ? order.holds(entry, target) : order.holds(target, entry)) side('target', !isBullish);
  return found;
};

const RULES: readonly LintRule[] = [
  unusedParams,
  unusedCaptures,
  vacuousConditions,
  repeatedConditions,
  lateTimeExit,
  blindEntries,
  provableSides,
];

/**
 * Semantic lint of gates that compile: parameters and captures that nothing reads, conditions that decide nothing or repeat another, a time exit after the close,
 * entries without data, levels on the wrong side whatever the market does. All findings are warnings with their place.
 */
export function lintGates({ gates, graph }: CompiledGates): GateProblem[] {
  return gates.flatMap((gate) =>
    RULES.flatMap((rule) => rule(gate, graph).map((at) => gate.source.problem({ ...at, severity: 'warning' }))),
  );
}
