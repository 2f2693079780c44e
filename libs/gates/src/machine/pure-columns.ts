import type { PureOp } from '../graph/graph-node.js';

/** A column of cells: row r is at `first + (r & mask)`; mask 0 repeats one cell, -1 gives each row its own. */
export interface CellColumn {
  readonly first: number;
  readonly mask: number;
}

/** One operation without memory over rows of columns. */
export interface PureColumn {
  readonly op: PureOp;
  readonly left: CellColumn;
  readonly right: CellColumn;
  /** First cell of the result. */
  readonly output: number;
}

/** Rows `from` to `to` (exclusive). */
interface Rows {
  readonly from: number;
  readonly to: number;
}

const DIFFERENCE = new Float64Array(1);
/** The same memory as whole numbers of half the size; the sign is in the upper half, whose place depends on the machine. */
const HALVES = new Int32Array(DIFFERENCE.buffer);
const HIGH = highHalf();

function highHalf(): 0 | 1 {
  DIFFERENCE[0] = -0;
  return HALVES[1] === 0 ? 0 : 1;
}

// Infinities have no difference but an order.
function isKnown(x: number, y: number): boolean {
  return x === x && y === y;
}

// Comparisons take the sign bit of the difference: who is above whom is as good as a coin toss, and a branch would be guessed wrong every other time. Adding zero takes the sign off a negative zero.
// Every operation is a loop of its own: one loop with a choice in it would choose anew at every row.

function addRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x + y;
  }
}

function subRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x - y;
  }
}

function mulRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x * y;
  }
}

function divRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = y === 0 ? Number.NaN : x / y;
  }
}

function negRows(cells: Float64Array, { left, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    cells[output + r] = -x;
  }
}

function absRows(cells: Float64Array, { left, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    cells[output + r] = Math.abs(x);
  }
}

function minRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = Math.min(x, y);
  }
}

function maxRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = Math.max(x, y);
  }
}

function roundRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = Math.round(x / y) * y;
  }
}

function gtRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    const d = y - x;
    DIFFERENCE[0] = d + 0;
    const bit = (HALVES[HIGH] as number) >>> 31;
    cells[output + r] = d === d ? bit : isKnown(x, y) ? Number(x > y) : Number.NaN;
  }
}

function geRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    const d = x - y;
    DIFFERENCE[0] = d + 0;
    const bit = (HALVES[HIGH] as number) >>> 31;
    cells[output + r] = d === d ? 1 - bit : isKnown(x, y) ? Number(x >= y) : Number.NaN;
  }
}

function ltRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    const d = x - y;
    DIFFERENCE[0] = d + 0;
    const bit = (HALVES[HIGH] as number) >>> 31;
    cells[output + r] = d === d ? bit : isKnown(x, y) ? Number(x < y) : Number.NaN;
  }
}

function leRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    const d = y - x;
    DIFFERENCE[0] = d + 0;
    const bit = (HALVES[HIGH] as number) >>> 31;
    cells[output + r] = d === d ? 1 - bit : isKnown(x, y) ? Number(x <= y) : Number.NaN;
  }
}

function eqRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x === y ? 1 : x < y || x > y ? 0 : Number.NaN;
  }
}

function neRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x === y ? 0 : x < y || x > y ? 1 : Number.NaN;
  }
}

function andRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x === 0 || y === 0 ? 0 : x === 1 && y === 1 ? 1 : Number.NaN;
  }
}

function orRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x === 1 || y === 1 ? 1 : x === 0 && y === 0 ? 0 : Number.NaN;
  }
}

function notRows(cells: Float64Array, { left, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    cells[output + r] = 1 - x;
  }
}

function inRows(cells: Float64Array, { left, right, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    const y = cells[right.first + (r & right.mask)] as number;
    cells[output + r] = x >= 0 ? (y >> x) & 1 : Number.NaN;
  }
}

function knownRows(cells: Float64Array, { left, output }: PureColumn, { from, to }: Rows): void {
  for (let r = from; r < to; r++) {
    const x = cells[left.first + (r & left.mask)] as number;
    cells[output + r] = x === x ? 1 : 0;
  }
}

/** By operation, the loop that computes it; the same numbers as `APPLY` gives one by one. */
export const RUN_ROWS: Readonly<Record<PureOp, (cells: Float64Array, column: PureColumn, rows: Rows) => void>> = {
  add: addRows,
  sub: subRows,
  mul: mulRows,
  div: divRows,
  neg: negRows,
  abs: absRows,
  min: minRows,
  max: maxRows,
  round: roundRows,
  gt: gtRows,
  ge: geRows,
  lt: ltRows,
  le: leRows,
  eq: eqRows,
  ne: neRows,
  and: andRows,
  or: orRows,
  not: notRows,
  in: inRows,
  known: knownRows,
};
