import type { CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import { PURE_OPS, type GraphNode } from '../graph/graph-node.js';
import { variableNamed } from '../vocabulary/vocabulary.js';

/** A value with memory, its inputs and output as slots. `level` is 1 + the deepest level among the values it reads. */
export interface StatefulSlot {
  readonly node: Extract<GraphNode, { kind: 'stateful' }>;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly level: number;
}

/**
 * The graph laid out for running. Slots below `leafCount` hold values that somebody writes (constants, market columns, gate memory, stateful outputs);
 * slots above are computed on demand, at most once per bar.
 */
export interface Program {
  readonly slotCount: number;
  /** A slot that nobody reads: where unused words are written. */
  readonly spare: number;
  readonly leafCount: number;
  /** Leaves that depend on the chain alone, in order of computation: computed when the chain changes. */
  readonly chainSlots: readonly number[];
  /** Of computed slots: index into PURE_OPS, argument slots, and 1 where the value may be kept for the rest of the bar. */
  readonly op: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly keep: Uint8Array;
  readonly constants: readonly { readonly slot: number; readonly value: number }[];
  readonly stateful: readonly StatefulSlot[];
  /** Slot of a graph node; -1 for nodes that no gate needs. */
  readonly slotOf: Int32Array;
  /** Slots of the words of the vocabulary that are in use. */
  readonly variables: ReadonlyMap<string, number>;
  /** Slots of gate memory, `GATE/captured.x`. */
  readonly locals: ReadonlyMap<string, number>;
}

function rootsOf(gate: CompiledGate): number[] {
  const phases = gate.phases.flatMap(({ when, captures }) => [
    ...when.map((c) => c.node),
    ...captures.map((c) => c.node),
  ]);
  const { entry, stop, target } = gate.levels;
  return [...gate.filter.map((c) => c.node), ...phases, entry, stop, target];
}

function argumentsOf(node: GraphNode): readonly number[] {
  return node.kind === 'pure' || node.kind === 'stateful' ? node.args : [];
}

// Arguments have lower numbers than the nodes that use them, so one pass down finds all that are needed.
function neededNodes(nodes: readonly GraphNode[], gates: readonly CompiledGate[]): Uint8Array {
  const needed = new Uint8Array(nodes.length);
  for (const gate of gates) for (const root of rootsOf(gate)) needed[root] = 1;
  for (let i = nodes.length - 1; i >= 0; i--) {
    if (needed[i] === 1) for (const arg of argumentsOf(nodes[i] as GraphNode)) needed[arg] = 1;
  }
  return needed;
}

/** 1 for pure nodes that change only when the chain does. */
function chainNodes(nodes: readonly GraphNode[]): Uint8Array {
  const isChain = new Uint8Array(nodes.length);
  for (const [i, node] of nodes.entries()) {
    if (node.kind === 'constant') isChain[i] = 1;
    if (node.kind === 'variable') isChain[i] = isChainWord(node.name) ? 1 : 0;
    if (node.kind === 'pure') isChain[i] = node.args.every((arg) => isChain[arg] === 1) ? 1 : 0;
  }
  return isChain;
}

// The age of the snapshot grows with every bar.
function isChainWord(name: string): boolean {
  return variableNamed(name)?.anchor === 'chain' && name !== 'chain.ageMinutes';
}

function assignSlots(
  nodes: readonly GraphNode[],
  needed: Uint8Array,
  isChain: Uint8Array,
): { slotOf: Int32Array; leafCount: number } {
  const slotOf = new Int32Array(nodes.length).fill(-1);
  let next = 0;
  const isLeaf = (i: number): boolean => nodes[i]?.kind !== 'pure' || isChain[i] === 1;
  for (const i of nodes.keys()) if (needed[i] === 1 && isLeaf(i)) slotOf[i] = next++;
  const leafCount = next;
  for (const i of nodes.keys()) if (needed[i] === 1 && !isLeaf(i)) slotOf[i] = next++;
  return { slotOf, leafCount };
}

function levelsOf(nodes: readonly GraphNode[]): Int32Array {
  const levels = new Int32Array(nodes.length);
  for (const [i, node] of nodes.entries()) {
    let deepest = 0;
    for (const arg of argumentsOf(node)) deepest = Math.max(deepest, levels[arg] ?? 0);
    levels[i] = deepest + (node.kind === 'stateful' ? 1 : 0);
  }
  return levels;
}

/** Lays out what the given gates need of their graph. */
export function layOut({ graph }: CompiledGates, gates: readonly CompiledGate[]): Program {
  const { nodes } = graph;
  const isChain = chainNodes(nodes);
  const { slotOf, leafCount } = assignSlots(nodes, neededNodes(nodes, gates), isChain);
  const spare = slotOf.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const slotCount = spare + 1;
  const levels = levelsOf(nodes);
  const columns = { op: new Uint8Array(slotCount), left: new Int32Array(slotCount), right: new Int32Array(slotCount) };
  const keep = new Uint8Array(slotCount);
  const constants: { slot: number; value: number }[] = [];
  const stateful: StatefulSlot[] = [];
  const chainSlots: number[] = [];
  const variables = new Map<string, number>();
  const locals = new Map<string, number>();
  const slot = (node: number): number => slotOf[node] as number;
  for (const [i, node] of nodes.entries()) {
    const at = slot(i);
    if (at < 0) continue;
    if (node.kind === 'constant') constants.push({ slot: at, value: node.value });
    else if (node.kind === 'variable') variables.set(node.name, at);
    else if (node.kind === 'local') locals.set(node.key, at);
    else if (node.kind === 'stateful')
      stateful.push({ node, inputs: node.args.map(slot), output: at, level: levels[i] as number });
    else {
      columns.op[at] = PURE_OPS.indexOf(node.op);
      columns.left[at] = slot(node.args[0] as number);
      columns.right[at] = slot(node.args[1] ?? (node.args[0] as number));
      keep[at] = graph.isLocal(i) ? 0 : 1;
      if (isChain[i] === 1) chainSlots.push(at);
    }
  }
  return { slotCount, spare, leafCount, ...columns, keep, constants, chainSlots, stateful, slotOf, variables, locals };
}
