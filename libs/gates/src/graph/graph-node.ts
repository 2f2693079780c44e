/** Operations without memory. Truth is 1, falsehood 0, unknown NaN. */
export const PURE_OPS = [
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'abs',
  'min',
  'max',
  'round',
  'gt',
  'ge',
  'lt',
  'le',
  'eq',
  'ne',
  'and',
  'or',
  'not',
  'in',
  'known',
] as const;

export type PureOp = (typeof PURE_OPS)[number];

/** Values with memory, brought up to date once at every bar whether or not anybody asks. */
export type StatefulKind =
  | 'sma'
  | 'ema'
  | 'wma'
  | 'rsi'
  | 'atr'
  | 'stdev'
  | 'bandwidth'
  | 'highest'
  | 'lowest'
  | 'prev'
  | 'lag'
  | 'vwap'
  | 'openingHigh'
  | 'openingLow'
  | 'rvol';

/** One distinct sub-expression. Arguments are node numbers, always lower than the node's own. */
export type GraphNode =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly key: string }
  | { readonly kind: 'pure'; readonly op: PureOp; readonly args: readonly number[] }
  | {
      readonly kind: 'stateful';
      readonly state: StatefulKind;
      readonly args: readonly number[];
      readonly length: number;
    };
