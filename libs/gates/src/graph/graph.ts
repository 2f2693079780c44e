import { APPLY } from './apply-op.js';
import type { GraphNode, PureOp, StatefulKind } from './graph-node.js';

const COMMUTATIVE = new Set<PureOp>(['add', 'mul', 'min', 'max', 'eq', 'ne', 'and', 'or']);

/** All distinct sub-expressions of all gates: asking for the same one twice gives the same node number. */
export class Graph {
  readonly #nodes: GraphNode[] = [];
  readonly #numbers = new Map<string, number>();

  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  constant(value: number): number {
    return this.#intern(`#${Object.is(value, -0) ? 0 : value}`, { kind: 'constant', value });
  }

  variable(name: string): number {
    return this.#intern(`$${name}`, { kind: 'variable', name });
  }

  /** A value that belongs to one gate, such as a captured level. */
  local(gate: string, name: string): number {
    const key = `${gate}/${name}`;
    return this.#intern(`@${key}`, { kind: 'local', key });
  }

  pure(op: PureOp, ...given: number[]): number {
    const args = COMMUTATIVE.has(op) ? [...given].sort((a, b) => a - b) : given;
    const values = args.map((arg) => this.constantOf(arg));
    if (values.every((value) => value !== null)) return this.constant(APPLY[op](values[0] ?? 0, values[1] ?? 0));
    return this.#intern(`${op}(${args.join(',')})`, { kind: 'pure', op, args });
  }

  stateful(state: StatefulKind, args: readonly number[], length: number): number {
    return this.#intern(`${state}:${length}(${args.join(',')})`, { kind: 'stateful', state, args, length });
  }

  node(number: number): GraphNode {
    return this.#nodes[number] as GraphNode;
  }

  constantOf(number: number): number | null {
    const node = this.node(number);
    return node.kind === 'constant' ? node.value : null;
  }

  /** Whether the value depends on one gate's own memory, so that it can change within a bar. */
  isLocal(number: number): boolean {
    const node = this.node(number);
    if (node.kind === 'local') return true;
    return (node.kind === 'pure' || node.kind === 'stateful') && node.args.some((arg) => this.isLocal(arg));
  }

  #intern(key: string, node: GraphNode): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#nodes.push(node);
    this.#numbers.set(key, this.#nodes.length - 1);
    return this.#nodes.length - 1;
  }
}
