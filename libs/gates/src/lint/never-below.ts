import type { CompiledPhase } from '../compile/compiled-gate.js';
import type { GraphNode } from '../graph/graph-node.js';
import type { Graph } from '../graph/graph.js';

/** Words that are never negative, beyond what their own operation shows. */
const NEVER_NEGATIVE = new Set(['risk', 'regime.sizeMultiplier', 'regime.targetMultiple', 'regime.bufferAtr']);
const SPREADS = new Set(['atr', 'stdev', 'bandwidth']);
/** Order of the prices of one bar: a word is never below those listed. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  high: ['open', 'low', 'close'],
  open: ['low'],
  close: ['low'],
  'session.high': ['high', 'open', 'low', 'close', 'session.low', 'session.open'],
  'session.open': ['session.low'],
};
const BELOW_SESSION_LOW = ['high', 'open', 'low', 'close'];

/** Proves orders between values from their form alone; `entry` stands for whatever the gate's entry is. */
export class NeverBelow {
  readonly #graph: Graph;
  readonly #entry: number;
  readonly #phases: readonly CompiledPhase[];

  constructor(graph: Graph, entry: number, phases: readonly CompiledPhase[] = []) {
    this.#graph = graph;
    this.#entry = entry;
    this.#phases = phases;
  }

  /** True when `a ≥ b` whatever the market does; false when that cannot be shown. */
  holds(a: number, b: number): boolean {
    const [x, y] = [this.#resolve(a), this.#resolve(b)];
    if (x === y || this.#ofOneMoment(x, y)) return true;
    const [above, below] = [this.#graph.node(x), this.#graph.node(y)];
    return this.#ofWords(above, below) || this.#ofUpper(above, y) || this.#ofLower(x, below);
  }

  // `a` is made of something that is never below `b`.
  #ofUpper(node: GraphNode, b: number): boolean {
    if (node.kind === 'stateful') return node.state === 'highest' && this.holds(node.args[0] ?? 0, b);
    if (node.kind !== 'pure') return false;
    const [left = 0, right = 0] = node.args;
    if (node.op === 'add')
      return (this.holds(left, b) && this.#isPositive(right)) || (this.holds(right, b) && this.#isPositive(left));
    if (node.op === 'max') return this.holds(left, b) || this.holds(right, b);
    return node.op === 'min' && this.holds(left, b) && this.holds(right, b);
  }

  // `b` is made of something that `a` is never below.
  #ofLower(a: number, node: GraphNode): boolean {
    if (node.kind === 'stateful') return node.state === 'lowest' && this.holds(a, node.args[0] ?? 0);
    if (node.kind !== 'pure') return false;
    const [left = 0, right = 0] = node.args;
    if (node.op === 'sub') return this.holds(a, left) && this.#isPositive(right);
    if (node.op === 'min') return this.holds(a, left) || this.holds(a, right);
    return node.op === 'max' && this.holds(a, left) && this.holds(a, right);
  }

  #ofWords(above: GraphNode, below: GraphNode): boolean {
    if (above.kind !== 'variable' || below.kind !== 'variable') return false;
    if (below.name === 'session.low' && BELOW_SESSION_LOW.includes(above.name)) return true;
    return ABOVE[above.name]?.includes(below.name) ?? false;
  }

  #isPositive(number: number): boolean {
    const node = this.#graph.node(number);
    if (node.kind === 'constant') return node.value >= 0;
    if (node.kind === 'local') return NEVER_NEGATIVE.has(node.key.slice(node.key.indexOf('/') + 1));
    if (node.kind === 'stateful') return SPREADS.has(node.state);
    if (node.kind !== 'pure') return false;
    const [left = 0, right = 0] = node.args;
    if (node.op === 'abs') return true;
    if (node.op === 'sub') return this.holds(left, right);
    return (
      (node.op === 'mul' || node.op === 'div' || node.op === 'add') && this.#isPositive(left) && this.#isPositive(right)
    );
  }

  // Two values captured when the same phase passed stand in the order in which they stood then.
  #ofOneMoment(x: number, y: number): boolean {
    const [above, below] = [this.#captured(x), this.#captured(y)];
    return above !== null && below !== null && above.phase === below.phase && this.holds(above.node, below.node);
  }

  #captured(number: number): { readonly phase: number; readonly node: number } | null {
    const node = this.#graph.node(number);
    if (node.kind !== 'local') return null;
    const name = node.key.slice(node.key.indexOf('/captured.') + '/captured.'.length);
    for (const [phase, { captures }] of this.#phases.entries()) {
      const found = captures.find((capture) => node.key.includes('/captured.') && capture.name === name);
      if (found !== undefined) return { phase, node: found.node };
    }
    return null;
  }

  #resolve(number: number): number {
    const node = this.#graph.node(number);
    return node.kind === 'local' && node.key.endsWith('/entry') ? this.#entry : number;
  }
}
