import type { PureOp } from './graph-node.js';

type Apply = (x: number, y: number) => number;

/** Three-valued meaning of every pure operation; comparisons with an unknown side are unknown, division by zero is unknown. */
export const APPLY: Readonly<Record<PureOp, Apply>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => (y === 0 ? Number.NaN : x / y),
  neg: (x) => -x,
  abs: (x) => Math.abs(x),
  min: (x, y) => Math.min(x, y),
  max: (x, y) => Math.max(x, y),
  round: (x, step) => Math.round(x / step) * step,
  gt: (x, y) => (x > y ? 1 : x <= y ? 0 : Number.NaN),
  ge: (x, y) => (x >= y ? 1 : x < y ? 0 : Number.NaN),
  lt: (x, y) => (x < y ? 1 : x >= y ? 0 : Number.NaN),
  le: (x, y) => (x <= y ? 1 : x > y ? 0 : Number.NaN),
  eq: (x, y) => (x === y ? 1 : x < y || x > y ? 0 : Number.NaN),
  ne: (x, y) => (x === y ? 0 : x < y || x > y ? 1 : Number.NaN),
  and: (x, y) => (x === 0 || y === 0 ? 0 : x === 1 && y === 1 ? 1 : Number.NaN),
  or: (x, y) => (x === 1 || y === 1 ? 1 : x === 0 && y === 0 ? 0 : Number.NaN),
  not: (x) => 1 - x,
  in: (x, mask) => (x >= 0 ? (mask >> x) & 1 : Number.NaN),
  known: (x) => (Number.isNaN(x) ? 0 : 1),
};
