import { ExpressionError } from './expression-error.js';

export type TokenKind = 'number' | 'time' | 'name' | 'symbol' | 'end';

/** One lexeme; `at` and `end` are character offsets in the expression. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const SPACE = /\s+/y;
const TIME = /\d{1,2}:\d{2}(?!\d)/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const SYMBOL = />=|<=|==|!=|[-+*/()[\],<>]/y;

const FOREIGN: Readonly<Record<string, string>> = {
  '=': '==',
  '&': 'and',
  '|': 'or',
  '!': 'not',
  '"': 'the bare word without quotes',
  "'": 'the bare word without quotes',
  '^': 'a product',
};

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function nextToken(text: string, at: number): Token {
  const found = (kind: TokenKind, lexeme: string): Token => ({ kind, text: lexeme, at, end: at + lexeme.length });
  const time = matchAt(TIME, text, at);
  if (time !== null) return found('time', time);
  const number = matchAt(NUMBER, text, at);
  if (number !== null) return found('number', number);
  const name = matchAt(NAME, text, at);
  if (name !== null) return found('name', name);
  const symbol = matchAt(SYMBOL, text, at);
  if (symbol !== null) return found('symbol', symbol);
  const odd = text.charAt(at);
  const instead = FOREIGN[odd];
  const hint = instead === undefined ? '' : ` (write ${instead})`;
  throw new ExpressionError('syntax', `unexpected character "${odd}"${hint}`, { at, end: at + 1 });
}

/** Splits an expression into tokens, an `end` token last. @throws ExpressionError at a character outside the language */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const token = nextToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', at: text.length, end: text.length });
  return tokens;
}
