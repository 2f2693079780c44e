import type { Unit } from '../language/units.js';
import { differenceUnit } from '../language/units.js';
import { BAR_FIELDS, type Mapped } from './seed-names.js';
import { inside, untranslatable, type Piece, type SeedScope } from './seed-scope.js';
import type { SeedSyntax } from './seed-syntax.js';

type CallSyntax = Extract<SeedSyntax, { kind: 'call' }>;
type Translate = (syntax: SeedSyntax, scope: SeedScope) => Piece;

const word = ({ text, unit }: Mapped): Piece => ({ text, unit, binds: 8 });

function numberArg(call: CallSyntax, at: number, fallback: number | null): number {
  const arg = call.args[at];
  if (arg === undefined && fallback !== null) return fallback;
  if (arg?.kind === 'number') return arg.value;
  if (arg?.kind === 'negate' && arg.arg.kind === 'number') return -arg.arg.value;
  throw untranslatable(`${call.name} needs a number as its argument ${at + 1}`, arg ?? call);
}

function fieldArg(call: CallSyntax, at: number, fallback: string): Mapped {
  const arg = call.args[at];
  if (arg === undefined) return BAR_FIELDS[fallback] as Mapped;
  const field = arg.kind === 'text' ? BAR_FIELDS[arg.value] : undefined;
  if (field !== undefined) return field;
  throw untranslatable(`${call.name} needs a field such as 'close', found something else`, arg);
}

function isHistory(syntax: SeedSyntax | undefined): boolean {
  return syntax?.kind === 'name' && syntax.name === 'history';
}

interface Series {
  readonly to: string;
  unit(of: Unit): Unit;
  readonly dead?: readonly string[];
}

const same = (of: Unit): Unit => of;
const SERIES: Readonly<Record<string, Series>> = {
  highest: { to: 'highest', unit: same },
  lowest: { to: 'lowest', unit: same },
  moving_avg: { to: 'sma', unit: same },
  sma: { to: 'sma', unit: same },
  ema: { to: 'ema', unit: same },
  stdev: { to: 'stdev', unit: differenceUnit },
};
const ALIASES: Readonly<Record<string, string>> = { max: 'highest', min: 'lowest' };

function series(call: CallSyntax, name: string, scope: SeedScope): Piece {
  const kind = SERIES[name] as Series;
  const bars = numberArg(call, 1, null);
  const field = fieldArg(call, 2, 'close');
  const arg = call.args[2];
  if (arg?.kind === 'text' && arg.value === 'body_size')
    scope.repair('name', `${call.name}(…, 'body_size') was 0 in the seed: now the mean of body`);
  return { text: `${kind.to}(${field.text}, ${bars})`, unit: kind.unit(field.unit), binds: 8 };
}

function band(call: CallSyntax): Piece {
  const name = call.name === 'bb_upper' ? 'bbUpper' : 'bbLower';
  return { text: `${name}(close, ${numberArg(call, 1, 20)}, ${numberArg(call, 2, 2)})`, unit: 'price', binds: 8 };
}

function candlePart(call: CallSyntax): Piece {
  const part = BAR_FIELDS[call.name] as Mapped;
  const arg = call.args[0];
  if (arg?.kind === 'name' && arg.name === 'candle') return word(part);
  if (arg?.kind === 'name' && arg.name === 'prev_candle') return word({ ...part, text: `prev(${part.text}, 1)` });
  throw untranslatable(`${call.name} needs candle or prev_candle`, arg ?? call);
}

// Python's round counts decimal places; ours takes the step itself.
function rounded(call: CallSyntax, scope: SeedScope, translate: Translate): Piece {
  const [arg] = call.args;
  if (arg === undefined) throw untranslatable('round needs a value', call);
  const value = translate(arg, scope);
  return { text: `round(${value.text}, ${10 ** -numberArg(call, 1, 0)})`, unit: value.unit, binds: 8 };
}

function minuteOf(call: CallSyntax, at: number): number {
  const arg = call.args[at];
  const match = arg?.kind === 'text' ? /^([01]?\d|2[0-3]):([0-5]\d)(?::00)?$/.exec(arg.value) : null;
  if (match === null) throw untranslatable(`${call.name} needs times such as '09:15'`, arg ?? call);
  return Number(match[1]) * 60 + Number(match[2]);
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function timeIsBetween(call: CallSyntax, scope: SeedScope): Piece {
  const offset = call.args.length === 3 ? 1 : 0;
  const [from, to] = [minuteOf(call, offset), minuteOf(call, offset + 1)];
  if (from >= to) throw untranslatable(`${call.name} needs a first time before the second`, call);
  scope.repair(
    'name',
    'time_is_between did not exist in the seed: now the time at which the bar opened, the end left out',
  );
  return { text: `openTime between ${clock(from)} and ${clock(to - 1)}`, unit: 'boolean', binds: 4 };
}

function pair(call: CallSyntax, scope: SeedScope, translate: Translate): Piece {
  const [a, b] = call.args.map((arg) => translate(arg, scope));
  if (a === undefined || b === undefined || call.args.length !== 2)
    throw untranslatable(`${call.name} needs two values, or history, a number of bars and a field`, call);
  return { text: `${call.name}(${a.text}, ${b.text})`, unit: a.unit === 'literal' ? b.unit : a.unit, binds: 8 };
}

function absolute(call: CallSyntax, scope: SeedScope, translate: Translate): Piece {
  const [arg] = call.args;
  if (arg === undefined) throw untranslatable('abs needs a value', call);
  const value = translate(arg, scope);
  const isRisk = scope.place === 'target' && (value.text === 'entry - stop' || value.text === 'stop - entry');
  return isRisk ? { text: 'risk', unit: 'points', binds: 8 } : { ...value, text: `abs(${value.text})`, binds: 8 };
}

const PARTS = new Set(['high_wick', 'low_wick', 'body_size', 'candle_size']);

/** Translates a call of the seed's function table (seed-systems.md §2.4). @throws ExpressionError for a function or argument that has no counterpart */
export function translateCall(call: CallSyntax, scope: SeedScope, translate: Translate): Piece {
  const name = isHistory(call.args[0]) ? (ALIASES[call.name] ?? call.name) : call.name;
  if (SERIES[name] !== undefined) return series(call, name, scope);
  if (PARTS.has(name)) return candlePart(call);
  switch (name) {
    case 'bb_upper':
    case 'bb_lower':
      return band(call);
    case 'rsi':
      return { text: `rsi(close, ${numberArg(call, 1, 14)})`, unit: 'percent', binds: 8 };
    case 'atr':
      scope.repair('name', 'atr did not exist in the seed: now the average true range of session-continuous bars');
      return { text: `atr(${numberArg(call, 1, 14)})`, unit: 'points', binds: 8 };
    case 'vwap':
      return { text: 'vwap', unit: 'price', binds: 8 };
    case 'prev_day_close':
      scope.repair('name', 'prev_day_close did not exist in the seed: now session.previousClose');
      return { text: 'session.previousClose', unit: 'price', binds: 8 };
    case 'time_is_between':
      return timeIsBetween(call, scope);
    case 'abs':
      return absolute(call, scope, translate);
    case 'round':
      return rounded(call, scope, translate);
    case 'max':
    case 'min':
      return pair(call, scope, translate);
    default:
      throw untranslatable(`unknown function "${call.name}" of the seed's language`, call);
  }
}

/** A comparison of a price difference with a share of a price has no unit in common: it becomes a ratio. */
export function asRatio(
  points: Piece,
  share: { readonly factor: string; readonly of: Piece },
): readonly [string, string] {
  return [`${inside(points, 6)} / ${inside(share.of, 7)}`, share.factor];
}
