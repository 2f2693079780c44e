import { tempFolder } from '../fixtures/temp-folder.js';
import { csvRows, type CsvRow } from './csv-rows.js';

async function readAll(content: string | Uint8Array): Promise<CsvRow[]> {
  const temp = tempFolder('csv', {});
  const rows: CsvRow[] = [];
  let bytes = 0;
  try {
    for await (const batch of csvRows(temp.put('a.csv', content), (n) => (bytes += n))) rows.push(...batch);
    expect(bytes).toBe(Buffer.byteLength(content));
  } finally {
    temp.remove();
  }
  return rows;
}

test('plain rows: byte-order mark, either line ending, spaces, empty lines and a last line without its end', async () => {
  expect(await readAll('\uFEFFa, b ,c\r\n1,2,3\r\n\r\n4,,é\n5,6')).toEqual([
    { line: 1, cells: ['a', 'b', 'c'] },
    { line: 2, cells: ['1', '2', '3'] },
    { line: 4, cells: ['4', '', 'é'] },
    { line: 5, cells: ['5', '6'] },
  ]);
});

test('quoted cells may hold commas, quotes and line ends', async () => {
  expect(await readAll('a,b\n"1,200","say ""x""\nnow"\n3,4\n')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['1,200', 'say "x"\nnow'] },
    { line: 4, cells: ['3', '4'] },
  ]);
});

test('both ways of reading agree on rows that need no quotes', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `NIFTY,${i},${i * 2},,x y`);
  const plain = await readAll(lines.join('\n'));
  const quoted = await readAll([...lines, '"end"'].join('\n'));
  expect(plain.length).toBe(30_000);
  expect(quoted.slice(0, -1)).toEqual(plain);
});

test('an open quote and binary content are corrupt files', async () => {
  await expect(readAll('a,b\n"1,2\n3,4')).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT' });
  await expect(readAll(new Uint8Array([65, 44, 0, 10]))).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT' });
});
