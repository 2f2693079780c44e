import { assertNever } from '@sos/domain';
import { productUnit, quotientUnit, sumUnit, type Unit } from '../language/units.js';
import { BAR_FIELDS, DEAD_NAMES, LABEL_NAMES, NAMES, camelCase, labelOf } from './seed-names.js';
import { inside, untranslatable, type Piece, type SeedScope } from './seed-scope.js';
import type { SeedComparison, SeedSyntax } from './seed-syntax.js';
import { asRatio, translateCall } from './translate-call.js';

type Of<K extends SeedSyntax['kind']> = Extract<SeedSyntax, { kind: K }>;

const LEVEL_NAMES: Readonly<Record<string, string>> = { entry: 'entry', sl: 'stop' };
const FLIPPED: Readonly<Record<SeedComparison, SeedComparison>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
};
/** A bare volume says nothing of an index: the usual volume is the measure, one and a half times of it where the seed asked for a burst. */
const BURST = 1.5;

function barField(syntax: Of<'name'>, scope: SeedScope): Piece | null {
  const [owner, field = ''] = syntax.name.includes('.') ? syntax.name.split('.') : ['candle', syntax.name];
  const part = BAR_FIELDS[field];
  if (part === undefined || (owner !== 'candle' && owner !== 'prev_candle')) return null;
  if (owner === 'candle') return { ...part, binds: 8 };
  if (scope.place === 'condition' || scope.place === 'capture') {
    const isPlain = ['open', 'high', 'low', 'close', 'volume'].includes(field);
    return { text: isPlain ? `prev.${field}` : `prev(${part.text}, 1)`, unit: part.unit, binds: 8 };
  }
  scope.repair('levels', `${syntax.name} in a level was the bar of the trigger itself: now ${part.text}`);
  return { ...part, binds: 8 };
}

function captured(syntax: Of<'name'>, scope: SeedScope): Piece | null {
  if (!syntax.name.startsWith('vars.')) return null;
  const name = syntax.name.slice('vars.'.length);
  const unit = scope.captured.get(name);
  if (unit === undefined) throw untranslatable(`nothing captures "${syntax.name}" before this place`, syntax);
  return { text: `captured.${camelCase(name)}`, unit, binds: 8 };
}

function translateName(syntax: Of<'name'>, scope: SeedScope): Piece {
  const label = LABEL_NAMES[syntax.name];
  if (label !== undefined) return { text: label, unit: 'label', binds: 8 };
  const level = LEVEL_NAMES[syntax.name];
  if (level !== undefined && (scope.place === 'stop' || scope.place === 'target'))
    return { text: level, unit: 'price', binds: 8 };
  if (syntax.name === 'risk' && scope.place === 'target') return { text: 'risk', unit: 'points', binds: 8 };
  const known = NAMES[syntax.name];
  if (known !== undefined) {
    if (DEAD_NAMES.has(syntax.name))
      scope.repair('name', `${syntax.name} did not exist in the seed: now ${known.text}`);
    return { ...known, binds: 8 };
  }
  const piece = barField(syntax, scope) ?? captured(syntax, scope);
  if (piece !== null) return piece;
  throw untranslatable(`unknown name "${syntax.name}" of the seed's language`, syntax);
}

function numeric(piece: Piece, syntax: SeedSyntax): Unit {
  if (piece.unit !== 'label' && piece.unit !== 'boolean') return piece.unit;
  throw untranslatable(`expected a number, found a ${piece.unit === 'label' ? 'label' : 'condition'}`, syntax);
}

function translateArithmetic(syntax: Of<'arithmetic'>, scope: SeedScope): Piece {
  const [left, right] = [translateSeed(syntax.left, scope), translateSeed(syntax.right, scope)];
  const [a, b] = [numeric(left, syntax.left), numeric(right, syntax.right)];
  const { op } = syntax;
  const isSum = op === '+' || op === '-';
  const unit = isSum ? sumUnit(op, a, b) : op === '*' ? productUnit(a, b) : quotientUnit(a, b);
  if (unit === null) throw untranslatable(`cannot put ${a} and ${b} together with ${op}`, syntax);
  const binds = isSum ? 5 : 6;
  return { text: `${inside(left, binds)} ${op} ${inside(right, binds + 1)}`, unit, binds };
}

/** `k * x` or `x * k` with a plain number `k`. */
function shareOf(syntax: SeedSyntax, scope: SeedScope): { factor: string; of: Piece } | null {
  if (syntax.kind !== 'arithmetic' || syntax.op !== '*') return null;
  const [factor, of] = syntax.left.kind === 'number' ? [syntax.left, syntax.right] : [syntax.right, syntax.left];
  return factor.kind === 'number' ? { factor: String(factor.value), of: translateSeed(of, scope) } : null;
}

const isVolumeBound = (syntax: SeedSyntax, other: SeedSyntax, piece: Piece): boolean =>
  piece.text === 'volume' && other.kind === 'number' && syntax.kind === 'name';

/** `abs(x - round(x, -2)) < 50` holds for every price but one: the bound is half the step. */
function nearness(left: Piece, right: SeedSyntax, scope: SeedScope): string | null {
  const match = /^abs\((.+) - round\(\1, (\d+)\)\)$/.exec(left.text);
  if (match === null || right.kind !== 'number' || right.value < Number(match[2]) / 2) return null;
  const near = Number(match[2]) * 0.15;
  scope.repair(
    'condition',
    `"${left.text} < ${right.value}" was true at every price: the distance is now ${near} points`,
  );
  return String(near);
}

function compareNumbers(syntax: Of<'compare'>, scope: SeedScope): Piece {
  const [left, right] = [translateSeed(syntax.left, scope), translateSeed(syntax.right, scope)];
  const { op } = syntax;
  const [a, b] = [numeric(left, syntax.left), numeric(right, syntax.right)];
  if (isVolumeBound(syntax.left, syntax.right, left)) {
    scope.repair('unit', `volume ${op} ${right.text} depends on what is counted: now against its mean of 20 bars`);
    return { text: `volume ${op} ${BURST} * sma(volume, 20)`, unit: 'boolean', binds: 4 };
  }
  const share = shareOf(syntax.right, scope);
  if (a === 'points' && b === 'price' && share !== null) {
    scope.repair(
      'unit',
      `a price difference was compared with a price: now the ratio of ${left.text} and ${share.of.text}`,
    );
    const [over, factor] = asRatio(left, share);
    return { text: `${over} ${op} ${factor}`, unit: 'boolean', binds: 4 };
  }
  const near = nearness(left, syntax.right, scope);
  return { text: `${inside(left, 5)} ${op} ${near ?? inside(right, 5)}`, unit: 'boolean', binds: 4 };
}

function compareLabel(label: Piece, other: SeedSyntax, { op, scope }: { op: SeedComparison; scope: SeedScope }): Piece {
  if (op !== '==' && op !== '!=') throw untranslatable(`labels have no order: found ${op}`, other);
  const text = other.kind === 'text' ? labelOf(other.value) : translateSeed(other, scope).text;
  return { text: `${label.text} ${op} ${text}`, unit: 'boolean', binds: 4 };
}

function translateCompare(syntax: Of<'compare'>, scope: SeedScope): Piece {
  const { left, right, op } = syntax;
  if (right.kind === 'nothing' || left.kind === 'nothing') {
    const known = `known(${translateSeed(right.kind === 'nothing' ? left : right, scope).text})`;
    return { text: op === '==' ? `not ${known}` : known, unit: 'boolean', binds: op === '==' ? 3 : 8 };
  }
  if (left.kind === 'text') return compareLabel(translateSeed(right, scope), left, { op: FLIPPED[op], scope });
  const first = translateSeed(left, scope);
  return first.unit === 'label' ? compareLabel(first, right, { op, scope }) : compareNumbers(syntax, scope);
}

function translateIn(syntax: Of<'in'>, scope: SeedScope): Piece {
  const value = translateSeed(syntax.left, scope);
  const { right } = syntax;
  if (value.unit !== 'label' || right.kind !== 'list')
    throw untranslatable('"in" needs a label and a list of texts', syntax);
  const labels = right.items.map((item) => {
    if (item.kind !== 'text') throw untranslatable('expected a text in the list of labels', item);
    return labelOf(item.value);
  });
  const text = `${value.text} ${syntax.negated ? 'not in' : 'in'} [${labels.join(', ')}]`;
  return { text, unit: 'boolean', binds: 4 };
}

function translateLogic(syntax: Of<'and' | 'or'>, scope: SeedScope): Piece {
  const binds = syntax.kind === 'and' ? 2 : 1;
  const parts = [syntax.left, syntax.right].map((part) => {
    const piece = translateSeed(part, scope);
    if (piece.unit !== 'boolean') throw untranslatable('expected a condition', part);
    return inside(piece, binds);
  });
  return { text: parts.join(` ${syntax.kind} `), unit: 'boolean', binds };
}

function translateNegation(syntax: Of<'negate' | 'not'>, scope: SeedScope): Piece {
  const arg = translateSeed(syntax.arg, scope);
  if (syntax.kind === 'not') return { text: `not ${inside(arg, 4)}`, unit: 'boolean', binds: 3 };
  return { text: `-${inside(arg, 7)}`, unit: numeric(arg, syntax.arg), binds: 7 };
}

/** Translates an expression of the seed into the gate language. @throws ExpressionError for what has no counterpart, with its place */
export function translateSeed(syntax: SeedSyntax, scope: SeedScope): Piece {
  switch (syntax.kind) {
    case 'number':
      return { text: String(syntax.value), unit: 'literal', binds: 8 };
    case 'name':
      return translateName(syntax, scope);
    case 'call':
      return translateCall(syntax, scope, translateSeed);
    case 'negate':
    case 'not':
      return translateNegation(syntax, scope);
    case 'and':
    case 'or':
      return translateLogic(syntax, scope);
    case 'arithmetic':
      return translateArithmetic(syntax, scope);
    case 'compare':
      return translateCompare(syntax, scope);
    case 'in':
      return translateIn(syntax, scope);
    case 'text':
    case 'list':
    case 'truth':
    case 'nothing':
      throw untranslatable('expected a number, a name or a condition', syntax);
    default:
      return assertNever(syntax);
  }
}
