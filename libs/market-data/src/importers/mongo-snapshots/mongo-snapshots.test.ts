import { gzipSync } from 'node:zlib';
import { formatIst, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { tempFolder } from '../fixtures/temp-folder.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';

const DAY = parseIstDate('2026-01-16');
const at = (clock: string): number => istInstant(DAY, clock);
const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs).slice(11);
const INDEX = 'NSE_INDEX|Nifty 50';
const [CALL, PUT, FUTURE] = ['NSE_FO|54321', 'NSE_FO|54322', 'NSE_FO|49229'];

const MASTER = [
  [CALL, 'CE', 'NIFTY 25700 CE 20 JAN 26', 1768933799000, 25700],
  [PUT, 'PE', 'NIFTY 25700 PE 20 JAN 26', 1768933799000, 25700],
  [FUTURE, 'FUT', 'NIFTY FUT 27 JAN 26', 1769538599000, 0],
].map(([key, type, name, expiry, strike]) => ({
  segment: 'NSE_FO',
  name: 'NIFTY',
  exchange: 'NSE',
  expiry,
  instrument_type: type,
  underlying_symbol: 'NIFTY',
  instrument_key: key,
  lot_size: 65,
  freeze_quantity: 1800,
  exchange_token: String(key).slice(7),
  tick_size: 5,
  trading_symbol: name,
  strike_price: strike,
}));

interface Said {
  readonly ltp?: number;
  readonly trade?: string;
  readonly vtt?: number;
  readonly oi?: number;
  readonly book?: readonly [bid: number, ask: number];
  readonly candle?: readonly [start: string, open: number, high: number, low: number, close: number];
}

/** Fields of a feed as protobuf writes them in JSON: what is not said is not there, 64-bit integers are texts. */
function body({ ltp, trade, vtt, oi, book, candle }: Said): object {
  const ohlc = candle && [
    { interval: '1d', open: 1, high: 9, low: 1, close: 5, ts: String(at('00:00')) },
    {
      interval: 'I1',
      open: candle[1],
      high: candle[2],
      low: candle[3],
      close: candle[4],
      vol: '650',
      ts: String(at(candle[0])),
    },
  ];
  return {
    ...(ltp === undefined ? {} : { ltpc: { ltp, ...(trade ? { ltt: String(at(trade)), ltq: '65' } : {}), cp: 1 } }),
    ...(book ? { marketLevel: { bidAskQuote: [{ bidQ: '65', bidP: book[0], askQ: '130', askP: book[1] }] } } : {}),
    ...(ohlc ? { marketOHLC: { ohlc } } : {}),
    ...(vtt === undefined ? {} : { vtt: String(vtt) }),
    ...(oi === undefined ? {} : { oi }),
    iv: 0.0987,
  };
}

function feedOf(key: string, said: Said): object {
  return { fullFeed: { [key.startsWith('NSE_INDEX') ? 'indexFF' : 'marketFF']: body(said) }, requestMode: 'full_d5' };
}

/** A whole response of the feed at a time of the server. */
function response(time: string, feeds: Record<string, Said>): object {
  const entries = Object.entries(feeds).map(([key, said]) => [key, feedOf(key, said)]);
  return { type: 'live_feed', currentTs: String(at(time)), feeds: Object.fromEntries(entries) };
}

async function importText(files: Record<string, string | Uint8Array>) {
  const temp = tempFolder('mongo', {
    ...files,
    '../upstox-masters/upstox_NSE_2026-01-13.json.gz': gzipSync(JSON.stringify(MASTER)),
  });
  const sink = new MemorySink();
  try {
    return { sink, summary: await runImport({ kind: 'mongo-snapshots', path: temp.folder, sink }) };
  } finally {
    temp.remove();
  }
}

const THREE = [
  response('09:15:00', {
    [INDEX]: { ltp: 25700, trade: '09:15:00' },
    [CALL]: { ltp: 100, trade: '09:15:00', vtt: 650, oi: 6500, book: [99.9, 100.1] },
    [PUT]: { ltp: 90, trade: '09:15:00', vtt: 65, oi: 1300, book: [89.9, 90.1] },
  }),
  // Only the call changed, and of it only the book: everything else stays what it was.
  response('09:15:15', { [CALL]: { book: [100.9, 101.1] } }),
  response('09:15:31', { [CALL]: { ltp: 102, trade: '09:15:30', vtt: 780 } }),
];

test('a partial message changes what it says and nothing else, on either side of the strike', async () => {
  const { sink, summary } = await importText({ 'raw.json': JSON.stringify(THREE) });
  const [tape] = sink.tapes;
  expect([tape?.underlying, tape?.expiry, tape?.length, clock(tape?.availableAt[0])]).toEqual([
    'NIFTY',
    '2026-01-20',
    1,
    '09:16:00',
  ]);
  expect([
    tape?.spot[0],
    tape?.call.ltp[0],
    tape?.call.bid[0],
    tape?.call.openInterest[0],
    tape?.call.volume[0],
  ]).toEqual([25700, 102, 100.9, 6500, 780]);
  expect([tape?.put.ltp[0], tape?.put.ask[0], tape?.put.openInterest[0], tape?.put.volume[0]]).toEqual([
    90, 90.1, 1300, 65,
  ]);
  expect(summary.quarantined).toEqual({});
  expect(summary.rowsRead).toBe(3);
});

test('an array, NDJSON, extended JSON and gzip of the same messages say the same', async () => {
  const lines = THREE.map((one) => JSON.stringify(one)).join('\n');
  const extended = lines
    .replace(/"(\d{13})"/g, '{"$numberLong":"$1"}')
    .replaceAll('"type"', '"_id":{"$oid":"65f"},"type"');
  const tapes = async (files: Record<string, string | Uint8Array>) => (await importText(files)).sink.tapes;
  const expected = await tapes({ 'raw.json': JSON.stringify(THREE) });
  expect(expected.length).toBe(1);
  expect(await tapes({ 'raw.ndjson': lines })).toEqual(expected);
  expect(await tapes({ 'raw.json.gz': gzipSync(extended) })).toEqual(expected);
  expect(extended).toContain('"ltt":{"$numberLong":"1768535130000"}');
});

test('one object alone, as it is pretty-printed, is one message', async () => {
  const { summary } = await importText({ 'one.json': JSON.stringify(THREE[0], null, 2) });
  expect([summary.rowsRead, summary.units.imported, summary.quarantined]).toEqual([1, 1, {}]);
});

test('standard input is read like a file, and known when it comes again', async () => {
  const temp = tempFolder('masters', { 'upstox_NSE_2026-01-13.json': JSON.stringify(MASTER) });
  const sink = new MemorySink();
  const text = THREE.map((one) => `${JSON.stringify(one)}\n`).join('');
  async function* pieces(): AsyncGenerator<string> {
    for (let i = 0; i < text.length; i += 100) yield text.slice(i, i + 100);
  }
  const master = `${temp.folder}/upstox_NSE_2026-01-13.json`;
  const request = { kind: 'mongo-snapshots', path: '-', sink, options: { master } };
  const first = await runImport({ ...request, input: pieces() });
  const again = await runImport({ ...request, input: pieces() });
  temp.remove();
  expect([first.dataset, first.rowsRead, first.units.imported]).toEqual(['mongo-snapshots', 3, 1]);
  expect(again.units).toEqual({ total: 1, imported: 0, skipped: 1, failed: 0 });
  expect([...sink.units.keys()]).toEqual(['mongo-snapshots/2026-01-16 feed-responses']);
});

test('the printed candle of an index is kept; minutes without one are folded where seen whole, else derived', async () => {
  const index = (time: string, said: Said): object => response(time, { [INDEX]: { trade: time, ...said } });
  const { sink, summary } = await importText({
    'raw.json': JSON.stringify([
      index('09:15:00', { ltp: 25700 }),
      index('09:15:18', { ltp: 25710 }),
      index('09:15:36', { ltp: 25690 }),
      index('09:15:54', { ltp: 25695 }),
      index('09:16:05', { ltp: 25696 }),
      // Silence: one value alone in the minute of 09:16; its candle comes with the first message after it.
      index('09:17:05', { ltp: 25720, candle: ['09:16', 25695.5, 25730, 25680, 25719] }),
      // The candle of a minute that is not over is not used.
      index('09:17:20', { ltp: 25721, candle: ['09:17', 1, 2, 1, 2] }),
      index('09:19:30', { ltp: 25740 }),
    ]),
  });
  const [recorded, sampled] = sink.candles;
  expect([recorded?.contract.id, recorded?.source, sampled?.source]).toEqual(['NIFTY', 'recorded', 'derived']);
  expect([...(recorded?.bars.time ?? [])].map(clock)).toEqual(['09:16:00', '09:17:00']);
  const { open, high, low, close } = recorded?.bars ?? { open: [], high: [], low: [], close: [] };
  expect([open[0], high[0], low[0], close[0]]).toEqual([25700, 25710, 25690, 25695]);
  expect([open[1], high[1], low[1], close[1]]).toEqual([25695.5, 25730, 25680, 25719]);
  expect([...(sampled?.bars.time ?? [])].map(clock)).toEqual(['09:18:00', '09:20:00']);
  expect([...(sampled?.bars.close ?? [])]).toEqual([25721, 25740]);
  expect(summary.repaired).toEqual({ 'sampled-minute': 2 });
  expect(summary.gaps.map((g) => [g.series, clock(g.from), clock(g.to)])).toEqual([
    ['NIFTY', '09:18:00', '09:19:00'],
    ['NIFTY', '09:20:00', '15:30:00'],
  ]);
});

test('a future is folded to bars with volume and open interest; options mend minutes by their candles', async () => {
  const both = (time: string, vtt: number, extra: Said = {}): object =>
    response(time, {
      [FUTURE]: { ltp: 25750 + vtt / 65, trade: time, vtt, oi: 130_000, book: [25749, 25751], ...extra },
      [CALL]: { ltp: 100, trade: time, vtt, book: [99, 101], ...extra },
    });
  const { sink, summary } = await importText({
    'raw.json': JSON.stringify([
      both('09:15:00', 65),
      both('09:15:20', 130),
      both('09:15:40', 195),
      both('09:15:59', 260),
      // Trades were missed in the silence up to here; the minute's own candle came with a later message.
      both('09:16:50', 910),
      both('09:17:01', 975, { candle: ['09:16', 100, 103, 98, 101] }),
    ]),
  });
  const future = sink.candles.find((c) => c.contract.kind === 'future');
  expect(
    [future?.contract.id, ...(future?.bars.time ?? [])].map((v) => (typeof v === 'number' ? clock(v) : v)),
  ).toEqual(['NIFTY27JAN26FUT', '09:17:00']);
  expect([future?.bars.close[0], future?.bars.volume[0], future?.bars.openInterest[0]]).toEqual([101, 650, 130_000]);
  const [call] = sink.series;
  expect([...(call?.time ?? [])].map(clock)).toEqual(['09:16:00', '09:17:00', '09:18:00']);
  expect([call?.open[1], call?.high[1], call?.low[1], call?.close[1], call?.volume[1]]).toEqual([
    100, 103, 98, 101, 650,
  ]);
  expect(summary.repaired['vendor-candle']).toBe(2);
});

test('what is no snapshot, names nothing known or crosses its quotes is counted, the rest is kept', async () => {
  const lines = [
    JSON.stringify({ type: 'market_info', currentTs: '1768537845123', marketInfo: {} }),
    JSON.stringify(
      response('09:15:00', { [CALL]: { ltp: 100, trade: '09:15:00', book: [101, 99] }, 'NSE_EQ|1': { ltp: 1 } }),
    ),
    '{"type":"live_feed","currentTs":"17685',
    JSON.stringify({ ...response('09:15:05', { [CALL]: { ltp: 100 } }), currentTs: 'soon' }),
    JSON.stringify({ type: 'live_feed', currentTs: String(at('09:15:10')), feeds: { [CALL]: { fullFeed: {} } } }),
    JSON.stringify({
      type: 'live_feed',
      currentTs: String(istInstant(parseIstDate('2026-01-17'), '10:00')),
      feeds: { [CALL]: feedOf(CALL, { ltp: 5 }) },
    }),
    JSON.stringify(response('09:15:20', { [CALL]: { ltp: 100 } })),
  ];
  const { sink, summary } = await importText({ 'raw.ndjson': lines.join('\n') });
  expect(summary.quarantined).toEqual({
    'unknown-contract': 1,
    'message-shape': 3,
    'no-session': 1,
    'late-day': 1,
  });
  expect(summary.repaired).toEqual({ 'status-message': 1, 'crossed-quote': 1 });
  expect(sink.quarantined.filter((q) => q.line !== null).map((q) => [q.line, q.sample])).toEqual([
    [3, '{"type":"live_feed","currentTs":"17685'],
  ]);
  expect([sink.series[0]?.length, sink.series[0]?.bid[0]]).toEqual([1, Number.NaN]);
  expect(summary.rowsRead).toBe(7);
});

describe('documents of one instrument each', () => {
  const documents = (stamp: (clock: string) => unknown): string =>
    ['09:15:00', '09:15:19', '09:15:38', '09:15:57', '09:16:10']
      .map((time, i) =>
        JSON.stringify({
          ...feedOf(CALL, { ltp: 100 + i, trade: time, vtt: 65 * (i + 1), book: [99, 101] }),
          instrumentKey: CALL,
          _insertion_time: stamp(time),
        }),
      )
      .join('\n');

  test.each([
    ['naive Indian time', (c: string) => `2026-01-16 ${c}.000000`, 0],
    ['Indian time that the export calls UTC', (c: string) => ({ $date: `2026-01-16T${c}.000Z` }), 5],
    ['UTC without a zone', (c: string) => new Date(at(c)).toISOString().slice(0, 19).replace('T', ' '), 5],
    ['UTC', (c: string) => ({ $date: { $numberLong: String(at(c)) } }), 0],
  ])('%s is found out by the trade times', async (_, stamp, mended) => {
    const { sink, summary } = await importText({ 'ticks.ndjson': documents(stamp) });
    const [series] = sink.series;
    expect([...(series?.time ?? [])].map(clock)).toEqual(['09:16:00', '09:17:00']);
    expect([series?.open[0], series?.close[0], series?.volume[0]]).toEqual([101, 103, 195]);
    expect(summary.repaired['zone-mended'] ?? 0).toBe(mended);
  });
});

test('derivatives without a master say what to give', async () => {
  const temp = tempFolder('mongo', { 'raw.json': JSON.stringify(THREE.slice(1)) });
  const request = { kind: 'mongo-snapshots', path: temp.folder, sink: new MemorySink() };
  await expect(runImport(request)).rejects.toMatchObject({
    code: 'SOS_INPUT',
    message: expect.stringMatching(
      /^expected an instrument master that names NSE_FO\|54321 ….*\(give one with --master/,
    ),
  });
  temp.remove();
});
