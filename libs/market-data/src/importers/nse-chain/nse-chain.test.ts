import { formatIst, type EpochMs } from '@sos/domain';
import { tempFolder } from '../fixtures/temp-folder.js';
import { writeParquet } from '../fixtures/write-parquet.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';

const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs);

async function importFolder(files: Record<string, string | Uint8Array>) {
  const temp = tempFolder('chain', files);
  const sink = new MemorySink();
  try {
    return { sink, summary: await runImport({ kind: 'nse-chain', path: temp.folder, sink }) };
  } finally {
    temp.remove();
  }
}

/** One side of one strike as NSE prints it: LTP, bid, ask, bid and ask quantity, volume and OI in lots. */
type Cell = readonly [number, number, number, number, number, number, number];

interface PageRow {
  readonly strike: number;
  readonly call: Cell;
  readonly put: Cell;
  readonly expiry?: string;
}

const FIELDS = ['LTP', 'Bid_Price', 'Ask_Price', 'Bid_Qty', 'Ask_Qty', 'Volume', 'OI'];

function page(fetchTime: string, collected: string, rows: readonly PageRow[]): Buffer {
  const sides = FIELDS.flatMap((field, i) => [
    { name: `CALLS_${field}`, values: rows.map((row) => row.call[i] ?? Number.NaN) },
    { name: `PUTS_${field}`, values: rows.map((row) => row.put[i] ?? Number.NaN) },
  ]);
  return writeParquet([
    { name: 'Fetch_Time', values: rows.map(() => `29-Aug-2025 ${fetchTime}`) },
    { name: 'Symbol', values: rows.map(() => 'NIFTY') },
    { name: 'Expiry_Date', values: rows.map((row) => row.expiry ?? '02-Sep-2025') },
    { name: 'Strike_Price', values: rows.map((row) => row.strike) },
    { name: 'collection_timestamp', values: rows.map(() => `20250829_${collected}`) },
    ...sides,
  ]);
}

/** Three strikes whose mid quotes say a forward of 24,500 + `above`. */
function rowsAt(above: number, volume = 10): PageRow[] {
  return [24450, 24500, 24550].map((strike) => {
    const call = Math.max(0, 24500 + above - strike) + 50;
    const put = Math.max(0, strike - 24500 - above) + 50;
    return {
      strike,
      call: [call, call - 1, call + 1, 75, 150, volume, 4],
      put: [put, put - 1, put + 1, 75, 150, volume, 2],
    };
  });
}

describe('pages in parquet', () => {
  test('become one tape per expiry in units, with page time and availability, and the parity forward as the index', async () => {
    const { sink, summary } = await importFolder({
      'NIFTY_20250829_092416.parquet': page('09:22:45', '092416', rowsAt(0)),
      'NIFTY_20250829_092522.parquet': page('09:23:51', '092522', rowsAt(10, 12)),
    });
    const [tape] = sink.tapes;
    expect([tape?.underlying, tape?.expiry, tape?.source, tape?.length]).toEqual([
      'NIFTY',
      '2025-09-02',
      'recorded',
      2,
    ]);
    expect([...(tape?.strikes ?? [])]).toEqual([24450, 24500, 24550]);
    expect([...(tape?.eventTime ?? [])].map(clock)).toEqual(['2025-08-29 09:22:45', '2025-08-29 09:23:51']);
    expect([...(tape?.availableAt ?? [])].map(clock)).toEqual(['2025-08-29 09:24:16', '2025-08-29 09:25:22']);
    // The lot of NIFTY on 2025-08-29 is 75 (NSE/FAOP/64625): 4 lots of open interest, 12 of volume; quantities are units already.
    expect([tape?.call.openInterest[0], tape?.call.volume[3], tape?.call.bidQty[0]]).toEqual([300, 900, 75]);
    expect([tape?.call.ltp[0], tape?.call.bid[0], tape?.call.ask[0], tape?.put.ltp[0]]).toEqual([100, 99, 101, 50]);
    const [index] = sink.candles;
    expect([index?.contract.id, index?.source, index?.minutes]).toEqual(['NIFTY', 'derived', 1]);
    expect([...(index?.bars.time ?? [])].map(clock)).toEqual(['2025-08-29 09:25:00', '2025-08-29 09:26:00']);
    expect([...(index?.bars.close ?? [])]).toEqual([24500, 24510]);
    expect(summary.written).toEqual({ bars: 0, derivedBars: 2, optionBars: 0, chainRows: 6, statRows: 0 });
  });

  test('zeros are unknown, fractions of a lot are whole units, fallen volume is unknown', async () => {
    const zero: Cell = [0, 0, 0, 0, 0, 0, 0];
    const first = rowsAt(0);
    const blanked = rowsAt(1).map((row, i) => (i === 0 ? { ...row, call: zero } : row));
    const untraded: PageRow = { strike: 13000, call: [0, 0, 0, 0, 0, 0, 9], put: zero, expiry: '30-Jun-2026' };
    const odd: PageRow = { strike: 12000, call: zero, put: [0, 2.05, 0, 1800, 0, 0, 13 / 3], expiry: '30-Jun-2026' };
    const { sink, summary } = await importFolder({
      'NIFTY_20250829_092416.parquet': page('09:22:45', '092416', [...first, odd, untraded]),
      'NIFTY_20250829_092522.parquet': page('09:23:51', '092522', [...blanked, { ...untraded, call: zero }]),
    });
    const [near, far] = sink.tapes;
    expect([near?.call.ltp[3], near?.call.bid[3], near?.call.ask[3], near?.call.bidQty[3]]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect([near?.call.volume[3], near?.call.openInterest[3]]).toEqual([Number.NaN, Number.NaN]);
    expect([far?.expiry, far?.put.openInterest[0], far?.put.bid[0], far?.put.ask[0]]).toEqual([
      '2026-06-30',
      325,
      2.05,
      Number.NaN,
    ]);
    expect([far?.call.openInterest[0], far?.call.volume[0], far?.call.ltp[0]]).toEqual([0, 0, Number.NaN]);
    // 9 lots cannot be closed without a trade.
    expect([far?.call.openInterest[1], far?.call.openInterest[3]]).toEqual([675, Number.NaN]);
    expect(summary.repaired).toEqual({
      'never-traded': 7,
      'fraction-of-lot': 1,
      'volume-fell': 1,
      'interest-vanished': 1,
    });
  });

  test('stale pages, repeated page times, early pages and a page ahead of its own availability', async () => {
    const { sink, summary } = await importFolder({
      'NIFTY_20250829_091000.parquet': page('09:08:30', '091000', rowsAt(-5)),
      'NIFTY_20250829_092416.parquet': page('09:22:45', '092416', rowsAt(0)),
      'NIFTY_20250829_092522.parquet': page('09:22:45', '092522', rowsAt(0)),
      'NIFTY_20250829_092600.parquet': page('09:22:45', '092600', rowsAt(3)),
      'NIFTY_20250829_092757.parquet': page('09:28:48', '092757', rowsAt(4)),
    });
    expect(summary.quarantined).toEqual({ 'before-session': 3, 'stale-page': 3, 'repeated-page-time': 3 });
    expect(summary.repaired).toEqual({ 'available-before-event': 1 });
    expect([...(sink.tapes[0]?.availableAt ?? [])].map(clock)).toEqual(['2025-08-29 09:24:16', '2025-08-29 09:28:48']);
    expect(summary.rowsRead).toBe(15);
    expect(summary.written.chainRows).toBe(6);
  });

  test('a hole in the publications is a gap, and makes no bars', async () => {
    const files: Record<string, Buffer> = {};
    for (let m = 16; m < 60; m++) {
      if (m >= 30 && m < 45) continue;
      const at = `09${String(m).padStart(2, '0')}00`;
      files[`NIFTY_20250829_${at}.parquet`] = page(`09:${m - 1}:00`, at, rowsAt(m));
    }
    const { sink, summary } = await importFolder(files);
    expect(summary.gaps.map((g) => [g.series, clock(g.from), clock(g.to)])).toEqual([
      ['NIFTY chain', '2025-08-29 09:28:00', '2025-08-29 09:44:00'],
      ['NIFTY chain', '2025-08-29 09:58:00', '2025-08-29 15:30:00'],
    ]);
    expect(sink.candles[0]?.bars.length).toBe(29);
  });

  test('a damaged page is named and left out; the rest of its session is kept', async () => {
    const whole = page('09:23:51', '092522', rowsAt(10));
    const { sink, summary } = await importFolder({
      'NIFTY_20250829_092416.parquet': page('09:22:45', '092416', rowsAt(0)),
      'NIFTY_20250829_092522.parquet': whole.subarray(0, whole.length - 9),
      'NIFTY_20250829_092628.parquet': page('09:24:51', '092628', rowsAt(20)),
    });
    expect(summary.failures.map((e) => [e.code, e.message])).toEqual([
      [
        'SOS_DATA_CORRUPT',
        'NIFTY_20250829_092522.parquet: expected a parquet file ("PAR1" at both ends), found it damaged or cut off',
      ],
    ]);
    expect(sink.tapes[0]?.length).toBe(2);
    expect(summary.units).toEqual({ total: 1, imported: 1, skipped: 0, failed: 0 });
  });
});

const HEADER =
  'symbol,expiryDate,strikePrice,underlying,CE_OI,CE_CHGOI,CE_IV,CE_LTP,CE_BIDQTY,CE_BID,CE_ASK,CE_ASKQTY,PE_OI,PE_CHGOI,PE_IV,PE_LTP,PE_BIDQTY,PE_BID,PE_ASK,PE_ASKQTY';
const NONE = 'NA,NA,NA,NA,NA,NA,NA,NA';

function csvPage(spot: string, ltp: number): string {
  return [
    HEADER,
    `NIFTY,20-Oct-2025,25200,${spot},307,187,9.18,${ltp},1050,222,223.8,75,119,10,10.55,65.5,150,58.6,71.75,450`,
    `NIFTY,20-Oct-2025,25250,NA,${NONE},17,17,10.25,84.1,450,84.1,99.95,75`,
    `NIFTY,20-Oct-2025,25300,0,0,0,0,0,1800,5.1,0,0,${NONE}`,
  ].join('\n');
}

describe('pages in CSV', () => {
  test('are dated by their file name in UTC; the index is the printed value; one side may be missing', async () => {
    const { sink, summary } = await importFolder({
      'NIFTY_OptionChain_2025-10-14_03-55-07_UTC.csv': csvPage('25227.35', 222.4),
      'NIFTY_OptionChain_2025-10-14_10-15-00_UTC.csv': csvPage('25230.05', 223),
    });
    const [tape] = sink.tapes;
    expect(clock(tape?.availableAt[0])).toBe('2025-10-14 09:25:07');
    expect(clock(tape?.eventTime[0])).toBe('2025-10-14 09:25:07');
    // Fetched after the close, a page says what was at the close.
    expect([clock(tape?.eventTime[1]), clock(tape?.availableAt[1])]).toEqual([
      '2025-10-14 15:30:00',
      '2025-10-14 15:45:00',
    ]);
    expect([...(tape?.spot ?? [])]).toEqual([25227.35, 25230.05]);
    expect([tape?.call.openInterest[0], tape?.call.openInterest[1], tape?.put.openInterest[1]]).toEqual([
      307 * 75,
      Number.NaN,
      17 * 75,
    ]);
    expect(tape?.call.volume[0]).toBeNaN();
    const [index] = sink.candles;
    expect([index?.source, index?.bars.length, index?.bars.close[0]]).toEqual(['derived', 1, 25227.35]);
    expect(clock(index?.bars.time[0])).toBe('2025-10-14 09:26:00');
    expect(summary.repaired).toEqual({ 'event-time-unknown': 2, 'side-missing': 4, 'never-traded': 2 });
  });

  test('holidays, mornings before the Muhurat session, early and empty pages are set aside', async () => {
    const empty = [HEADER, `NIFTY,20-Oct-2025,25200,NA,${NONE},${NONE}`].join('\n');
    const { sink, summary } = await importFolder({
      'NIFTY_OptionChain_2025-10-13_09-38-51_UTC.csv': empty,
      'NIFTY_OptionChain_2025-10-14_03-15-14_UTC.csv': csvPage('25227.35', 1),
      'NIFTY_OptionChain_2025-10-14_03-47-30_UTC.csv': csvPage('25227.35', 2),
      'NIFTY_OptionChain_2025-10-21_05-01-33_UTC.csv': csvPage('25843.15', 3),
      'NIFTY_OptionChain_2025-10-21_08-56-59_UTC.csv': csvPage('25885.35', 4),
      'NIFTY_OptionChain_2025-10-22_04-46-51_UTC.csv': csvPage('25868.6', 5),
    });
    expect(summary.quarantined).toEqual({ 'empty-page': 1, 'before-session': 9, 'no-session': 3 });
    expect(sink.tapes.map((tape) => clock(tape.availableAt[0]))).toEqual(['2025-10-21 14:26:59']);
  });

  test('a page that is cut off inside a row is named; pages of other times are kept', async () => {
    const { sink, summary } = await importFolder({
      'NIFTY_OptionChain_2025-10-14_03-55-07_UTC.csv': csvPage('25227.35', 222.4),
      'NIFTY_OptionChain_2025-10-14_04-55-07_UTC.csv': csvPage('25227.35', 1).slice(0, -20),
    });
    expect(summary.failures.map((e) => e.message)).toEqual([
      'NIFTY_OptionChain_2025-10-14_04-55-07_UTC.csv: expected 20 columns on line 4, found 14',
    ]);
    expect(sink.tapes[0]?.length).toBe(1);
  });
});

test('a table of quotes gives a page per minute, with the spot and without a book', async () => {
  const quote = (stamp: string, right: string, ltp: number, volume: number) => ({ stamp, right, ltp, volume });
  const rows = [
    quote('202608191127', 'CE', 110.5, 100),
    quote('202608191127', 'PE', 90.25, 200),
    quote('202608191128', 'CE', 111, 90),
    quote('202608191128', 'PE', 90, 260),
  ];
  const { sink, summary } = await importFolder({
    'option_chain_20260819.parquet': writeParquet([
      { name: 'timestamp', values: rows.map((r) => r.stamp) },
      { name: 'symbol', values: rows.map(() => 'NIFTY50') },
      { name: 'expiry', values: rows.map(() => '25-Aug-2026') },
      { name: 'strike', values: rows.map(() => 24050) },
      { name: 'option_type', values: rows.map((r) => r.right) },
      { name: 'spot', values: rows.map(() => Math.fround(24052.4)) },
      { name: 'ltp', values: rows.map((r) => r.ltp) },
      { name: 'volume', values: rows.map((r) => r.volume) },
      { name: 'oi', values: rows.map(() => 413) },
    ]),
  });
  const [tape] = sink.tapes;
  expect([tape?.length, tape?.expiry, tape?.spot[0]]).toEqual([2, '2026-08-25', 24052.4]);
  // Lot 65 in August 2026; the day's volume cannot fall from 100 to 90.
  expect([...(tape?.call.volume ?? [])]).toEqual([6500, Number.NaN]);
  expect([tape?.put.volume[1], tape?.put.openInterest[0]]).toEqual([16900, 26845]);
  expect(tape?.call.bid[0]).toBeNaN();
  expect([...(sink.candles[0]?.bars.close ?? [])]).toEqual([24052.4, 24052.4]);
  expect([summary.rowsRead, summary.written.chainRows]).toEqual([4, 4]);
});
