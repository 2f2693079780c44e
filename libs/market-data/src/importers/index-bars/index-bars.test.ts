import { formatIst, isAppError, type EpochMs } from '@sos/domain';
import { tempFolder } from '../fixtures/temp-folder.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';

async function importText(files: Record<string, string>) {
  const temp = tempFolder('bars', files);
  const sink = new MemorySink();
  try {
    return { sink, summary: await runImport({ kind: 'index-bars', path: temp.folder, sink }) };
  } finally {
    temp.remove();
  }
}

const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs);

/** A whole session of one-minute rows, stamped at bar end as in the monthly text files; price = minute of the day. */
function monthDay(symbol: string, day: string, from = 556, to = 930): string[] {
  const rows: string[] = [];
  for (let m = from; m <= to; m++) {
    const hm = `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    rows.push(`${symbol},${day},${hm},${m}.00,${m}.50,${m - 1}.50,${m}.25,0,0`);
  }
  return rows;
}

test('bars stamped at their end keep their stamps; prints outside the session are set aside', async () => {
  const rows = [
    'NIFTY,20210201,09:08,500.00,500.00,500.00,500.00,0,0',
    ...monthDay('NIFTY', '20210201'),
    'NIFTY,20210201,15:31,930.25,930.25,930.25,930.25,0,0',
    'NIFTY,20210201,15:32,931.25,931.25,931.25,931.25,0,0',
  ];
  const { sink, summary } = await importText({ '2021 FEB NIFTY.txt': `${rows.join('\n')}\n` });
  const [batch] = sink.candles;
  expect(batch?.contract.id).toBe('NIFTY');
  expect(batch?.source).toBe('recorded');
  expect(batch?.bars.length).toBe(375);
  expect(clock(batch?.bars.time[0])).toBe('2021-02-01 09:16:00');
  expect(clock(batch?.bars.time[374])).toBe('2021-02-01 15:30:00');
  expect([batch?.bars.open[0], batch?.bars.high[0], batch?.bars.low[0], batch?.bars.close[0]]).toEqual([
    556, 556.5, 555.5, 556.25,
  ]);
  expect(batch?.bars.volume[0]).toBeNaN();
  expect(batch?.bars.openInterest[0]).toBeNaN();
  expect(summary.quarantined).toEqual({ 'before-session': 1, 'after-close': 2 });
  expect(summary.rowsRead).toBe(378);
  expect(summary.gaps).toEqual([]);
  expect(sink.quarantined.map((q) => [q.file, q.line, q.reason])).toEqual([
    ['2021 FEB NIFTY.txt', 1, 'before-session'],
    ['2021 FEB NIFTY.txt', 377, 'after-close'],
    ['2021 FEB NIFTY.txt', 378, 'after-close'],
  ]);
});

test('bars stamped at their start are dated one minute later', async () => {
  const lines = ['Datetime,Open,High,Low,Close,Volume'];
  for (let m = 555; m < 930; m++) {
    const hm = `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    lines.push(`2026-07-28 ${hm}:00+05:30,100,101,99,100.5,0`);
  }
  const { sink } = await importText({ 'nifty_1m.csv': lines.join('\n') });
  const bars = sink.candles[0]?.bars;
  expect(bars?.length).toBe(375);
  expect(clock(bars?.time[0])).toBe('2026-07-28 09:16:00');
  expect(clock(bars?.time[374])).toBe('2026-07-28 15:30:00');
});

test('a time zone in the stamp is obeyed: 03:45Z is 09:15 in India', async () => {
  const text = 'Datetime,Open,High,Low,Close,Volume\n2026-07-28T03:45:00Z,1,1,1,1,0\n2026-07-28T03:46:00Z,1,1,1,1,0\n';
  const { sink } = await importText({ 'nifty_1m.csv': text });
  expect(clock(sink.candles[0]?.bars.time[0])).toBe('2026-07-28 09:16:00');
});

test('prices that are 32-bit floats of two decimals are mended, others are left alone', async () => {
  const noisy = Math.fround(24002.1);
  const text = `Datetime,Open,High,Low,Close\n2026-07-28 09:15:00+05:30,${noisy},24010.755,24000,24002.5\n2026-07-28 09:16:00+05:30,1,1,1,1\n`;
  const { sink, summary } = await importText({ 'nifty_1m.csv': text });
  expect(sink.candles[0]?.bars.open[0]).toBe(24002.1);
  expect(sink.candles[0]?.bars.high[0]).toBe(24010.755);
  expect([...(sink.candles[0]?.repaired ?? [])]).toEqual([1, 0]);
  expect(summary.repaired).toEqual({ 'float-noise': 1 });
});

test('five-minute and daily bars keep their length; a day is dated at its close', async () => {
  const { sink } = await importText({
    'nifty_5m.csv':
      'Datetime,Open,High,Low,Close\n2026-07-28 09:15:00+05:30,1,1,1,1\n2026-07-28 09:20:00+05:30,1,1,1,1\n',
    'nifty_1d.csv': 'Date,Open,High,Low,Close,Volume\n2026-07-28,1,2,1,2,519800\n',
  });
  expect(sink.candles.map((c) => [c.minutes, clock(c.bars.time[0])])).toEqual([
    [1440, '2026-07-28 15:30:00'],
    [5, '2026-07-28 09:20:00'],
  ]);
  expect(sink.candles[0]?.bars.volume[0]).toBe(519800);
});

test('a future keeps its volume and open interest under its canonical name', async () => {
  const text = [
    'timestamp,open,high,low,close,volume,oi,contract_symbol,expiry',
    '2025-10-29 09:15:00+05:30,26400.0,26497.2,26350.0,26457.4,2795,1495,NIFTY26JANFUT,2026-01-27',
    '2025-10-29 09:20:00+05:30,26457.4,26474.1,26457.4,26458.5,2600,2730,NIFTY26JANFUT,2026-01-27',
  ].join('\n');
  const { sink } = await importText({ 'nifty_futures_5min.csv': text });
  const [batch] = sink.candles;
  expect(batch?.contract.id).toBe('NIFTY27JAN26FUT');
  expect([...(batch?.bars.volume ?? [])]).toEqual([2795, 2600]);
  expect([...(batch?.bars.openInterest ?? [])]).toEqual([1495, 2730]);
});

test('every fault of a row has its own reason, and the other rows stay', async () => {
  const good = monthDay('NIFTY', '20210201');
  const rows = [
    ...good.slice(0, 2),
    'NIFTY,20210201,09:18,558.00,558.50,557.50,5x8,0,0',
    'NIFTY,20210201,09:19,0,558.50,0,558,0,0',
    'NIFTY,20210201,09:20,558.00,557.00,556.00,558.00,0,0',
    good[1] ?? '',
    'NIFTY,20210201,09:22,1,1',
    'NIFTY,20210126,09:20,1,1,1,1,0,0',
    'WHEAT,20210201,09:20,1,1,1,1,0,0',
    ...good.slice(7),
    'NIFTY,20210201,15:31,17669.60,17',
  ];
  const { sink, summary } = await importText({ '2021 FEB NIFTY.txt': rows.join('\n') });
  expect(summary.quarantined).toEqual({
    'bad-number': 1,
    'bad-price': 1,
    'ohlc-order': 1,
    'duplicate-time': 1,
    'column-count': 1,
    'no-session': 1,
    'unknown-contract': 1,
    'truncated-row': 1,
  });
  expect(summary.repaired).toEqual({ 'out-of-order': 1 });
  expect(sink.candles[0]?.bars.length).toBe(370);
  expect(summary.rowsRead).toBe(378);
  expect(summary.gaps.map((g) => [g.series, clock(g.from), clock(g.to)])).toEqual([
    ['NIFTY', '2021-02-01 09:17:00', '2021-02-01 09:22:00'],
  ]);
});

test('the evening after the outage of 2021-02-24 and a Muhurat evening are sessions', async () => {
  const rows = [
    ...monthDay('NIFTY', '20210224', 556, 608),
    ...monthDay('NIFTY', '20210224', 938, 938),
    ...monthDay('NIFTY', '20210224', 946, 1020),
    ...monthDay('NIFTY', '20211104', 1096, 1155),
  ];
  const { sink, summary } = await importText({ '2021 NIFTY.txt': `${rows.join('\n')}\n` });
  expect(sink.candles[0]?.bars.length).toBe(53 + 75 + 60);
  expect(summary.quarantined).toEqual({ 'between-sessions': 1 });
  expect(summary.gaps.map((g) => [clock(g.from), clock(g.to)])).toEqual([
    ['2021-02-24 10:08:00', '2021-02-24 15:30:00'],
  ]);
});

test('a file whose days contradict each other about bar start and end is refused whole', async () => {
  const text = [
    'Datetime,Open,High,Low,Close',
    '2026-07-28 09:15:00+05:30,1,1,1,1',
    '2026-07-28 09:16:00+05:30,1,1,1,1',
    '2026-07-29 09:16:00+05:30,1,1,1,1',
    '2026-07-29 15:30:00+05:30,1,1,1,1',
  ].join('\n');
  const { sink, summary } = await importText({ 'nifty_1m.csv': text });
  expect(sink.candles).toEqual([]);
  expect(summary.units).toEqual({ total: 1, imported: 0, skipped: 0, failed: 1 });
  expect(summary.failures.map((e) => [isAppError(e), e.code])).toEqual([[true, 'SOS_DATA_CORRUPT']]);
  expect(summary.failures[0]?.message).toMatch(/^nifty_1m\.csv: expected every day to have a bar stamped at the open/);
});
