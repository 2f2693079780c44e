import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { Graph } from '../graph/graph.js';
import { conjunctionOf, type LintRule } from './lint-rule.js';
import { NeverBelow } from './never-below.js';

/** `above` is at least `below`, strictly more when `strict`. */
interface Order {
  readonly above: number;
  readonly below: number;
  readonly strict: boolean;
  readonly condition: CompiledCondition;
}

function ordersOf(graph: Graph, node: number, condition: CompiledCondition): Order[] {
  const found = graph.node(node);
  if (found.kind !== 'pure') return [];
  const [left = 0, right = 0] = found.args;
  const order = (above: number, below: number, strict: boolean): Order => ({ above, below, strict, condition });
  switch (found.op) {
    case 'and':
      return found.args.flatMap((arg) => ordersOf(graph, arg, condition));
    case 'gt':
    case 'ge':
      return [order(left, right, found.op === 'gt')];
    case 'lt':
    case 'le':
      return [order(right, left, found.op === 'lt')];
    case 'eq':
      return [order(left, right, false), order(right, left, false)];
    default:
      return [];
  }
}

/** Closes `a ≥ b ≥ c` over all nodes in play: 0 nothing known, 1 at least, 2 strictly above. */
function closure(nodes: readonly number[], orders: readonly Order[], proof: NeverBelow): number[][] {
  const place = new Map(nodes.map((node, i) => [node, i]));
  const known = nodes.map((a) => nodes.map((b) => (proof.holds(a, b) ? 1 : 0)));
  const raise = (a: number, b: number, to: number): void => {
    const row = known[a] as number[];
    row[b] = Math.max(row[b] as number, to);
  };
  for (const { above, below, strict } of orders)
    raise(place.get(above) as number, place.get(below) as number, strict ? 2 : 1);
  const through = (a: number, k: number): void => {
    const first = known[a]?.[k] ?? 0;
    if (first === 0) return;
    for (const [b, second] of (known[k] ?? []).entries()) if (second > 0) raise(a, b, Math.max(first, second));
  };
  for (const k of nodes.keys()) for (const a of nodes.keys()) through(a, k);
  return known;
}

function isImpossible(orders: readonly Order[], proof: NeverBelow): boolean {
  const nodes = [...new Set(orders.flatMap(({ above, below }) => [above, below]))];
  return closure(nodes, orders, proof).some((row, i) => row[i] === 2);
}

function contradictionIn(gate: CompiledGate, phase: number, graph: Graph): ProblemAt[] {
  const proof = new NeverBelow(graph, gate.levels.entry, gate.phases);
  const soFar: Order[] = [];
  for (const condition of conjunctionOf(gate, phase)) {
    soFar.push(...ordersOf(graph, condition.node, condition));
    if (!isImpossible(soFar, proof)) continue;
    const others = [...new Set(soFar.map((order) => order.condition))].filter((other) => other !== condition);
    const why =
      others.length === 0
        ? 'the prices of a bar stand in another order'
        : `with ${others.map((o) => `"${o.text}"`).join(', ')}`;
    const message = `phase ${gate.phases[phase]?.id ?? ''} can never be passed: "${condition.text}" cannot hold, ${why}`;
    return [{ path: condition.path, rule: 'unreachable-phase', message }];
  }
  return [];
}

/** Phases whose comparisons cannot hold together because of how prices are ordered: a bar's low is never above its high, then or now. */
export const impossibleOrders: LintRule = ({ gate, graph }) =>
  gate.phases.flatMap((_, phase) => contradictionIn(gate, phase, graph));

/** Comparisons that the order of the prices of a bar makes always true: `high >= close`. */
export const provenOrders: LintRule = ({ gate, graph }) => {
  const proof = new NeverBelow(graph, gate.levels.entry, gate.phases);
  const conditions = [...gate.filter, ...gate.phases.flatMap((phase) => phase.when)];
  return conditions.flatMap((condition): ProblemAt[] => {
    const orders = ordersOf(graph, condition.node, condition);
    const isProven = ({ above, below, strict }: Order): boolean => !strict && proof.holds(above, below);
    if (condition.vacuous || orders.length === 0 || !orders.every(isProven)) return [];
    const message = 'is true whatever the market does: it decides nothing';
    return [{ path: condition.path, rule: 'vacuous', message }];
  });
};
