import { gzipSync } from 'node:zlib';
import { tempFolder } from '../fixtures/temp-folder.js';
import { jsonArray } from './json-array.js';

async function readAll(content: string | Uint8Array): Promise<unknown[]> {
  const temp = tempFolder('json', {});
  const file = temp.put('a.json', content);
  const found: unknown[] = [];
  try {
    for await (const batch of jsonArray(file, () => undefined)) found.push(...batch);
  } finally {
    temp.remove();
  }
  return found;
}

test('objects with brackets, quotes and escapes inside texts, plain or gzip', async () => {
  const items = [{ a: '}] "\\' }, { b: [{ c: 'x\\"{' }, []] }, {}, { d: 'é€𝄞' }];
  expect(await readAll(JSON.stringify(items))).toEqual(items);
  expect(await readAll(gzipSync(JSON.stringify(items, null, 4)))).toEqual(items);
  expect(await readAll('[]')).toEqual([]);
});

test('an array larger than any buffer comes in batches, whole and in order', async () => {
  const items = Array.from({ length: 40_000 }, (_, i) => ({ i, text: '"'.repeat(i % 7), deep: [{ v: [i] }] }));
  const temp = tempFolder('json', {});
  const file = temp.put('a.json.gz', gzipSync(JSON.stringify(items)));
  const batches: unknown[][] = [];
  for await (const batch of jsonArray(file, () => undefined)) batches.push(batch);
  temp.remove();
  expect(batches.flat()).toEqual(items);
  // 1.9 MB of text are never held together: memory does not grow with the file.
  expect(batches.length).toBeGreaterThan(1);
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(items.length * 0.75);
});

test.each([
  ['no end of the array', '[{"a":1},{"b":2}', 'found no end of the array'],
  ['a cut object', '[{"a":1},{"b":', 'found no end of the array'],
  ['something else than objects', '[1, {"a":1}]', 'found "[1," where an object should begin'],
  ['malformed JSON', '[{"a":1},{"b":}]', 'expected a JSON array of objects, found Unexpected token'],
  ['damaged gzip', gzipSync('[{"a":1}]').subarray(0, 20), 'found unexpected end of file'],
])('%s is a corrupt file', async (_, content, message) => {
  const error: unknown = await readAll(content).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'SOS_DATA_CORRUPT' });
  expect(String(error)).toContain(message);
});
