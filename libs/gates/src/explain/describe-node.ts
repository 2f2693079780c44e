import type { Graph } from '../graph/graph.js';
import type { PureOp } from '../graph/graph-node.js';
import { LABEL_SETS } from '../vocabulary/labels.js';
import { variableNamed } from '../vocabulary/vocabulary.js';

const INFIX: Partial<Readonly<Record<PureOp, string>>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
  eq: '==',
  ne: '!=',
  and: 'and',
  or: 'or',
};

function labelsOf(graph: Graph, of: number, mask: number): string {
  const node = graph.node(of);
  const variable = node.kind === 'variable' ? variableNamed(node.name) : undefined;
  if (variable?.type !== 'label') return `mask ${mask}`;
  return `[${LABEL_SETS[variable.labels].filter((_, i) => ((mask >> i) & 1) === 1).join(', ')}]`;
}

function describePure(graph: Graph, op: PureOp, args: readonly number[]): string {
  const infix = INFIX[op];
  const [left = 0, right = 0] = args;
  if (op === 'in') return `${describeNode(graph, left)} in ${describeNode(graph, right, left)}`;
  const parts = args.map((arg) => describeNode(graph, arg));
  return infix === undefined ? `${op}(${parts.join(', ')})` : `(${parts.join(` ${infix} `)})`;
}

/** A sub-expression of the graph in the words of the gate language. @param labelsFor the label variable whose mask this node is */
export function describeNode(graph: Graph, number: number, labelsFor: number | null = null): string {
  const node = graph.node(number);
  switch (node.kind) {
    case 'constant':
      return labelsFor === null ? String(node.value) : labelsOf(graph, labelsFor, node.value);
    case 'variable':
      return node.name;
    case 'local':
      return node.key.slice(node.key.indexOf('/') + 1);
    case 'pure':
      return describePure(graph, node.op, node.args);
    case 'stateful': {
      const parts = node.args.map((arg) => describeNode(graph, arg));
      return node.state === 'vwap' || node.state === 'atr'
        ? `${node.state}${node.state === 'atr' ? `(${node.length})` : ''}`
        : `${node.state}(${[...parts, node.length].join(', ')})`;
    }
  }
}
