import type { CompiledGate } from '../compile/compiled-gate.js';
import { APPLY } from '../graph/apply-op.js';
import type { GraphNode } from '../graph/graph-node.js';
import type { Graph } from '../graph/graph.js';
import { sampleState } from './sample-state.js';
import { samplePath, type SamplePath } from './sample-path.js';

/** How many bars before the present one the earlier phases are taken to have passed. */
const LAGS = [1, 2, 3, 5, 8];

/**
 * The values of one gate's expressions on plausible bars. Slow and plain, apart from the machine that trades: it judges bounds, sides and distances,
 * so it need not agree with it to the last digit. Captured values are those of a bar a few bars back, or of the same bar when the last phase captures them.
 */
export class SampleMarket {
  readonly path: SamplePath = samplePath();
  readonly #graph: Graph;
  readonly #gate: CompiledGate;
  readonly #known = new Map<number, Float64Array>();

  constructor(graph: Graph, gate: CompiledGate) {
    this.#graph = graph;
    this.#gate = gate;
  }

  /** One value per bar, NaN unknown. */
  series(node: number): Float64Array {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const made = this.#compute(this.#graph.node(node));
    this.#known.set(node, made);
    return made;
  }

  /** How often a condition is true and false. */
  truth(node: number): { readonly yes: number; readonly no: number } {
    let [yes, no] = [0, 0];
    for (const value of this.series(node)) {
      if (value === 1) yes++;
      else if (value === 0) no++;
    }
    return { yes, no };
  }

  #compute(node: GraphNode): Float64Array {
    const { length, columns } = this.path;
    if (node.kind === 'constant') return new Float64Array(length).fill(node.value);
    if (node.kind === 'variable') return columns.get(node.name) ?? new Float64Array(length).fill(Number.NaN);
    if (node.kind === 'local') return this.#local(node.key.slice(node.key.indexOf('/') + 1));
    const args = node.args.map((arg) => this.series(arg));
    if (node.kind === 'stateful') return sampleState(node, args, this.path);
    const [left, right] = [args[0] as Float64Array, args[1] ?? (args[0] as Float64Array)];
    const apply = APPLY[node.op];
    return left.map((x, i) => apply(x, right[i] as number));
  }

  #local(name: string): Float64Array {
    if (name.startsWith('captured.')) return this.#captured(name.slice('captured.'.length));
    const { entry, stop } = this.#gate.levels;
    if (name === 'entry') return this.series(entry);
    if (name === 'stop') return this.series(stop);
    if (name === 'risk') {
      const stops = this.series(stop);
      return this.series(entry).map((price, i) => Math.abs(price - (stops[i] as number)));
    }
    return new Float64Array(this.path.length).fill(this.#regimeFigure(name));
  }

  // The most generous of the regimes in which the gate may trade: what fails there fails everywhere.
  #regimeFigure(name: string): number {
    const allowed = Object.values(this.#gate.file.regimes).filter((regime) => regime.allow);
    if (name === 'regime.targetMultiple') return Math.max(...allowed.map((regime) => regime.targetMultiple));
    if (name === 'regime.sizeMultiplier') return Math.max(...allowed.map((regime) => regime.sizeMultiplier));
    return Math.max(...allowed.map((regime) => regime.bufferAtr));
  }

  #captured(name: string): Float64Array {
    const { phases } = this.#gate;
    const phase = phases.findIndex(({ captures }) => captures.some((capture) => capture.name === name));
    const node = phases[phase]?.captures.find((capture) => capture.name === name)?.node ?? 0;
    const source = this.series(node);
    if (phase === phases.length - 1) return source;
    const { session } = this.path;
    return source.map((_, i) => {
      const from = i - (LAGS[i % LAGS.length] as number);
      return from >= 0 && session[from] === session[i] ? (source[from] as number) : Number.NaN;
    });
  }
}
