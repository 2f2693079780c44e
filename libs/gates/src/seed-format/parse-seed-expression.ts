import { ExpressionError, type Span } from '../language/expression-error.js';
import type { SeedComparison, SeedOperator, SeedSyntax } from './seed-syntax.js';

interface SeedToken extends Span {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|('[^']*'|"[^"]*")|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(<=|>=|==|!=|&&|\|\||\*\*|\/\/|[-+*/%()[\],<>!=?:&|]))/y;
const KINDS = ['number', 'text', 'name', 'symbol'] as const;
// The older files of the seed write their logic as Java does.
const WORDS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' };
const COMPARISONS: readonly string[] = ['>', '>=', '<', '<=', '==', '!='];
const MAX_DEPTH = 100;

function tokens(text: string): SeedToken[] {
  const found: SeedToken[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== '';) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const span = { at: at + (text.slice(at).length - text.slice(at).trimStart().length), end: at + 1 };
    if (match === null) throw new ExpressionError('syntax', `unexpected character "${text.charAt(span.at)}"`, span);
    const group = match.slice(1).findIndex((part) => part !== undefined);
    const lexeme = match[group + 1] ?? '';
    at = TOKEN.lastIndex;
    const kind = KINDS[group] ?? 'symbol';
    found.push({
      kind: WORDS[lexeme] === undefined ? kind : 'name',
      text: WORDS[lexeme] ?? lexeme,
      at: span.at,
      end: at,
    });
  }
  return [...found, { kind: 'end', text: '', at: text.length, end: text.length }];
}

function isComparison(text: string): text is SeedComparison {
  return COMPARISONS.includes(text);
}

function over(first: Span, last: Span): Span {
  return { at: first.at, end: last.end };
}

class SeedParser {
  readonly #tokens: readonly SeedToken[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  whole(): SeedSyntax {
    const expression = this.#or();
    if (this.#peek().kind !== 'end') throw this.#expected('an operator or the end of the expression');
    return expression;
  }

  #peek(ahead = 0): SeedToken {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as SeedToken;
  }

  #take(): SeedToken {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token.kind !== 'text' && token.text === text;
  }

  #accept(text: string): SeedToken | null {
    return this.#is(text) ? this.#take() : null;
  }

  #need(text: string): SeedToken {
    const token = this.#accept(text);
    if (token === null) throw this.#expected(`"${text}"`);
    return token;
  }

  #expected(what: string): ExpressionError {
    const token = this.#peek();
    const found = token.kind === 'end' ? 'the end of the expression' : `"${token.text}"`;
    return new ExpressionError('syntax', `expected ${what}, found ${found}`, token);
  }

  #or(): SeedSyntax {
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('syntax', 'expression is nested too deeply', this.#peek());
    let left = this.#and();
    while (this.#accept('or') !== null) {
      const right = this.#and();
      left = { kind: 'or', left, right, ...over(left, right) };
    }
    this.#depth--;
    return left;
  }

  #and(): SeedSyntax {
    let left = this.#not();
    while (this.#accept('and') !== null) {
      const right = this.#not();
      left = { kind: 'and', left, right, ...over(left, right) };
    }
    return left;
  }

  #not(): SeedSyntax {
    const word = this.#accept('not');
    if (word === null) return this.#comparison();
    const arg = this.#not();
    return { kind: 'not', arg, ...over(word, arg) };
  }

  // Python reads `a <= b <= c` as two comparisons of the same b.
  #comparison(): SeedSyntax {
    let left = this.#additive();
    let whole: SeedSyntax | null = null;
    for (;;) {
      const link = this.#link(left);
      if (link === null) return whole ?? left;
      whole = whole === null ? link : { kind: 'and', left: whole, right: link, ...over(whole, link) };
      if (link.kind !== 'compare') return whole;
      left = link.right;
    }
  }

  #link(left: SeedSyntax): SeedSyntax | null {
    const negated = this.#is('not') && this.#peek(1).text === 'in';
    if (negated) this.#take();
    if (this.#accept('in') !== null) {
      const right = this.#primary();
      return { kind: 'in', left, right, negated, ...over(left, right) };
    }
    const op = this.#accept('is') === null ? this.#peek().text : this.#accept('not') === null ? '==' : '!=';
    if (this.#peek().kind === 'symbol' && isComparison(this.#peek().text)) this.#take();
    else if (op !== '==' && op !== '!=') return null;
    if (!isComparison(op)) return null;
    const right = this.#additive();
    return { kind: 'compare', op, left, right, ...over(left, right) };
  }

  #additive(): SeedSyntax {
    let left = this.#multiplicative();
    while (this.#is('+') || this.#is('-')) {
      const op = this.#take().text as SeedOperator;
      const right = this.#multiplicative();
      left = { kind: 'arithmetic', op, left, right, ...over(left, right) };
    }
    return left;
  }

  #multiplicative(): SeedSyntax {
    let left = this.#unary();
    while (this.#is('*') || this.#is('/')) {
      const op = this.#take().text as SeedOperator;
      const right = this.#unary();
      left = { kind: 'arithmetic', op, left, right, ...over(left, right) };
    }
    return left;
  }

  #unary(): SeedSyntax {
    const minus = this.#accept('-');
    if (minus === null) return this.#accept('+') === null ? this.#primary() : this.#unary();
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('syntax', 'expression is nested too deeply', minus);
    const arg = this.#unary();
    this.#depth--;
    return { kind: 'negate', arg, ...over(minus, arg) };
  }

  #primary(): SeedSyntax {
    const token = this.#peek();
    const span = { at: token.at, end: token.end };
    if (token.kind === 'number') return { kind: 'number', value: Number(this.#take().text), ...span };
    if (token.kind === 'text') return { kind: 'text', value: this.#take().text.slice(1, -1), ...span };
    if (token.kind === 'name') return this.#named(this.#take());
    if (this.#accept('[') !== null) return this.#list(token, ']');
    if (this.#accept('(') === null) throw this.#expected('a number, a name or "("');
    const inner = this.#or();
    if (this.#is(',')) return this.#list(token, ')', [inner]);
    const close = this.#need(')');
    return { ...inner, ...over(token, close) };
  }

  #list(open: Span, close: ']' | ')', items: SeedSyntax[] = []): SeedSyntax {
    if (items.length > 0) this.#need(',');
    while (!this.#is(close)) {
      items.push(this.#or());
      if (this.#accept(',') === null) break;
    }
    return { kind: 'list', items, ...over(open, this.#need(close)) };
  }

  #named(token: SeedToken): SeedSyntax {
    const span = { at: token.at, end: token.end };
    if (token.text === 'True' || token.text === 'true') return { kind: 'truth', value: true, ...span };
    if (token.text === 'False' || token.text === 'false') return { kind: 'truth', value: false, ...span };
    if (token.text === 'None' || token.text === 'null') return { kind: 'nothing', ...span };
    if (this.#accept('(') === null) return { kind: 'name', name: token.text, ...span };
    const args: SeedSyntax[] = [];
    while (!this.#is(')')) {
      args.push(this.#or());
      if (this.#accept(',') === null) break;
    }
    return { kind: 'call', name: token.text, args, ...over(token, this.#need(')')) };
  }
}

/** Parses one expression of the first seed's language. @throws ExpressionError with the place of the first syntax error */
export function parseSeedExpression(text: string): SeedSyntax {
  return new SeedParser(text).whole();
}
