import fc from 'fast-check';
import { compileTiny } from '../fixtures/tiny-gate.js';
import { APPLY } from '../graph/apply-op.js';
import { PURE_OPS, type PureOp } from '../graph/graph-node.js';
import { Evaluator } from './evaluator.js';
import { layOut, type Program } from './program.js';

const TRUTHS = [0, 1, Number.NaN];

function programOf(op: PureOp): Program {
  const { gates } = compileTiny();
  return {
    ...layOut(gates, []),
    slotCount: 4,
    spare: 3,
    leafCount: 2,
    op: Uint8Array.of(0, 0, PURE_OPS.indexOf(op), 0),
    left: Int32Array.of(0, 0, 0, 0),
    right: Int32Array.of(0, 0, 1, 0),
    keep: Uint8Array.of(0, 0, 1, 0),
    constants: [],
    chainSlots: [],
  };
}

function run(op: PureOp, x: number, y: number): number {
  const evaluator = new Evaluator(programOf(op));
  evaluator.startBar();
  evaluator.values[0] = x;
  evaluator.values[1] = y;
  return evaluator.value(2);
}

test.each(PURE_OPS.filter((op) => !['and', 'or', 'not', 'in'].includes(op)))(
  '%s in the machine is what it is in the table, for any numbers',
  (op) => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN), fc.constant(0));
    fc.assert(
      fc.property(value, value, (x, y) => {
        expect(run(op, x, y)).toBe(APPLY[op](x, y));
      }),
      { numRuns: 60 },
    );
  },
);

test.each(['and', 'or', 'not'] as const)('%s is Kleene logic', (op) => {
  const rows = TRUTHS.flatMap((x) => TRUTHS.map((y) => run(op, x, y)));
  const unknown = Number.NaN;
  const expected = {
    and: [0, 0, 0, 0, 1, unknown, 0, unknown, unknown],
    or: [0, 1, unknown, 1, 1, 1, unknown, 1, unknown],
    not: [1, 1, 1, 0, 0, 0, unknown, unknown, unknown],
  };
  expect(rows).toEqual(expected[op]);
  expect(TRUTHS.flatMap((x) => TRUTHS.map((y) => APPLY[op](x, y)))).toEqual(expected[op]);
});

test('membership is a bit test, unknown for an unknown label', () => {
  expect([run('in', 0, 5), run('in', 1, 5), run('in', 2, 5), run('in', Number.NaN, 5)]).toEqual([1, 0, 1, Number.NaN]);
});
