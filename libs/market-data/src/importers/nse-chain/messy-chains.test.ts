import { formatIst, type EpochMs } from '@sos/domain';
import { describeRecorded } from '../fixtures/shared-data.js';
import { sqliteBytes } from '../fixtures/sqlite-bytes.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import type { ImportOptions } from '../importer.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';

const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs).slice(11);

async function importAt(path: string, options: ImportOptions = {}) {
  const sink = new MemorySink();
  return { sink, summary: await runImport({ kind: 'nse-chain', path, sink, options }) };
}

async function importFolder(name: string, files: Record<string, string | Uint8Array>, options?: ImportOptions) {
  const temp = tempFolder(name, files);
  try {
    return await importAt(temp.folder, options);
  } finally {
    temp.remove();
  }
}

const TABLES = `
  create table stocks (id integer, symbol text);
  insert into stocks values (1, 'NIFTY'), (3, 'RELIANCE');
  create table oi_data (stock_id integer, date text, timestamp text, ltp real);
  insert into oi_data values (1, '2025-11-28', '10:37', 26204.85);
  create table option_chain_data (id integer primary key, stock_id integer, date text, timestamp text, expiry_date text,
    strike_price real, call_oi integer, call_volume integer, put_oi integer, put_volume integer);
  insert into option_chain_data (stock_id, date, timestamp, expiry_date, strike_price, call_oi, call_volume, put_oi, put_volume) values
    (1, '2025-11-28', '10:37', '02-Dec-2025', 26200, 4, 10, 2, 8), (1, '2025-11-28', '10:37', '02-Dec-2025', 26250, 6, 3, 1, 1),
    (1, '2025-11-28', '10:37', '02-Dec-2025', 26200, 4, 10, 2, 8), (1, '2025-11-28', '10:37', '02-Dec-2025', 26250, 6, 3, 1, 1),
    (1, '2025-11-28', '10:38', '02-Dec-2025', 26200, 5, 12, 2, 8), (1, '2025-11-28', '10:38', 'soon', 26250, 6, 3, 1, 1),
    (3, '2025-11-28', '10:38', '30-Dec-2025', 1500, 1, 1, 1, 1);`;

test('a database of pages: contracts become units, a strike that comes again begins another page, shares are refused', async () => {
  const { sink, summary } = await importFolder('db', { 'oi.db': await sqliteBytes(TABLES) });
  const [tape] = sink.tapes;
  expect([tape?.expiry, [...(tape?.strikes ?? [])], tape?.spot[0], tape?.length]).toEqual([
    '2025-12-02',
    [26200, 26250],
    26204.85,
    2,
  ]);
  expect([...(tape?.availableAt ?? [])].map(clock)).toEqual(['10:38:00', '10:39:00']);
  // The lot of NIFTY on 2025-11-28 for that expiry is 75.
  expect([...(tape?.call.openInterest ?? [])]).toEqual([300, 450, 375, Number.NaN]);
  expect([tape?.call.volume[0], tape?.put.openInterest[0], tape?.put.volume[0]]).toEqual([750, 150, 600]);
  expect(summary.quarantined).toEqual({ 'stale-page': 2, 'unknown-contract': 2 });
  expect(summary.rowsRead).toBe(7);
});

/** A saved table: cells over several lines, a header that is latin-1, a line of totals. */
function savedTable(callOi: string): Uint8Array {
  const cell = (value: string): string => `"\n\n\t ${value}\n\t"`;
  const row = `," ${callOi}",-," 20,489",-,${cell('30.25')}, -5.50," 1,875", 30.20, 30.30," 3,450",11650.00, 975," 1,137.50"," 1,603.25", 1,-,${cell('-')},-,-,-," 88,650",`;
  const header =
    'Chart,OI,Chng in OI,Volume,IV,LTP,Net Chng,BidQty,BidPrice,AskPrice,AskQty,Strike Price,BidQty,BidPrice,AskPrice,AskQty,Net Chng,LTP,IV,Volume,Chng in OI,OI,Chart';
  const total = 'Total," 19,277,700",," 1,263,854",," 996,598",," 11,273,100",Total';
  return Buffer.from(`CALLS,\u00a0,PUTS\n${header}\n${row}\n${total}\n`, 'latin1');
}

test('a table saved from the web names no contract: refused, unless underlying and expiry are given', async () => {
  const files = {
    '11_11.csv': savedTable('804,225'),
    '11_12.csv': savedTable('804,225'),
    '11_13.csv': savedTable('12,34,575'),
  };
  const refused = await importFolder('saved-2019-05-23', files);
  expect(refused.summary.quarantined).toEqual({ 'unknown-contract': 3 });
  expect(refused.sink.quarantined[0]?.sample).toBe(
    'table of 1 strikes from 11650: it names neither underlying nor expiry',
  );
  const { sink, summary } = await importFolder('saved-2019-05-23', files, {
    underlying: 'NIFTY',
    expiry: '2019-05-30',
  });
  const [tape] = sink.tapes;
  expect([...(tape?.availableAt ?? [])].map(clock)).toEqual(['11:12:00', '11:14:00']);
  // Open interest is in units; volume in contracts of 75.
  expect([...(tape?.call.openInterest ?? [])]).toEqual([804_225, 1_234_575]);
  expect([tape?.call.volume[0], tape?.call.ltp[0], tape?.call.bid[0], tape?.call.askQty[0]]).toEqual([
    20_489 * 75,
    30.25,
    30.2,
    3450,
  ]);
  expect([
    tape?.put.bid[0],
    tape?.put.ask[0],
    tape?.put.ltp[0],
    tape?.put.volume[0],
    tape?.put.openInterest[0],
  ]).toEqual([1137.5, 1603.25, Number.NaN, Number.NaN, 88_650]);
  expect(summary.quarantined).toEqual({ 'stale-page': 1 });
});

test('a table without its header or with a short row is a corrupt file', async () => {
  const { summary } = await importFolder('saved-2019-05-23', {
    '11_11.csv': 'a,b\n1,2\n',
    '11_12.csv': Buffer.from(savedTable('1')).toString('latin1').replace('88,650",', '88,650"'),
  });
  expect(summary.failures.map((f) => f.message)).toEqual([
    '11_11.csv: expected a header with "Strike Price" in column 12 and rows, found none',
    '11_12.csv: expected 23 columns on line 9, found 22',
  ]);
});

describeRecorded('messy', (path) => {
  test('17 minutes of 2025-11-28 are one page of each index, repeated; shares and unnamed tables are refused', async () => {
    const { sink, summary } = await importAt(path);
    expect(summary.rowsRead).toBe(17_426 + 30 * 75);
    expect(summary.quarantined).toEqual({ 'stale-page': 4930 - 85 + 9900 - 165, 'unknown-contract': 2596 + 30 * 75 });
    expect(summary.repaired).toEqual({ 'event-time-unknown': 2, 'fraction-of-lot': 6 });
    expect(sink.tapes.map((t) => [t.underlying, t.expiry, t.length, t.strikes.length, t.spot[0]])).toEqual([
      ['NIFTY', '2025-12-02', 1, 85, 26_204.85],
      ['BANKNIFTY', '2025-12-30', 1, 165, 59_730.3],
    ]);
    const total = (values: Float64Array | undefined): number => [...(values ?? [])].reduce((sum, v) => sum + v, 0);
    // 2,205,577 and 2,478,850 contracts of 75.
    expect([total(sink.tapes[0]?.call.openInterest), total(sink.tapes[0]?.put.openInterest)]).toEqual([
      2_205_577 * 75,
      2_478_850 * 75,
    ]);
  });

  test('with underlying and expiry the 30 saved tables are 17 publications and 13 repeats', async () => {
    const options = { underlying: 'NIFTY', expiry: '2019-05-30' };
    const { sink, summary } = await importAt(`${path}/nse-html-2019-05-23`, options);
    expect([summary.rowsRead, summary.quarantined]).toEqual([30 * 75, { 'stale-page': 13 * 75 }]);
    const [tape] = sink.tapes;
    expect([tape?.length, tape?.strikes.length, tape?.strikes[0], tape?.strikes[74]]).toEqual([17, 75, 9650, 13_350]);
    // The row of 13300 of 11:11, as printed: OI 804,225, volume 20,489, LTP 0.30, 1,875 x 0.30 / 0.35 x 3,450.
    const at = [...(tape?.strikes ?? [])].indexOf(13_300);
    expect([tape?.call.openInterest[at], tape?.call.volume[at], tape?.call.ltp[at]]).toEqual([804_225, 1_536_675, 0.3]);
    expect([tape?.call.bidQty[at], tape?.call.bid[at], tape?.call.ask[at], tape?.call.askQty[at]]).toEqual([
      1875, 0.3, 0.35, 3450,
    ]);
    expect(tape?.put.ltp[at]).toBeNaN();
  });
});
