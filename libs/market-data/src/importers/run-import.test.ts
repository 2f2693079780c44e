import { MemorySink } from './memory-sink.js';
import { tempFolder } from './fixtures/temp-folder.js';
import type { ImportSink } from './import-sink.js';
import { importers } from './importers.js';
import type { ImportProgress } from './run-import.js';
import { runImport } from './run-import.js';

const DAY = ['09:16', '09:17', '15:30'];
const month = (day: string): string => DAY.map((hm) => `NIFTY,${day},${hm},1,1,1,1,0,0`).join('\n') + '\n';

function threeMonths() {
  return tempFolder('months', {
    '2021 FEB NIFTY.txt': month('20210201'),
    '2021 MAR NIFTY.txt': month('20210301'),
    '2021 APR NIFTY.txt': month('20210401'),
    'README.txt': 'not bars',
  });
}

/** What a sink holds, without the order in which it came. */
function contents(sink: MemorySink): unknown {
  return [...sink.units.values()]
    .map((stored) => ({ ...stored, candles: stored.candles.map((c) => ({ ...c, bars: { ...c.bars } })) }))
    .sort((a, b) => (a.unit.name < b.unit.name ? -1 : 1));
}

test('a second import of the same files reads nothing and changes nothing', async () => {
  const temp = threeMonths();
  const sink = new MemorySink();
  const request = { kind: 'index-bars', path: temp.folder, sink };
  const first = await runImport(request);
  const before = contents(sink);
  const second = await runImport(request);
  temp.remove();
  expect(first.units).toEqual({ total: 3, imported: 3, skipped: 0, failed: 0 });
  expect(first.written.bars).toBe(9);
  expect(first.ignored).toEqual(['README.txt']);
  expect(second.units).toEqual({ total: 3, imported: 0, skipped: 3, failed: 0 });
  expect([second.rowsRead, second.written.bars]).toEqual([0, 0]);
  expect(contents(sink)).toEqual(before);
  expect([...sink.units.keys()]).toEqual([
    'months/2021 APR NIFTY.txt',
    'months/2021 FEB NIFTY.txt',
    'months/2021 MAR NIFTY.txt',
  ]);
});

test('a changed file is imported again, the others are skipped', async () => {
  const temp = threeMonths();
  const sink = new MemorySink();
  const request = { kind: 'index-bars', path: temp.folder, sink };
  await runImport(request);
  temp.put('2021 MAR NIFTY.txt', month('20210302'));
  const again = await runImport(request);
  temp.remove();
  expect(again.units).toEqual({ total: 3, imported: 1, skipped: 2, failed: 0 });
});

test('stopped between two pieces of data and run again, it ends with the rows of an uninterrupted import', async () => {
  const temp = threeMonths();
  const whole = new MemorySink();
  await runImport({ kind: 'index-bars', path: temp.folder, sink: whole });
  for (let stopAfter = 0; stopAfter < 8; stopAfter++) {
    const sink = new MemorySink();
    const killed = new AbortController();
    let pieces = 0;
    const dying: ImportSink = {
      isImported: (unit) => sink.isImported(unit),
      importUnit: (unit, work) =>
        sink.importUnit(unit, (to) => {
          const die = (): void => {
            if (pieces++ === stopAfter) killed.abort(new Error('killed'));
          };
          return work({
            ...to,
            candles: (batch, dataset) => (die(), to.candles(batch, dataset)),
            count: (add) => (die(), to.count(add)),
          });
        }),
    };
    const request = { kind: 'index-bars', path: temp.folder };
    const first = await runImport({ ...request, sink: dying, signal: killed.signal }).catch((e: unknown) => e);
    if (killed.signal.aborted && first instanceof Error) expect(first.message).toBe('killed');
    await runImport({ ...request, sink });
    expect(contents(sink)).toEqual(contents(whole));
  }
  temp.remove();
});

test('a unit that fails leaves nothing behind, and errors of the sink come through', async () => {
  const temp = threeMonths();
  const sink = new MemorySink();
  const full: ImportSink = {
    isImported: (unit) => sink.isImported(unit),
    importUnit: (unit, work) =>
      sink.importUnit(unit, (to) => work({ ...to, candles: () => Promise.reject(new Error('disk full')) })),
  };
  await expect(runImport({ kind: 'index-bars', path: temp.folder, sink: full })).rejects.toThrow('disk full');
  temp.remove();
  expect(sink.units.size).toBe(0);
});

test('progress runs from nothing to everything', async () => {
  const temp = threeMonths();
  const seen: ImportProgress[] = [];
  await runImport({ kind: 'index-bars', path: temp.folder, sink: new MemorySink(), onProgress: (p) => seen.push(p) });
  temp.remove();
  const bytes = seen.map((p) => p.bytesDone);
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  expect(seen.at(-1)).toMatchObject({ unitsDone: 3, unitsTotal: 3, bytesDone: 297, bytesTotal: 297 });
});

test('wrong kinds, missing paths and data of another kind say what would fit', async () => {
  const temp = threeMonths();
  const sink = new MemorySink();
  const failure = (kind: string, path = temp.folder): Promise<unknown> =>
    runImport({ kind, path, sink }).catch((e: unknown) => e);
  expect(await failure('index-bar')).toMatchObject({
    code: 'SOS_INPUT',
    message:
      'expected a kind of index-bars, nse-chain, upstox-ticks, upstox-frames, mongo-snapshots, trendlyne-oi, files, found "index-bar" (did you mean index-bars?)',
  });
  expect(await failure('index-bars', '/no/such/folder')).toMatchObject({
    code: 'SOS_INPUT',
    message: 'expected a file or folder, found nothing at "/no/such/folder"',
  });
  expect(await failure('nse-chain')).toMatchObject({
    code: 'SOS_INPUT',
    message: expect.stringMatching(/^expected recorded NSE option-chain pages .*, found data of kind index-bars$/),
  });
  temp.remove();
});

test('every importer is registered under its own kind', () => {
  expect(Object.entries(importers).map(([kind, importer]) => kind === importer.kind)).not.toContain(false);
});
