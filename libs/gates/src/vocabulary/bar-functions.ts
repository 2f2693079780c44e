import type { PureOp, StatefulKind } from '../graph/graph-node.js';
import {
  ALWAYS,
  LENGTH,
  VALUE,
  first,
  hull,
  magnitude,
  none,
  type BuiltCall,
  type FunctionParameter,
  type GateFunction,
} from './gate-function.js';

const A: FunctionParameter = { name: 'a', kind: 'value' };
const B: FunctionParameter = { name: 'b', kind: 'value' };
const MINUTES: FunctionParameter = { name: 'minutes', kind: 'length', low: 1, high: 375 };

function extreme(name: 'highest' | 'lowest', description: string): GateFunction {
  return {
    name,
    parameters: [VALUE, LENGTH],
    result: 'number',
    unit: 'same',
    anchor: 'session',
    description,
    range: first,
    build: ({ graph, nodes, numbers }) => graph.stateful(name, [nodes[0] as number], numbers[0] as number),
    warmUp: none,
  };
}

function opening(name: 'openingHigh' | 'openingLow', field: string, description: string): GateFunction {
  return {
    name,
    parameters: [MINUTES],
    result: 'number',
    unit: 'price',
    anchor: 'session',
    description,
    range: () => ({ low: 0.05, high: 1e7 }),
    build: ({ graph, numbers }) =>
      graph.stateful(name, [graph.variable(field), graph.variable('session.minutes')], numbers[0] as number),
    warmUp: none,
  };
}

function crossing(name: string, [now, before]: readonly [PureOp, PureOp], description: string): GateFunction {
  // A gate's own memory has no previous bar: a level that was captured is compared with itself.
  const previous = ({ graph }: BuiltCall, node: number): number =>
    graph.isLocal(node) || graph.constantOf(node) !== null ? node : graph.stateful('prev', [node], 1);
  return {
    name,
    parameters: [A, B],
    result: 'boolean',
    unit: 'number',
    anchor: 'session',
    description,
    range: () => ALWAYS,
    build: (call) => {
      const [a = 0, b = 0] = call.nodes;
      const was = call.graph.pure(before, previous(call, a), previous(call, b));
      return call.graph.pure('and', call.graph.pure(now, a, b), was);
    },
    warmUp: none,
  };
}

function pair(name: 'min' | 'max', description: string): GateFunction {
  return {
    name,
    parameters: [A, B],
    result: 'number',
    unit: 'same',
    anchor: 'bar',
    description,
    range: hull,
    build: ({ graph, nodes }) => graph.pure(name, nodes[0] as number, nodes[1] as number),
    warmUp: none,
  };
}

const PREV: StatefulKind = 'prev';

/** Arithmetic helpers, extremes and looks back within the session. */
export const BAR_FUNCTIONS: readonly GateFunction[] = [
  {
    name: 'abs',
    parameters: [A],
    result: 'number',
    unit: 'same',
    anchor: 'bar',
    description: 'Magnitude.',
    range: magnitude,
    build: ({ graph, nodes }) => graph.pure('abs', nodes[0] as number),
    warmUp: none,
  },
  pair('min', 'The smaller of two values; unknown when either is.'),
  pair('max', 'The larger of two values; unknown when either is.'),
  {
    name: 'round',
    parameters: [A, { name: 'step', kind: 'factor', low: 0.01, high: 1e6 }],
    result: 'number',
    unit: 'same',
    anchor: 'bar',
    description: 'Nearest multiple of `step`; halves go up.',
    range: ([a = ALWAYS]) => a,
    build: ({ graph, nodes, numbers }) => graph.pure('round', nodes[0] as number, graph.constant(numbers[0] as number)),
    warmUp: none,
  },
  {
    name: 'known',
    parameters: [{ name: 'value', kind: 'any' }],
    result: 'boolean',
    unit: 'number',
    anchor: 'bar',
    description: 'Whether a value is known; itself never unknown.',
    range: () => ALWAYS,
    build: ({ graph, nodes }) => graph.pure('known', nodes[0] as number),
    warmUp: none,
  },
  {
    name: 'prev',
    parameters: [VALUE, LENGTH],
    result: 'number',
    unit: 'same',
    anchor: 'session',
    description: 'The value `bars` bars ago in this session; unknown before.',
    range: first,
    build: ({ graph, nodes, numbers }) => graph.stateful(PREV, [nodes[0] as number], numbers[0] as number),
    warmUp: none,
  },
  extreme(
    'highest',
    'Highest of the last `bars` values of this session, the present included; unknown before that many.',
  ),
  extreme(
    'lowest',
    'Lowest of the last `bars` values of this session, the present included; unknown before that many.',
  ),
  opening('openingHigh', 'high', 'High of the first `minutes` of the session; unknown until they are over.'),
  opening('openingLow', 'low', 'Low of the first `minutes` of the session; unknown until they are over.'),
  crossing('crossesAbove', ['gt', 'le'], '`a` is above `b` and was not on the previous bar of the session.'),
  crossing('crossesBelow', ['lt', 'ge'], '`a` is below `b` and was not on the previous bar of the session.'),
];
