import type { CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import { PURE_OPS, type GraphNode } from '../graph/graph-node.js';
import { variableNamed } from '../vocabulary/vocabulary.js';
import { BAR_WORDS } from './bar-words.js';

/** Operation of a slot that is read from its column; behind those of PURE_OPS. */
export const COLUMN = PURE_OPS.length;

/** A value with memory that is computed bar by bar, its inputs and output as slots. */
export interface StatefulSlot {
  readonly node: Extract<GraphNode, { kind: 'stateful' }>;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** A value that the bars alone decide: a column. `isLate` when the volume has a part in it, which may become known later than the prices. */
export interface BarNode {
  readonly slot: number;
  readonly node: Extract<GraphNode, { kind: 'variable' | 'pure' | 'stateful' }>;
  /** Slots of the arguments. */
  readonly args: readonly number[];
  readonly isLate: boolean;
}

/**
 * The graph laid out for running. Slots below `leafCount` hold values that somebody writes (constants, chain words, gate memory, values with memory that are computed bar
 * by bar); slots above are computed or read from their column on demand, at most once per bar.
 */
export interface Program {
  readonly slotCount: number;
  /** A slot that nobody reads: where unused words are written. */
  readonly spare: number;
  readonly leafCount: number;
  /** Leaves that depend on the chain alone, in order of computation: computed when the chain changes. */
  readonly chainSlots: readonly number[];
  /** What the bars alone decide, in order of computation. */
  readonly barNodes: readonly BarNode[];
  /** Of computed slots: index into PURE_OPS or COLUMN, argument slots, and 1 where the value may be kept for the rest of the bar. */
  readonly op: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly keep: Uint8Array;
  readonly constants: readonly { readonly slot: number; readonly value: number }[];
  /** Values with memory that are not of the bars alone, in order of computation. */
  readonly mixed: readonly StatefulSlot[];
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

function argumentsOf(node: GraphNode | undefined): readonly number[] {
  return node?.kind === 'pure' || node?.kind === 'stateful' ? node.args : [];
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

/** What a node's value follows from. */
interface Origins {
  /** Constants and the chain alone: changes only when the chain does. */
  readonly chain: Uint8Array;
  /** The bars alone. */
  readonly bar: Uint8Array;
  /** The volume has a part in it. */
  readonly late: Uint8Array;
}

function originsOf(nodes: readonly GraphNode[]): Origins {
  const column = (): Uint8Array => new Uint8Array(nodes.length);
  const origins = { chain: column(), bar: column(), late: column() };
  const { chain, bar, late } = origins;
  for (const [i, node] of nodes.entries()) {
    const args = argumentsOf(node);
    late[i] = args.some((arg) => late[arg] === 1) ? 1 : 0;
    if (node.kind === 'constant') chain[i] = 1;
    if (node.kind === 'variable') {
      chain[i] = isChainWord(node.name) ? 1 : 0;
      bar[i] = BAR_WORDS.some((word) => word === node.name) ? 1 : 0;
      late[i] = node.name === 'volume' ? 1 : 0;
    }
    if (node.kind === 'pure') {
      chain[i] = args.every((arg) => chain[arg] === 1) ? 1 : 0;
      const isOfBars = (arg: number): boolean => bar[arg] === 1 || nodes[arg]?.kind === 'constant';
      bar[i] = chain[i] === 0 && args.every(isOfBars) ? 1 : 0;
    }
    if (node.kind === 'stateful') bar[i] = args.every((arg) => bar[arg] === 1) ? 1 : 0;
  }
  return origins;
}

// The age of the snapshot grows with every bar.
function isChainWord(name: string): boolean {
  return variableNamed(name)?.anchor === 'chain' && name !== 'chain.ageMinutes';
}

interface Slots {
  readonly slotOf: Int32Array;
  readonly leafCount: number;
}

function assignSlots(nodes: readonly GraphNode[], needed: Uint8Array, { chain, bar }: Origins): Slots {
  const slotOf = new Int32Array(nodes.length).fill(-1);
  let next = 0;
  const isLeaf = (i: number): boolean => chain[i] === 1 || (bar[i] === 0 && nodes[i]?.kind !== 'pure');
  for (const i of nodes.keys()) if (needed[i] === 1 && isLeaf(i)) slotOf[i] = next++;
  const leafCount = next;
  for (const i of nodes.keys()) if (needed[i] === 1 && !isLeaf(i)) slotOf[i] = next++;
  return { slotOf, leafCount };
}

class ProgramBuilder {
  readonly op: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly keep: Uint8Array;
  readonly constants: { slot: number; value: number }[] = [];
  readonly mixed: StatefulSlot[] = [];
  readonly barNodes: BarNode[] = [];
  readonly chainSlots: number[] = [];
  readonly variables = new Map<string, number>();
  readonly locals = new Map<string, number>();
  readonly #origins: Origins;
  readonly #slotOf: Int32Array;

  constructor(slotCount: number, slotOf: Int32Array, origins: Origins) {
    this.#slotOf = slotOf;
    this.#origins = origins;
    this.op = new Uint8Array(slotCount);
    this.left = new Int32Array(slotCount);
    this.right = new Int32Array(slotCount);
    this.keep = new Uint8Array(slotCount);
  }

  /** Takes node `i`; `isLocal` when its value can change within a bar. */
  add(node: GraphNode, i: number, isLocal: boolean): void {
    const slot = this.#slotOf[i] as number;
    const args = argumentsOf(node).map((arg) => this.#slotOf[arg] as number);
    if (node.kind === 'variable') this.variables.set(node.name, slot);
    if (node.kind === 'constant') this.constants.push({ slot, value: node.value });
    else if (node.kind === 'local') this.locals.set(node.key, slot);
    else if (this.#origins.bar[i] === 1) {
      this.barNodes.push({ slot, node, args, isLate: this.#origins.late[i] === 1 });
      this.#compute(slot, COLUMN, []);
      this.keep[slot] = 1;
    } else if (node.kind === 'stateful') this.mixed.push({ node, inputs: args, output: slot });
    else if (node.kind === 'pure') {
      this.#compute(slot, PURE_OPS.indexOf(node.op), args);
      this.keep[slot] = isLocal ? 0 : 1;
      if (this.#origins.chain[i] === 1) this.chainSlots.push(slot);
    }
  }

  #compute(slot: number, op: number, [left = 0, right = left]: readonly number[]): void {
    this.op[slot] = op;
    this.left[slot] = left;
    this.right[slot] = right;
  }
}

/** Lays out what the given gates need of their graph. */
export function layOut({ graph }: CompiledGates, gates: readonly CompiledGate[]): Program {
  const { nodes } = graph;
  const origins = originsOf(nodes);
  const { slotOf, leafCount } = assignSlots(nodes, neededNodes(nodes, gates), origins);
  const spare = slotOf.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const rows = new ProgramBuilder(spare + 1, slotOf, origins);
  for (const [i, node] of nodes.entries()) if ((slotOf[i] as number) >= 0) rows.add(node, i, graph.isLocal(i));
  const { op, left, right, keep, constants, mixed, barNodes, chainSlots, variables, locals } = rows;
  const columns = { op, left, right, keep };
  return {
    slotCount: spare + 1,
    spare,
    leafCount,
    ...columns,
    constants,
    mixed,
    barNodes,
    chainSlots,
    slotOf,
    variables,
    locals,
  };
}
