import { RollingMax, RollingMin, RollingStdev, Sma, type Indicator } from '@sos/math-engine';
import fc from 'fast-check';
import type { StatefulKind } from '../graph/graph-node.js';
import { DeviationGroup } from './deviation-group.js';
import { Evaluator } from './evaluator.js';
import { ExtremeGroup } from './extreme-group.js';
import { MeanGroup } from './mean-group.js';
import type { Program, StatefulSlot } from './program.js';

const SLOTS = 4;

function emptyProgram(): Program {
  const ints = (): Int32Array => new Int32Array(SLOTS);
  const bytes = (): Uint8Array => new Uint8Array(SLOTS);
  const columns = { op: bytes(), left: ints(), right: ints(), keep: bytes(), slotOf: ints() };
  const lists = { chainSlots: [], constants: [], stateful: [], variables: new Map(), locals: new Map() };
  return { slotCount: SLOTS, spare: SLOTS - 1, leafCount: SLOTS, ...columns, ...lists };
}

function lane(state: StatefulKind, length: number, output: number): StatefulSlot {
  return { node: { kind: 'stateful', state, args: [0], length }, inputs: [0], output, level: 1 };
}

const price = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 17_000, max: 19_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const series = fc.array(price, { minLength: 1, maxLength: 80 });
const periods = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 25 }));

interface Contest {
  readonly group: { step(evaluator: Evaluator): void; openSession?: () => void };
  readonly nodes: readonly Indicator[];
}

/** Both sides over the same values; an unknown value is passed over, a session's begin empties what belongs to the session. */
function compare({ group, nodes }: Contest, values: readonly number[], sessionAt: number): void {
  const evaluator = new Evaluator(emptyProgram());
  for (const [n, x] of values.entries()) {
    if (n === sessionAt && group.openSession) {
      group.openSession();
      for (const node of nodes) node.add(Number.NaN);
    }
    evaluator.values[0] = x;
    group.step(evaluator);
    for (const [i, node] of nodes.entries()) {
      if (x === x) node.add(x);
      expect(evaluator.values[i + 1]).toBe(x === x ? node.value : Number.NaN);
    }
  }
}

describe('lanes are the indicators of math-engine, to the last bit', () => {
  test('means', () => {
    fc.assert(
      fc.property(periods, series, ([a, b], values) => {
        compare(
          { group: new MeanGroup([lane('sma', a, 1), lane('sma', b, 2)]), nodes: [new Sma(a), new Sma(b)] },
          values,
          -1,
        );
      }),
    );
  });
  test('deviations', () => {
    fc.assert(
      fc.property(periods, series, ([a, b], values) => {
        const group = new DeviationGroup([lane('bandwidth', a, 1), lane('stdev', b, 2)]);
        compare({ group, nodes: [new RollingStdev(a), new RollingStdev(b, 'sample')] }, values, -1);
      }),
    );
  });
  test('extremes, forgotten at the start of a session', () => {
    fc.assert(
      fc.property(periods, series, fc.nat(80), ([a, b], values, sessionAt) => {
        const highest = new ExtremeGroup([lane('highest', a, 1), lane('highest', b, 2)], 1);
        compare({ group: highest, nodes: [new RollingMax(a), new RollingMax(b)] }, values, sessionAt);
        const lowest = new ExtremeGroup([lane('lowest', a, 1), lane('lowest', b, 2)], -1);
        compare({ group: lowest, nodes: [new RollingMin(a), new RollingMin(b)] }, values, sessionAt);
      }),
    );
  });
});
