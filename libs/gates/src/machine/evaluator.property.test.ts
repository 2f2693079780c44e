import fc from 'fast-check';
import { compileTiny } from '../fixtures/tiny-gate.js';
import { APPLY } from '../graph/apply-op.js';
import { PURE_OPS, type PureOp } from '../graph/graph-node.js';
import { BarGrid } from './bar-grid.js';
import { Evaluator } from './evaluator.js';
import { layOut, type Program } from './program.js';
import { RUN_ROWS } from './pure-columns.js';

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
    barNodes: [],
  };
}

function run(op: PureOp, x: number, y: number): number {
  const program = programOf(op);
  const evaluator = new Evaluator(program, new BarGrid(program));
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

test.each(PURE_OPS)('%s over rows of columns is what it is in the table, whatever its sides', (op) => {
  const isLogic = ['and', 'or', 'not'].includes(op);
  const label = fc.constantFrom(0, 1, 2, 5, Number.NaN);
  const number = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN), fc.constant(0));
  const value = isLogic ? fc.constantFrom(...TRUTHS) : op === 'in' ? label : number;
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 9 }), fc.nat(2), (rows, from) => {
      const count = rows.length;
      const cells = Float64Array.from([...rows.map(([x]) => x), ...rows.map(([, y]) => y), ...rows.map(() => -7)]);
      const columns = { left: { first: 0, mask: -1 }, right: { first: count, mask: 0 }, output: 2 * count };
      RUN_ROWS[op](cells, { op, ...columns }, { from, to: count });
      const one = rows[0]?.[1] ?? 0;
      const expected = rows.map(([x], r) => (r < from ? -7 : APPLY[op](x, one)));
      expect([...cells.subarray(2 * count)]).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

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
