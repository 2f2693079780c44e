import { gzipSync } from 'node:zlib';
import { formatIst, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { describeRecorded } from '../fixtures/shared-data.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { writeParquet } from '../fixtures/write-parquet.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';
import { numberOfCell } from './mapped-rows.js';
import { timeReader } from './time-reader.js';

const DAY = parseIstDate('2025-08-29');
const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs);

async function importMapped(mapping: object, files: Record<string, string | Uint8Array>) {
  const temp = tempFolder('mapped', { ...files, 'sos-mapping.json': JSON.stringify(mapping) });
  const sink = new MemorySink();
  try {
    return { sink, summary: await runImport({ kind: 'files', path: temp.folder, sink }) };
  } finally {
    temp.remove();
  }
}

const BARS = {
  format: 'csv',
  rows: 'bars',
  contract: 'NIFTY02SEP2524500CE',
  time: { column: 'ts', stamp: 'start' },
  columns: { open: 'o', high: 'h', low: 'l', close: 'c', volume: 'v', openInterest: 'oi' },
};

test('bars of an option in lots, with another delimiter, date and clock apart, thousands separators', async () => {
  const { sink, summary } = await importMapped(
    {
      ...BARS,
      delimiter: ';',
      time: { column: ['day', 'clock'], format: 'DD-MMM-YYYY HH:mm', zone: '+05:30', stamp: 'end' },
      units: { volume: 'lots', openInterest: 'lots' },
    },
    {
      'a.csv': [
        'day;clock;o;h;l;c;v;oi',
        '29-Aug-2025;09:16;50;52;49.5;51;1,000;20',
        '29-Aug-2025;09:18;51;53;50;52;"2,000";-',
      ].join('\n'),
    },
  );
  const [series] = sink.series;
  expect([series?.contract.id, series?.kind, series?.source, series?.length]).toEqual([
    'NIFTY02SEP2524500CE',
    'bars',
    'recorded',
    2,
  ]);
  expect([...(series?.time ?? [])].map(clock)).toEqual(['2025-08-29 09:16:00', '2025-08-29 09:18:00']);
  // The lot of NIFTY on 2025-08-29 is 75 (NSE/FAOP/64625).
  expect([...(series?.volume ?? [])]).toEqual([75_000, 150_000]);
  expect([...(series?.openInterest ?? [])]).toEqual([1500, Number.NaN]);
  expect(summary.gaps.map((g) => [clock(g.from).slice(11), clock(g.to).slice(11)])).toEqual([
    ['09:16:00', '09:17:00'],
    ['09:18:00', '15:30:00'],
  ]);
});

test('rows that cannot be are set aside with line and reason, the others are kept', async () => {
  const rows = [
    '2025-08-29 09:15:00,50,52,49,51,75,0',
    '2025-08-29 09:16:00,50,52,49,53,75,0',
    '2025-08-29 09:17:00,50,52,x,51,75,0',
    '2025-08-29 09:18:00,50,52,0,51,75,0',
    '2025-08-29 09:19:00,50,52',
    '2025-08-29 09:20:00,50.03,52,49,51,75,0',
    '2025-08-29 09:21:00,50,52,49,51,-75,0',
    '2025-08-29 09:22:00,50,900,49,51,75,0',
    '2025-08-29 09:15:00,50,52,49,51,75,0',
    '2025-08-29 15:30:00,50,52,49,51,75,0',
    '2025-08-29 09:10:00,50,52,49,51,75,0',
    '2025-08-30 09:15:00,50,52,49,51,75,0',
    '2025-08-29 09:23:00,50,52,49,51,75,0',
  ];
  const { sink, summary } = await importMapped(BARS, { 'a.csv': `ts,o,h,l,c,v,oi\n${rows.join('\n')}\n` });
  expect(sink.quarantined.map((q) => [q.line, q.reason]).sort()).toEqual([
    [10, 'duplicate-time'],
    [11, 'after-close'],
    [12, 'before-session'],
    [13, 'no-session'],
    [3, 'ohlc-order'],
    [4, 'bad-number'],
    [5, 'bad-price'],
    [6, 'column-count'],
    [7, 'off-tick'],
    [8, 'bad-number'],
    [9, 'freak-print'],
  ]);
  expect(summary.written.optionBars).toBe(2);
  expect(summary.repaired).toEqual({ 'out-of-order': 3 });
});

test('NDJSON with stamps in seconds and fields within fields; index volume 0 is unknown', async () => {
  const lines = ['09:15', '09:16'].map((at, i) =>
    JSON.stringify({
      s: 'NIFTY',
      t: istInstant(DAY, at) / 1000,
      bar: { o: 24500 + i, h: 24510, l: 24490, c: 24505 },
      v: 0,
    }),
  );
  const mapping = {
    format: 'ndjson',
    rows: 'bars',
    contract: { column: 's' },
    time: { column: 't', format: 'epoch-s', stamp: 'start' },
    columns: { open: 'bar.o', high: 'bar.h', low: 'bar.l', close: 'bar.c', volume: 'v' },
  };
  const { sink, summary } = await importMapped(mapping, { 'a.ndjson.gz': gzipSync([...lines, '{"s":'].join('\n')) });
  const [candles] = sink.candles;
  expect([candles?.contract.id, candles?.minutes, candles?.source]).toEqual(['NIFTY', 1, 'recorded']);
  expect([...(candles?.bars.time ?? [])].map(clock)).toEqual(['2025-08-29 09:16:00', '2025-08-29 09:17:00']);
  expect([candles?.bars.open[1], candles?.bars.volume[0]]).toEqual([24501, Number.NaN]);
  expect(summary.quarantined).toEqual({ 'column-count': 1 });
});

test('parquet bars of two contracts by a column; an unknown one is set aside', async () => {
  const time = ['09:15', '09:15', '09:15'].map((at) => istInstant(DAY, at));
  const column = (values: readonly number[]): readonly number[] => values;
  const file = writeParquet([
    { name: 'id', values: ['NIFTY', 'NIFTY30SEP25FUT', 'NIFTI'] },
    { name: 't', values: time },
    ...['o', 'h', 'l', 'c'].map((name) => ({ name, values: column([24500, 24600, 1]) })),
  ]);
  const mapping = {
    format: 'parquet',
    rows: 'bars',
    contract: { column: 'id' },
    time: { column: 't', format: 'epoch-ms', stamp: 'start' },
    columns: { open: 'o', high: 'h', low: 'l', close: 'c' },
  };
  const { sink, summary } = await importMapped(mapping, { 'a.parquet': file });
  expect(sink.candles.map((c) => [c.contract.id, c.bars.close[0]])).toEqual([
    ['NIFTY', 24500],
    ['NIFTY30SEP25FUT', 24600],
  ]);
  expect(summary.quarantined).toEqual({ 'unknown-contract': 1 });
});

describe('option chains', () => {
  const wide = {
    format: 'csv',
    rows: 'chain',
    underlying: 'NIFTY',
    time: { column: 'at', zone: 'UTC' },
    columns: {
      expiry: 'exp',
      strike: 'k',
      spot: 'spot',
      call: { ltp: 'c', openInterest: 'coi', bid: 'cb', ask: 'ca' },
      put: { ltp: 'p', openInterest: 'poi' },
    },
    units: { volume: 'lots', openInterest: 'lots' },
  };

  test('calls and puts in one row, in lots; crossed quotes are unknown', async () => {
    const rows = [
      'at,exp,k,spot,c,coi,cb,ca,p,poi',
      '2025-08-29T04:30:00Z,2025-09-02,24500,24510.5,60,4,59,61,50,2',
      '2025-08-29T04:30:00Z,2025-09-02,24600,24510.5,20,6,22,21,110,1',
      '2025-08-29T04:31:00Z,02-Sep-2025,24500,24511,61,4,60,62,49,3',
    ];
    const { sink, summary } = await importMapped(wide, { 'chain.csv': rows.join('\n') });
    const [tape] = sink.tapes;
    expect([tape?.expiry, [...(tape?.strikes ?? [])], tape?.length]).toEqual(['2025-09-02', [24500, 24600], 2]);
    expect([...(tape?.availableAt ?? [])].map(clock)).toEqual(['2025-08-29 10:00:00', '2025-08-29 10:01:00']);
    expect([...(tape?.call.openInterest ?? [])]).toEqual([300, 450, 300, Number.NaN]);
    expect([...(tape?.call.bid ?? [])]).toEqual([59, Number.NaN, 60, Number.NaN]);
    expect([tape?.put.ltp[0], tape?.put.openInterest[2], tape?.spot[1]]).toEqual([50, 225, 24511]);
    expect(summary.repaired).toEqual({ 'event-time-unknown': 2, 'crossed-quote': 1 });
  });

  test('one row per option, in units', async () => {
    const columns = { expiry: 'exp', strike: 'k', right: 'r', ltp: 'ltp', openInterest: 'oi' };
    const mapping = { ...wide, format: 'json', columns, units: { volume: 'units', openInterest: 'units' } };
    const row = (r: string, ltp: number, oi: number): object => ({
      at: '2025-08-29 04:30:00',
      exp: '2025-09-02',
      k: 24500,
      r,
      ltp,
      oi,
    });
    const { sink, summary } = await importMapped(mapping, {
      'chain.json': JSON.stringify([row('CE', 60, 300), row('PE', 50, 150), row('XX', 1, 1)]),
    });
    const [tape] = sink.tapes;
    expect([tape?.call.ltp[0], tape?.call.openInterest[0], tape?.put.ltp[0], tape?.put.openInterest[0]]).toEqual([
      60, 300, 50, 150,
    ]);
    expect([summary.rowsRead, summary.quarantined]).toEqual([3, { 'unknown-contract': 1 }]);
  });
});

describe('a mapping with faults says all of them', () => {
  const failure = (mapping: object): Promise<unknown> =>
    importMapped(mapping, { 'a.csv': 'ts,o,h,l,c,v,oi\n' }).catch((e: unknown) => e);

  test.each([
    [{ ...BARS, delimeter: ';' }, 'found the unknown key "delimeter" (did you mean delimiter?)'],
    [
      { ...BARS, columns: { ...BARS.columns, opne: 'o' } },
      'found the unknown key "opne" (did you mean open?) in columns',
    ],
    [{ ...BARS, time: { column: 'ts', stamp: 'begin' } }, 'time.stamp: Invalid option: expected one of "start"|"end"'],
    [
      { ...BARS, time: { column: 'ts', stamp: 'start', zone: 'Delhi' } },
      'time.zone: expected IST, UTC or an offset such as +05:30',
    ],
    [{ ...BARS, time: { column: 'ts', stamp: 'start', format: 'YYMMDD' } }, 'found "YYMMDD"'],
    [{ ...BARS, contract: 'NIFTI' }, 'found "NIFTI"'],
  ])('%j', async (mapping, message) => {
    const error = await failure(mapping);
    expect(error).toMatchObject({ code: expect.stringMatching(/^SOS_(INPUT|UNKNOWN_SYMBOL)$/) });
    expect(String(error)).toContain(message);
  });

  test('a column that the file lacks is named with what is near it', async () => {
    const { summary } = await importMapped(BARS, { 'a.csv': 'ts,o,h,l,c,vol,oi\n' });
    expect(summary.failures.map((f) => f.message)).toEqual([
      'a.csv: expected the columns that its mapping names, found no "v" (did you mean c or h or l?)',
    ]);
  });
});

test.each([
  ['iso', 'UTC', '2025-08-29 03:45:00', '2025-08-29 09:15:00'],
  ['iso', 'UTC', '2025-08-29T09:15:00+05:30', '2025-08-29 09:15:00'],
  ['DD/MM/YYYY HH:mm:ss', 'IST', '29/08/2025 09:15:30', '2025-08-29 09:15:30'],
  ['YYYYMMDDHHmm', '+00:00', '202508290345', '2025-08-29 09:15:00'],
])('time as %s in %s: %s', (format, zone, text, expected) => {
  expect(clock(timeReader({ column: 't', format, zone })(text))).toBe(expected);
});

test('what is no time and no number is unknown', () => {
  const read = timeReader({ column: 't', format: 'DD/MM/YYYY', zone: 'IST' });
  expect([read('31/02/2025'), read('x'), read('')]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  const numbers = ['1,234.5', '12,34,567', '-', 'NA', '1,2', ' 7 ', 3].map(numberOfCell);
  expect(numbers).toEqual([1234.5, 1234567, Number.NaN, Number.NaN, Number.NaN, 7, 3]);
});

describeRecorded('option-1m-2026-07-15', (path) => {
  test('the shipped mapping reads the contract and its index: 375 bars each, nothing set aside', async () => {
    const sink = new MemorySink();
    const mapping = `${__dirname}/examples/upstox-candles.json`;
    const summary = await runImport({ kind: 'files', path, sink, options: { mapping } });
    expect([summary.rowsRead, summary.written.bars, summary.written.optionBars]).toEqual([750, 375, 375]);
    expect([summary.quarantined, summary.repaired, summary.gaps]).toEqual([{}, {}, []]);
    const [series] = sink.series;
    expect([
      series?.contract.id,
      clock(series?.time[0]),
      series?.close[0],
      series?.volume[0],
      series?.openInterest[0],
    ]).toEqual(['NIFTY21JUL2624300CE', '2026-07-15 09:16:00', 75, 1_110_200, 4_142_645]);
  });
});
