import type { Graph } from '../graph/graph.js';
import type { Anchor } from '../vocabulary/variable.js';
import { variableNamed } from '../vocabulary/vocabulary.js';

/** Where a value of a condition comes from, and how old it is. */
export interface WordSource {
  /** Word of the vocabulary. */
  readonly word: string;
  readonly anchor: Anchor;
  readonly source: string;
  /** Minutes between the moment at which the value was true and the decision: 0 for the bar that has just closed; NaN when it is unknown. */
  readonly ageMinutes: number;
}

function wordsIn(graph: Graph, number: number, into: Set<string>): void {
  const node = graph.node(number);
  if (node.kind === 'variable') into.add(node.name);
  if (node.kind === 'local') into.add(node.key.slice(node.key.indexOf('/') + 1));
  if (node.kind !== 'pure' && node.kind !== 'stateful') return;
  if (node.kind === 'stateful' && node.state === 'vwap') into.add('vwap');
  else if (node.kind === 'stateful' && node.state === 'rvol') into.add('screener.rvol');
  else for (const arg of node.args) wordsIn(graph, arg, into);
}

/** The words that an expression reads, with where they come from and how old they are. */
export function sourcesOf(graph: Graph, number: number, chainAgeMinutes: number): WordSource[] {
  const words = new Set<string>();
  wordsIn(graph, number, words);
  return [...words].map((word) => {
    const variable = variableNamed(word);
    const anchor = variable?.anchor ?? 'gate';
    const source = variable?.source ?? 'kept when an earlier phase passed';
    return { word, anchor, source, ageMinutes: anchor === 'chain' ? chainAgeMinutes : 0 };
  });
}
