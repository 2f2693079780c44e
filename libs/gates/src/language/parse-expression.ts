import { ExpressionError, type Span } from './expression-error.js';
import type { ArithmeticOperator, ComparisonOperator, Syntax } from './syntax.js';
import { tokenize, type Token } from './token.js';

const COMPARISONS = new Set<string>(['>', '>=', '<', '<=', '==', '!=']);
const RESERVED = new Set(['and', 'or', 'not', 'in', 'between']);
const MAX_DEPTH = 100;

function isComparison(text: string): text is ComparisonOperator {
  return COMPARISONS.has(text);
}

function over(first: Span, last: Span): Span {
  return { at: first.at, end: last.end };
}

function describe(token: Token): string {
  return token.kind === 'end' ? 'the end of the expression' : `"${token.text}"`;
}

/** Recursive descent over the tokens of one expression; precedence from loose to tight: or, and, not, comparison, + -, * /, unary minus. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Syntax {
    const expression = this.#or();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw this.#expected('an operator or the end of the expression');
    return expression;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as Token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return (token.kind === 'symbol' || token.kind === 'name') && token.text === text;
  }

  #accept(text: string): Token | null {
    return this.#is(text) ? this.#take() : null;
  }

  #expected(what: string): ExpressionError {
    const token = this.#peek();
    return new ExpressionError('syntax', `expected ${what}, found ${describe(token)}`, token);
  }

  #need(text: string): Token {
    const token = this.#accept(text);
    if (token === null) throw this.#expected(`"${text}"`);
    return token;
  }

  #or(): Syntax {
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('syntax', 'expression is nested too deeply', this.#peek());
    let left = this.#and();
    while (this.#accept('or') !== null) {
      const right = this.#and();
      left = { kind: 'or', left, right, ...over(left, right) };
    }
    this.#depth--;
    return left;
  }

  #and(): Syntax {
    let left = this.#not();
    while (this.#accept('and') !== null) {
      const right = this.#not();
      left = { kind: 'and', left, right, ...over(left, right) };
    }
    return left;
  }

  #not(): Syntax {
    const word = this.#accept('not');
    if (word === null) return this.#comparison();
    const arg = this.#not();
    return { kind: 'not', arg, ...over(word, arg) };
  }

  #comparison(): Syntax {
    const left = this.#additive();
    if (this.#accept('between') !== null) return this.#between(left);
    const negated = this.#is('not') && this.#tokens[this.#next + 1]?.text === 'in';
    if (negated) this.#take();
    if (this.#accept('in') !== null) return this.#membership(left, negated);
    const token = this.#peek();
    if (token.kind !== 'symbol' || !isComparison(token.text)) return left;
    this.#take();
    const right = this.#additive();
    if (isComparison(this.#peek().text)) throw this.#expected('"and" between two comparisons');
    return { kind: 'compare', op: token.text, left, right, ...over(left, right) };
  }

  #between(value: Syntax): Syntax {
    const low = this.#additive();
    this.#need('and');
    const high = this.#additive();
    return { kind: 'between', value, low, high, ...over(value, high) };
  }

  #membership(value: Syntax, negated: boolean): Syntax {
    this.#need('[');
    const items = [this.#additive()];
    while (this.#accept(',') !== null) items.push(this.#additive());
    const close = this.#need(']');
    return { kind: 'in', value, items, negated, ...over(value, close) };
  }

  #additive(): Syntax {
    let left = this.#multiplicative();
    while (this.#is('+') || this.#is('-')) {
      const op = this.#take().text as ArithmeticOperator;
      const right = this.#multiplicative();
      left = { kind: 'arithmetic', op, left, right, ...over(left, right) };
    }
    return left;
  }

  #multiplicative(): Syntax {
    let left = this.#unary();
    while (this.#is('*') || this.#is('/')) {
      const op = this.#take().text as ArithmeticOperator;
      const right = this.#unary();
      left = { kind: 'arithmetic', op, left, right, ...over(left, right) };
    }
    return left;
  }

  #unary(): Syntax {
    const minus = this.#accept('-');
    if (minus === null) return this.#primary();
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('syntax', 'expression is nested too deeply', minus);
    const arg = this.#unary();
    this.#depth--;
    return { kind: 'negate', arg, ...over(minus, arg) };
  }

  #primary(): Syntax {
    const token = this.#peek();
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), ...over(token, this.#take()) };
    if (token.kind === 'time') return this.#time(this.#take());
    if (token.kind === 'name' && !RESERVED.has(token.text)) return this.#named(this.#take());
    if (this.#accept('(') === null) throw this.#expected('a number, a name or "("');
    const inner = this.#or();
    const close = this.#need(')');
    return { ...inner, at: token.at, end: close.end };
  }

  #time(token: Token): Syntax {
    const [hour = 0, minute = 0] = token.text.split(':').map(Number);
    if (hour > 23 || minute > 59)
      throw new ExpressionError('syntax', `expected a time of day such as 09:15, found "${token.text}"`, token);
    return { kind: 'time', minute: hour * 60 + minute, at: token.at, end: token.end };
  }

  #named(token: Token): Syntax {
    if (this.#accept('(') === null) return { kind: 'name', name: token.text, at: token.at, end: token.end };
    const args: Syntax[] = [];
    if (!this.#is(')')) {
      args.push(this.#or());
      while (this.#accept(',') !== null) args.push(this.#or());
    }
    const close = this.#need(')');
    return { kind: 'call', name: token.text, args, ...over(token, close) };
  }
}

/** Parses one expression of the gate language. @throws ExpressionError with the place of the first syntax error */
export function parseExpression(text: string): Syntax {
  return new Parser(tokenize(text)).whole();
}
