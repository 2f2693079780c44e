import { gzipSync } from 'node:zlib';
import { formatIst, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { tempFolder } from '../fixtures/temp-folder.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';
import { RecorderClock } from '../feed/recorder-clock.js';
import { seriesOfMinutes } from '../feed/series-of-minutes.js';
import { TickFolder } from '../feed/tick-folder.js';
import { readTick, type Tick } from '../feed/tick-message.js';

const DAY = parseIstDate('2025-12-15');
const WINDOW = { open: istInstant(DAY, '09:15'), close: istInstant(DAY, '15:30') };
const CONTRACT = optionContract({
  underlying: 'BANKNIFTY',
  expiry: parseIstDate('2025-12-30'),
  strike: 59400,
  right: 'CE',
});
const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs);

interface Said {
  readonly at: string;
  readonly trade?: string;
  readonly price?: number;
  readonly vtt?: number;
  readonly bid?: number;
}

/** A tick recorded at a clock time by a recorder whose clock is right. */
function tick({ at, trade = at, price = 100, vtt = 0, bid = price - 1 }: Said): Tick {
  return {
    recordedAt: istInstant(DAY, at),
    tradeTime: istInstant(DAY, trade),
    tradePrice: price,
    tradeQty: 35,
    volumeToday: vtt,
    openInterest: 700,
    bid,
    ask: bid + 2,
    bidQty: 35,
    askQty: 70,
  };
}

function fold(said: readonly Said[]) {
  const folder = new TickFolder(WINDOW);
  for (const one of said) folder.add(tick(one));
  folder.finish();
  return { folder, series: seriesOfMinutes(CONTRACT, folder, WINDOW) };
}

test('trades make the bar of their exchange minute; volume is the growth of the count', () => {
  const { series, folder } = fold([
    { at: '09:15:00', price: 90, vtt: 35 },
    { at: '09:15:50', price: 91, vtt: 70 },
    { at: '09:16:05', price: 100, vtt: 140 },
    { at: '09:16:20', price: 104, vtt: 210 },
    { at: '09:16:40', price: 98, vtt: 245 },
    { at: '09:16:59', price: 99, vtt: 280, bid: 98.5 },
  ]);
  expect([...series.time].map(clock)).toEqual(['2025-12-15 09:16:00', '2025-12-15 09:17:00']);
  expect(clock(series.openTime[1])).toBe('2025-12-15 09:16:00');
  expect([...series.availableAt]).toEqual([...series.time]);
  expect([series.open[1], series.high[1], series.low[1], series.close[1]]).toEqual([100, 104, 98, 99]);
  expect([...series.volume]).toEqual([35, 210]);
  expect([series.bid[1], series.ask[1], series.bidQty[1], series.askQty[1]]).toEqual([98.5, 100.5, 35, 70]);
  expect(series.openInterest[1]).toBe(700);
  expect(folder.repairs).toEqual({});
});

test('a repeat of the last trade moves the book and counts no trade', () => {
  const { series, folder } = fold([
    { at: '09:15:00', vtt: 35 },
    { at: '09:15:58', price: 100, vtt: 70 },
    { at: '09:16:10', trade: '09:15:58', price: 100, vtt: 70, bid: 95 },
    { at: '09:16:55', trade: '09:15:58', price: 100, vtt: 70, bid: 94 },
  ]);
  expect(folder.repairs).toEqual({ 'book-only': 2 });
  expect([series.open[1], series.close[1], series.volume[1], series.bid[1]]).toEqual([Number.NaN, Number.NaN, 0, 94]);
});

test('a repeat whose count grew is a trade of the same millisecond', () => {
  const { series, folder } = fold([
    { at: '09:15:00', vtt: 35 },
    { at: '09:15:10', price: 100, vtt: 70 },
    { at: '09:15:11', trade: '09:15:10', price: 102, vtt: 105 },
    { at: '09:15:55', trade: '09:15:10', price: 102, vtt: 105 },
  ]);
  expect([series.high[0], series.close[0], series.volume[0]]).toEqual([102, 102, 70]);
  expect(folder.repairs).toEqual({ 'book-only': 1 });
});

test('a fall of the count is reported, never negative, and nothing is counted twice', () => {
  const { series, folder } = fold([
    { at: '09:15:00', vtt: 35 },
    { at: '09:15:10', price: 100, vtt: 350 },
    { at: '09:15:12', trade: '09:15:09', price: 107, vtt: 315, bid: 1 },
    { at: '09:15:14', price: 101, vtt: 385, bid: 100 },
    { at: '09:15:59', trade: '09:15:14', price: 101, vtt: 385, bid: 100 },
  ]);
  expect(folder.repairs).toEqual({ 'volume-fell': 1, 'book-only': 1 });
  expect([series.volume[0], series.high[0], series.close[0], series.bid[0]]).toEqual([350, 107, 101, 100]);
});

test('the first minute of a feed that began inside it, and minutes around missed trades, keep the quote only', () => {
  const { series, folder } = fold([
    { at: '09:32:49', price: 90, vtt: 5000 },
    { at: '09:32:58', price: 91, vtt: 5035 },
    { at: '09:33:10', price: 92, vtt: 5070 },
    { at: '09:33:30', price: 93, vtt: 5105 },
    { at: '09:35:10', price: 95, vtt: 9000 },
    { at: '09:35:55', trade: '09:35:10', price: 95, vtt: 9000 },
    { at: '09:36:30', price: 96, vtt: 9035 },
    { at: '09:36:59', trade: '09:36:30', price: 96, vtt: 9035 },
  ]);
  expect([...series.time].map(clock).map((t) => t.slice(11, 16))).toEqual(['09:33', '09:34', '09:36', '09:37']);
  expect([...series.close]).toEqual([Number.NaN, Number.NaN, Number.NaN, 96]);
  expect([...series.volume]).toEqual([Number.NaN, Number.NaN, Number.NaN, 35]);
  expect([...series.bid]).toEqual([90, 92, 94, 95]);
  expect(folder.repairs['partial-minute']).toBe(1);
  expect(folder.repairs['feed-gap']).toBe(1);
});

test('a silence in which nothing was traded is no gap', () => {
  const { series, folder } = fold([
    { at: '09:15:00', vtt: 35 },
    { at: '09:15:30', vtt: 70 },
    { at: '09:16:40', vtt: 105 },
    { at: '09:16:50', trade: '09:16:40', vtt: 105 },
  ]);
  expect(folder.repairs['feed-gap']).toBeUndefined();
  expect([...series.volume]).toEqual([35, 35]);
});

test('after the close nothing is counted', () => {
  const { series, folder } = fold([
    { at: '09:15:00', vtt: 35 },
    { at: '15:29:59', price: 50, vtt: 70 },
    { at: '15:42:33', trade: '15:29:59', price: 50, vtt: 70, bid: 1 },
  ]);
  expect(folder.repairs['outside-session']).toBe(1);
  expect([series.length, series.bid[1]]).toEqual([2, 49]);
});

test('a recorder whose clock is slow is set right by the exchange’s trade times', () => {
  const recorder = new RecorderClock();
  const at = (s: string): number => istInstant(DAY, s);
  expect(clock(recorder.correct(at('10:00:00'), at('10:00:05')))).toBe('2025-12-15 10:00:05');
  // Ten seconds without a new trade: the estimate has crept by half a percent of them.
  expect(recorder.correct(at('10:00:10'), Number.NaN)).toBe(at('10:00:15') - 50);
  expect(clock(recorder.correct(at('10:00:20'), at('10:00:26')))).toBe('2025-12-15 10:00:26');
});

/** A message as exported, with text for 64-bit integers. */
function message(said: Said & { readonly key: string; readonly oi?: number }): object {
  const t = tick(said);
  return {
    fullFeed: {
      marketFF: {
        ltpc: { ltp: t.tradePrice, ltt: String(t.tradeTime), ltq: '35', cp: 911.7 },
        marketLevel: { bidAskQuote: [{ bidQ: '35', bidP: t.bid, askQ: '70', askP: t.ask }] },
        vtt: String(t.volumeToday),
        oi: said.oi ?? 700,
      },
    },
    requestMode: 'full_d5',
    instrumentKey: said.key,
    _insertion_time: `2025-12-15 ${said.at}.000000`,
  };
}

test('a message is read with defaults: what is not there is unknown', () => {
  const read = readTick(message({ key: 'NSE_FO|1', at: '09:15:01', price: 763.1, vtt: 237195 }));
  expect(read).toEqual({ ...tick({ at: '09:15:01', price: 763.1, vtt: 237195 }) });
  const bare = {
    fullFeed: { marketFF: { ltpc: { ltt: '1765771373160' } } },
    _insertion_time: '2025-12-15 09:32:49.113000',
  };
  expect(readTick(bare)).toMatchObject({ recordedAt: 1765771369113, bid: Number.NaN, volumeToday: Number.NaN });
  expect(readTick({ instrumentKey: 'NSE_FO|1' })).toBeNull();
});

const MASTER = ['CE', 'PE'].map((right, i) => ({
  segment: 'NSE_FO',
  name: 'BANKNIFTY',
  exchange: 'NSE',
  expiry: 1767119399000,
  instrument_type: right,
  underlying_symbol: 'BANKNIFTY',
  instrument_key: `NSE_FO|${i + 1}`,
  lot_size: 35,
  freeze_quantity: 595,
  exchange_token: `${i + 1}`,
  tick_size: 5,
  trading_symbol: `BANKNIFTY 59400 ${right} 30 DEC 25`,
  strike_price: 59400,
}));

function exported(key: string, price: number, extra: object[] = []): Uint8Array {
  const seconds = ['09:15:00', '09:15:20', '09:15:40', '09:15:59', '09:16:10', '09:16:59'];
  const messages = seconds.map((at, i) => message({ key, at, price: price + i, vtt: 35 * (i + 1) }));
  return gzipSync(JSON.stringify([...messages, ...extra], null, 4));
}

test('a day of exports becomes option bars, a chain and the derived underlying', async () => {
  const temp = tempFolder('ticks', {
    'NSE_FO_1_data.json.gz': exported('NSE_FO|1', 300),
    'NSE_FO_2_data.json.gz': exported('NSE_FO|2', 200, [{ instrumentKey: 'NSE_FO|2' }, { instrumentKey: 'X|9' }]),
    '../upstox-masters/upstox_NSE_2025-12-23.json.gz': gzipSync(JSON.stringify(MASTER)),
  });
  const sink = new MemorySink();
  const summary = await runImport({ kind: 'upstox-ticks', path: temp.folder, sink });
  temp.remove();
  expect(sink.series.map((s) => [s.contract.id, s.kind, s.source, s.length])).toEqual([
    ['BANKNIFTY30DEC2559400CE', 'bars', 'recorded', 2],
    ['BANKNIFTY30DEC2559400PE', 'bars', 'recorded', 2],
  ]);
  const [tape] = sink.tapes;
  expect([tape?.length, tape?.call.ltp[0], tape?.put.ltp[1], tape?.call.volume[1]]).toEqual([2, 303, 205, 210]);
  const [index] = sink.candles;
  expect([index?.contract.id, index?.source, index?.bars.length]).toEqual(['BANKNIFTY', 'derived', 2]);
  // Call minus put stays 100 above the strike.
  expect([...(index?.bars.close ?? [])]).toEqual([59500, 59500]);
  expect(summary.quarantined).toEqual({ 'message-shape': 1, 'unknown-contract': 1 });
  expect(summary.rowsRead).toBe(14);
  expect(summary.gaps.map((g) => [g.series, clock(g.from), clock(g.to)])).toEqual([
    ['BANKNIFTY feed', '2025-12-15 09:16:11', '2025-12-15 09:16:59'],
    ['BANKNIFTY feed', '2025-12-15 09:17:00', '2025-12-15 15:30:00'],
  ]);
});

test('without a master the error says what to give; a damaged export is named and the others are kept', async () => {
  const whole = exported('NSE_FO|2', 200);
  const temp = tempFolder('ticks', {
    'NSE_FO_1_data.json.gz': exported('NSE_FO|1', 300),
    'NSE_FO_2_data.json.gz': whole.subarray(0, whole.length - 12),
    'NSE_FO_3_data.json.gz': gzipSync('{').subarray(0, 11),
  });
  const sink = new MemorySink();
  const request = { kind: 'upstox-ticks', path: temp.folder, sink };
  await expect(runImport(request)).rejects.toMatchObject({
    code: 'SOS_INPUT',
    message: expect.stringMatching(/^expected an Upstox instrument master of within 31 days of 2025-12-15 \(give one/),
  });
  const csv = [
    '"instrument_key","exchange_token","tradingsymbol","name","last_price","expiry","strike","tick_size","lot_size","instrument_type","option_type","exchange"',
    '"NSE_FO|1","1","BANKNIFTY25DEC59400CE","","1","2025-12-30","59400","0.05","35","OPTIDX","CE","NSE_FO"',
  ].join('\n');
  const broken = temp.put('../broken.csv.gz', gzipSync(csv).subarray(0, 40));
  await expect(runImport({ ...request, options: { master: broken } })).rejects.toMatchObject({
    code: 'SOS_DATA_CORRUPT',
    message: expect.stringMatching(/^broken\.csv\.gz: /),
  });
  const master = temp.put('../given.csv.gz', gzipSync(csv));
  const summary = await runImport({ ...request, options: { master } });
  temp.remove();
  expect(sink.series.map((s) => s.contract.id)).toEqual(['BANKNIFTY30DEC2559400CE']);
  expect(summary.failures.map((e) => [e.code, e.message.replace(/, found.*/, '')])).toEqual([
    ['SOS_DATA_CORRUPT', 'NSE_FO_2_data.json.gz: expected a JSON array of objects'],
    ['SOS_DATA_CORRUPT', 'NSE_FO_3_data.json.gz: expected a gzipped JSON array'],
  ]);
  expect(summary.units).toEqual({ total: 2, imported: 1, skipped: 0, failed: 1 });
});
