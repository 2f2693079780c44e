import { REGIMES, type Bias, type Regime } from '@sos/domain';
import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { Graph } from '../graph/graph.js';
import { SMART_TRENDS, type SmartTrend } from '../vocabulary/labels.js';
import { conjunctionOf, type LintRule } from './lint-rule.js';

const STRONG: Readonly<Record<Bias, readonly Regime[]>> = {
  bullish: ['COMPLETE_BULLISH', 'BULLISH'],
  bearish: ['COMPLETE_BEARISH', 'BEARISH'],
};
const OTHER: Readonly<Record<Bias, Bias>> = { bullish: 'bearish', bearish: 'bullish' };
const LADDER: readonly Regime[] = ['COMPLETE_BULLISH', 'BULLISH', 'SIDEWAYS', 'BEARISH', 'COMPLETE_BEARISH', 'UNKNOWN'];
/** Regimes that each smart trend can go with: a clear trend fixes it, NEUTRAL leaves it to the put-call ratio. */
const REGIMES_OF: Readonly<Record<SmartTrend, readonly Regime[]>> = {
  LONG_BUILDUP: ['COMPLETE_BULLISH'],
  SHORT_COVERING: ['BULLISH'],
  NEUTRAL: LADDER,
  LONG_UNWINDING: ['BEARISH'],
  SHORT_BUILDUP: ['COMPLETE_BEARISH'],
};
const TRENDS_OF: Readonly<Record<Bias, readonly SmartTrend[]>> = {
  bullish: ['LONG_BUILDUP', 'SHORT_COVERING'],
  bearish: ['SHORT_BUILDUP', 'LONG_UNWINDING'],
};

/** Entries while nothing is known of the chain. */
export const blindEntries: LintRule = ({ gate: { file } }) =>
  file.regimes.UNKNOWN.allow
    ? [
        {
          path: ['regimes', 'UNKNOWN', 'allow'],
          rule: 'trades-without-data',
          message: 'allows entries while the chain is unknown: expected false',
        },
      ]
    : [];

/** A regime table that allows the other direction only. */
export const invertedRegimes: LintRule = ({ gate: { file } }) => {
  const allows = (regime: Regime): boolean => file.regimes[regime].allow;
  if (STRONG[file.bias].some(allows) || !STRONG[OTHER[file.bias]].some(allows)) return [];
  const message = `a ${file.bias} gate is allowed in ${STRONG[OTHER[file.bias]].join(' and ')} and in no ${file.bias} regime`;
  return [{ path: ['regimes', STRONG[file.bias][0] ?? 'BULLISH', 'allow'], rule: 'regimes-against-bias', message }];
};

function labelsIn(
  conditions: readonly CompiledCondition[],
  name: string,
  graph: Graph,
): { mask: number; last: CompiledCondition | null } {
  let mask = -1;
  let last: CompiledCondition | null = null;
  for (const condition of conditions) {
    for (const fact of condition.facts) {
      const node = graph.node(Number(fact.key.slice(1)));
      if (fact.kind !== 'labels' || node.kind !== 'variable' || node.name !== name) continue;
      mask &= fact.mask;
      last = condition;
    }
  }
  return { mask, last };
}

function trendsOf(mask: number): SmartTrend[] {
  return SMART_TRENDS.filter((_, i) => ((mask >> i) & 1) === 1);
}

function armingProblem(gate: CompiledGate, phase: number, graph: Graph): ProblemAt[] {
  const conditions = conjunctionOf(gate, phase);
  const trend = labelsIn(conditions, 'chain.smartTrend', graph);
  const regime = labelsIn(conditions, 'chain.regime', graph);
  const last = regime.last ?? trend.last;
  if (last === null) return [];
  const byTrend = new Set(trendsOf(trend.mask).flatMap((label) => REGIMES_OF[label]));
  const possible = REGIMES.filter((name, i) => byTrend.has(name) && ((regime.mask >> i) & 1) === 1);
  if (possible.some((name) => gate.file.regimes[name].allow)) return [];
  const found =
    possible.length === 0 ? 'no regime at all' : `${possible.join(', ')} only, which the regime table refuses`;
  const message = `phase ${gate.phases[phase]?.id ?? ''} can never be passed: "${last.text}" goes with ${found}`;
  return [{ path: last.path, rule: 'never-arms', message }];
}

/** Filter and regime table that admit nothing together. */
export const neverArms: LintRule = ({ gate, graph }) => {
  const guarded = new Set([0, gate.phases.length - 1]);
  return [...guarded].flatMap((phase) => armingProblem(gate, phase, graph)).slice(0, 1);
};

/** A filter that asks the chain to disagree with the gate. */
export const filterAgainstBias: LintRule = ({ gate, graph }) => {
  const { bias } = gate.file;
  const { mask, last } = labelsIn(gate.filter, 'chain.smartTrend', graph);
  const trends = mask === -1 ? [] : trendsOf(mask);
  const found: ProblemAt[] = [];
  const isAgainst = trends.length > 0 && !trends.some((label) => TRENDS_OF[bias].includes(label));
  if (last !== null && isAgainst && trends.some((label) => TRENDS_OF[OTHER[bias]].includes(label)))
    found.push({
      path: last.path,
      rule: 'filter-against-bias',
      message: `a ${bias} gate needs ${TRENDS_OF[bias].join(' or ')}, found ${trends.join(', ')}`,
    });
  for (const condition of gate.filter) found.push(...pcrAgainstBias(condition, bias, graph));
  return found;
};

// With the declared polarity a high put-call ratio is bullish: puts are written.
function pcrAgainstBias({ facts, path, text }: CompiledCondition, bias: Bias, graph: Graph): ProblemAt[] {
  return facts.flatMap((fact): ProblemAt[] => {
    if (fact.kind !== 'bounds' || !/^n\d+$/.test(fact.key)) return [];
    const node = graph.node(Number(fact.key.slice(1)));
    if (node.kind !== 'variable' || node.name !== 'chain.pcr') return [];
    const onlyBelow = fact.low === Number.NEGATIVE_INFINITY && fact.high <= 1;
    const onlyAbove = fact.high === Number.POSITIVE_INFINITY && fact.low >= 1;
    if (bias === 'bullish' ? !onlyBelow : !onlyAbove) return [];
    const message = `a high put-call ratio is bullish, and "${text}" asks a ${bias} gate for a ${onlyBelow ? 'low' : 'high'} one`;
    return [{ path, rule: 'filter-against-bias', message }];
  });
}

function readsChain(graph: Graph, number: number): boolean {
  const node = graph.node(number);
  if (node.kind === 'variable') return node.name.startsWith('chain.') || node.name.startsWith('deltaVolume.');
  return (node.kind === 'pure' || node.kind === 'stateful') && node.args.some((arg) => readsChain(graph, arg));
}

/** A filter that does not look at the option chain. */
export const filterWithoutChain: LintRule = ({ gate, graph }) =>
  gate.filter.some(({ node }) => readsChain(graph, node))
    ? []
    : [
        {
          path: ['filter'],
          rule: 'filter-without-chain',
          message: 'expected a condition on the option chain, found none',
        },
      ];
