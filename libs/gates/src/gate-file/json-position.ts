import { AppError } from '@sos/domain';

/** A JSON value with the offset of its text and, for object members, of its key. */
export interface JsonNode {
  readonly value: unknown;
  readonly at: number;
  readonly end: number;
  /** Offset of every character of a string value, when escapes make it irregular. */
  readonly offsets?: readonly number[];
  readonly members?: ReadonlyMap<string, { readonly keyAt: number; readonly node: JsonNode }>;
  readonly items?: readonly JsonNode[];
}

/** Where a text is not JSON. */
export class JsonSyntaxError extends AppError {
  readonly at: number;

  constructor(message: string, at: number) {
    super('SOS_GATE_INVALID', message, { context: { offset: at } });
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const MAX_DEPTH = 60;

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonNode {
    const node = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the file');
    return node;
  }

  #unexpected(expected: string): JsonSyntaxError {
    const found = this.#at < this.#text.length ? this.#character() : 'the end of the file';
    return new JsonSyntaxError(`expected ${expected}, found ${found}`, this.#at);
  }

  #character(): string {
    const char = this.#text.charAt(this.#at);
    return char === '"' ? 'a quote' : `"${char}"`;
  }

  #space(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text.charAt(this.#at))) this.#at++;
  }

  #value(): JsonNode {
    this.#space();
    if (this.#depth > MAX_DEPTH) throw new JsonSyntaxError('expected at most 60 levels of nesting', this.#at);
    const start = this.#text.charAt(this.#at);
    if (start === '{') return this.#nested(() => this.#object());
    if (start === '[') return this.#nested(() => this.#array());
    if (start === '"') return this.#string();
    return this.#scalar();
  }

  #nested(read: () => JsonNode): JsonNode {
    this.#depth++;
    const node = read();
    this.#depth--;
    return node;
  }

  #scalar(): JsonNode {
    const at = this.#at;
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, at)) continue;
      this.#at += word.length;
      return { value, at, end: this.#at };
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) throw this.#unexpected('a value');
    this.#at += number.length;
    return { value: Number(number), at, end: this.#at };
  }

  #string(): JsonNode {
    const at = this.#at++;
    const offsets: number[] = [];
    let value = '';
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '' || char === '\n') throw this.#unexpected('the closing quote of a text');
      if (char === '"') break;
      offsets.push(this.#at);
      value += char === '\\' ? this.#escape() : char;
      this.#at++;
    }
    offsets.push(this.#at++);
    return { value, at, end: this.#at, offsets };
  }

  #escape(): string {
    const code = this.#text.charAt(++this.#at);
    if (code === 'u') {
      const hex = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#unexpected('four hexadecimal digits');
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const char = ESCAPES[code];
    if (char === undefined) throw this.#unexpected('a known escape such as \\n');
    return char;
  }

  #array(): JsonNode {
    const at = this.#at++;
    const items: JsonNode[] = [];
    this.#space();
    while (this.#text.charAt(this.#at) !== ']') {
      items.push(this.#value());
      this.#separator(']');
    }
    return { value: items.map((item) => item.value), at, end: ++this.#at, items };
  }

  #separator(close: string): void {
    this.#space();
    if (this.#text.charAt(this.#at) === close) return;
    if (this.#text.charAt(this.#at) !== ',') throw this.#unexpected(`"," or "${close}"`);
    this.#at++;
    this.#space();
    if (this.#text.charAt(this.#at) === close) throw this.#unexpected('a value after the comma');
  }

  #object(): JsonNode {
    const at = this.#at++;
    const members = new Map<string, { keyAt: number; node: JsonNode }>();
    this.#space();
    while (this.#text.charAt(this.#at) !== '}') {
      if (this.#text.charAt(this.#at) !== '"') throw this.#unexpected('a key in quotes');
      const key = this.#string();
      const name = String(key.value);
      if (members.has(name)) throw new JsonSyntaxError(`expected every key once, found "${name}" again`, key.at);
      this.#space();
      if (this.#text.charAt(this.#at) !== ':') throw this.#unexpected('":"');
      this.#at++;
      members.set(name, { keyAt: key.at, node: this.#value() });
      this.#separator('}');
    }
    const value = Object.fromEntries([...members].map(([name, member]) => [name, member.node.value]));
    return { value, at, end: ++this.#at, members };
  }
}

/** Reads JSON and remembers where everything stands. @throws JsonSyntaxError with the offset of the first fault */
export function readJson(text: string): JsonNode {
  return new JsonReader(text).whole();
}

/** The deepest node that exists along a path of keys and indices. */
export function nodeAt(root: JsonNode, path: readonly PropertyKey[]): JsonNode {
  let node = root;
  for (const step of path) {
    const next = typeof step === 'number' ? node.items?.[step] : node.members?.get(String(step))?.node;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** `phases[0].when[1]`, or `(root)`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : text === '' ? String(step) : `.${String(step)}`;
  return text === '' ? '(root)' : text;
}

/** Line and column (both from 1) of an offset. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const newline = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - newline };
}
