import type { CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import type { GateProblem } from '../gate-file/gate-problem.js';
import { implausibleBounds, redundantBounds, repeatedConditions, vacuousConditions } from './condition-rules.js';
import { levelDistances } from './level-rules.js';
import type { LintRule } from './lint-rule.js';
import { impossibleOrders, provenOrders } from './order-rules.js';
import { parameterRanges } from './parameter-rules.js';
import { percentAsRatio } from './percent-rules.js';
import { blindEntries, filterAgainstBias, filterWithoutChain, invertedRegimes, neverArms } from './regime-rules.js';
import { SampleMarket } from './sample-market.js';
import { entryHours, idleTimeouts, impossibleTimes, lateTimeExit, longLookbacks } from './session-rules.js';
import { fixedParams, unusedCaptures, unusedParams } from './unused-rules.js';

const RULES: readonly LintRule[] = [
  unusedParams,
  unusedCaptures,
  fixedParams,
  parameterRanges,
  vacuousConditions,
  provenOrders,
  repeatedConditions,
  redundantBounds,
  percentAsRatio,
  impossibleOrders,
  impossibleTimes,
  longLookbacks,
  idleTimeouts,
  entryHours,
  lateTimeExit,
  blindEntries,
  invertedRegimes,
  neverArms,
  filterAgainstBias,
  filterWithoutChain,
  levelDistances,
  implausibleBounds,
];

/** What decides: two gates that agree in all of it are one gate under two names. */
function meaningOf({ profile, filter, phases, levels, file }: CompiledGate): string {
  const nodes = (conditions: readonly { node: number }[]): number[] => conditions.map(({ node }) => node);
  const steps = phases.map((p) => [nodes(p.when), p.timeoutBars, p.timeoutMinutes, p.sameBar]);
  return JSON.stringify([
    profile.bias,
    nodes(filter),
    steps,
    levels,
    file.regimes,
    profile.option,
    file.session,
    file.exits,
  ]);
}

function duplicates(gates: readonly CompiledGate[]): GateProblem[] {
  const first = new Map<string, CompiledGate>();
  return gates.flatMap((gate): GateProblem[] => {
    const meaning = meaningOf(gate);
    const other = first.get(meaning);
    if (other === undefined) first.set(meaning, gate);
    if (other === undefined || gate.phases.some(({ captures }) => captures.length > 0)) return [];
    const message = `decides what ${other.profile.id} (${other.source.file}) decides`;
    return [gate.source.problem({ path: ['id'], rule: 'duplicate-gate', message, severity: 'warning' })];
  });
}

// A place that one rule has explained is not reported again by a vaguer one.
const VAGUE = new Set(['never-true', 'always-true']);

function lintGate(gate: CompiledGate, { graph }: CompiledGates): GateProblem[] {
  const subject = { gate, graph, market: new SampleMarket(graph, gate) };
  const found = RULES.flatMap((rule) => rule(subject).map((at) => gate.source.problem({ ...at, severity: 'warning' })));
  const explained = new Set(found.filter(({ rule }) => !VAGUE.has(rule)).map(({ path }) => path));
  return found.filter(({ rule, path }) => !VAGUE.has(rule) || !explained.has(path));
}

/**
 * Semantic lint of gates that compile: what nothing reads; conditions that decide nothing, contradict the order of prices or are out of proportion; phases, times and
 * regimes that cannot be reached; levels on the wrong side, below the cost of a round trip or out of reach; entries without data or against the bias.
 * All findings are warnings with their place; `remedyOf` says what to do about each.
 */
export function lintGates(compiled: CompiledGates): GateProblem[] {
  return [...compiled.gates.flatMap((gate) => lintGate(gate, compiled)), ...duplicates(compiled.gates)];
}
