import { JsonSyntaxError, lineColumn, nodeAt, pathText, readJson } from './json-position.js';

test('reads what JSON.parse reads', () => {
  const text = '{"a": [1, -2.5e3, true, false, null, "x\\n\\u0041\\\\\\"y"], "b": {"c": {}, "d": []}}';
  expect(readJson(text).value).toEqual(JSON.parse(text));
});

test('knows where everything stands', () => {
  const text = '{\n  "a": [10, "b\\tc"]\n}';
  const root = readJson(text);
  const ten = nodeAt(root, ['a', 0]);
  expect([text.slice(ten.at, ten.end), lineColumn(text, ten.at)]).toEqual(['10', { line: 2, column: 9 }]);
  const escaped = nodeAt(root, ['a', 1]);
  expect(text[escaped.offsets?.[2] ?? 0]).toBe('c');
  expect(nodeAt(root, ['a', 7, 'x']).value).toEqual([10, 'b\tc']);
  expect([pathText(['phases', 0, 'when', 1]), pathText([])]).toEqual(['phases[0].when[1]', '(root)']);
});

test.each([
  ['', 0, 'expected a value, found the end of the file'],
  ['{"a": 1,}', 8, 'expected a value after the comma, found "}"'],
  ['[1 2]', 3, 'expected "," or "]", found "2"'],
  ['{"a" 1}', 5, 'expected ":", found "1"'],
  ['{a: 1}', 1, 'expected a key in quotes, found "a"'],
  ['{"a": 1, "a": 2}', 9, 'expected every key once, found "a" again'],
  ['"abc', 4, 'expected the closing quote of a text, found the end of the file'],
  ['"\\x"', 2, 'expected a known escape such as \\n, found "x"'],
  ['1 2', 2, 'expected the end of the file, found "2"'],
  ['nul', 0, 'expected a value, found "n"'],
])('%j is refused at its place', (text, at, message) => {
  let caught: unknown;
  try {
    readJson(text);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(JsonSyntaxError);
  expect(caught).toMatchObject({ at, message, code: 'SOS_GATE_INVALID' });
});

test('nesting without end is refused and not a stack overflow', () => {
  expect(() => readJson('['.repeat(100_000))).toThrow('expected at most 60 levels of nesting');
});
