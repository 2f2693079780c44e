import type { Variable } from './variable.js';

const gate = { type: 'number', anchor: 'gate', source: 'the gate itself' } as const;

/** Words with a value of their own in each gate: what its regime table says now and the levels of the trade about to be signalled. */
export const GATE_VARIABLES: readonly Variable[] = [
  {
    ...gate,
    name: 'regime.sizeMultiplier',
    unit: 'ratio',
    low: 0,
    high: 2.5,
    description: "Position multiplier of the present regime in the gate's table.",
  },
  {
    ...gate,
    name: 'regime.targetMultiple',
    unit: 'ratio',
    low: 0.1,
    high: 20,
    description: "Target in multiples of the risk for the present regime, from the gate's table.",
  },
  {
    ...gate,
    name: 'regime.bufferAtr',
    unit: 'ratio',
    low: 0,
    high: 5,
    description: "Buffer in multiples of the average true range for the present regime, from the gate's table.",
  },
  {
    ...gate,
    name: 'entry',
    unit: 'price',
    low: 0.05,
    high: 1e7,
    description: 'Entry level; known to `stop` and `target` only.',
  },
  { ...gate, name: 'stop', unit: 'price', low: 0.05, high: 1e7, description: 'Stop level; known to `target` only.' },
  {
    ...gate,
    name: 'risk',
    unit: 'points',
    low: 0,
    high: 1e7,
    description: 'Distance of entry and stop; known to `target` only.',
  },
];
