import type { StatefulKind } from '../graph/graph-node.js';
import { ANYTHING } from '../language/interval.js';
import {
  LENGTH,
  VALUE,
  WINDOW,
  first,
  length,
  spread,
  type BuiltCall,
  type FunctionParameter,
  type GateFunction,
} from './gate-function.js';

const FACTOR: FunctionParameter = { name: 'deviations', kind: 'factor', low: 0.1, high: 10 };

function stateOf(kind: StatefulKind): (call: BuiltCall) => number {
  return ({ graph, nodes, numbers }) => graph.stateful(kind, [nodes[0] as number], numbers[0] as number);
}

function average(name: 'sma' | 'ema' | 'wma', memory: number, description: string): GateFunction {
  return {
    name,
    parameters: [VALUE, LENGTH],
    result: 'number',
    unit: 'same',
    anchor: 'continuous',
    description,
    range: first,
    build: stateOf(name),
    warmUp: (numbers) => memory * length(numbers),
  };
}

function band(name: string, side: -1 | 1, description: string): GateFunction {
  return {
    name,
    parameters: [VALUE, WINDOW, FACTOR],
    result: 'number',
    unit: 'same',
    anchor: 'continuous',
    description,
    range: () => ANYTHING,
    build: ({ graph, nodes, numbers }) => {
      const series = nodes[0] as number;
      const [bars = 2, deviations = 2] = numbers;
      const width = graph.pure('mul', graph.constant(deviations), graph.stateful('bandwidth', [series], bars));
      return graph.pure(side > 0 ? 'add' : 'sub', graph.stateful('sma', [series], bars), width);
    },
    warmUp: length,
  };
}

// A recursive average forgets as (1 - a)^k: 12 times its length leaves less than 1e-10 for a = 2/(n+1), 24 times for a = 1/n.
const EMA_MEMORY = 12;
const WILDER_MEMORY = 24;

/** Averages, bands and oscillators: they run over session-continuous bars, pass over unknown inputs and are unknown until warm. */
export const AVERAGE_FUNCTIONS: readonly GateFunction[] = [
  average('sma', 1, 'Simple mean of the last `bars` known values.'),
  average('ema', EMA_MEMORY, 'Exponential average, alpha = 2/(bars+1), seeded with the simple mean.'),
  average('wma', 1, 'Linearly weighted mean, the newest value weighs `bars`.'),
  {
    name: 'rsi',
    parameters: [VALUE, WINDOW],
    result: 'number',
    unit: 'percent',
    anchor: 'continuous',
    description: "Wilder's relative strength index, 0 to 100.",
    range: () => ({ low: 0, high: 100 }),
    build: stateOf('rsi'),
    warmUp: (numbers) => WILDER_MEMORY * length(numbers) + 1,
  },
  {
    name: 'atr',
    parameters: [LENGTH],
    result: 'number',
    unit: 'points',
    anchor: 'continuous',
    description: "Wilder's average true range of the index bars.",
    range: () => ({ low: 0, high: 1e7 }),
    build: ({ graph, numbers }) =>
      graph.stateful(
        'atr',
        ['high', 'low', 'close'].map((field) => graph.variable(field)),
        numbers[0] as number,
      ),
    warmUp: (numbers) => WILDER_MEMORY * length(numbers) + 1,
  },
  {
    name: 'stdev',
    parameters: [VALUE, WINDOW],
    result: 'number',
    unit: 'difference',
    anchor: 'continuous',
    description: 'Sample standard deviation (n - 1) of the last `bars` known values.',
    range: spread,
    build: stateOf('stdev'),
    warmUp: length,
  },
  {
    name: 'zscore',
    parameters: [VALUE, WINDOW],
    result: 'number',
    unit: 'ratio',
    anchor: 'continuous',
    description:
      'Distance from the mean of the last `bars` values in sample standard deviations; unknown when they are all equal.',
    range: () => ANYTHING,
    build: ({ graph, nodes, numbers }) => {
      const series = nodes[0] as number;
      const bars = numbers[0] as number;
      const distance = graph.pure('sub', series, graph.stateful('sma', [series], bars));
      return graph.pure('div', distance, graph.stateful('stdev', [series], bars));
    },
    warmUp: length,
  },
  band('bbUpper', 1, 'Upper Bollinger band: mean plus `deviations` population standard deviations.'),
  band('bbLower', -1, 'Lower Bollinger band: mean less `deviations` population standard deviations.'),
  {
    name: 'bbMiddle',
    parameters: [VALUE, WINDOW],
    result: 'number',
    unit: 'same',
    anchor: 'continuous',
    description: 'Middle Bollinger band: the simple mean.',
    range: first,
    build: stateOf('sma'),
    warmUp: length,
  },
  {
    name: 'roc',
    parameters: [VALUE, LENGTH],
    result: 'number',
    unit: 'percent',
    anchor: 'continuous',
    description: 'Rate of change against the value `bars` bars ago, in percent.',
    range: () => ANYTHING,
    build: ({ graph, nodes, numbers }) => {
      const series = nodes[0] as number;
      const before = graph.stateful('lag', [series], numbers[0] as number);
      const change = graph.pure('div', graph.pure('sub', series, before), before);
      return graph.pure('mul', graph.constant(100), change);
    },
    warmUp: (numbers) => length(numbers) + 1,
  },
];
