import fc from 'fast-check';
import type protobuf from 'protobufjs';
import { isAppError } from '@sos/domain';
import { encodeFrame, feedResponseOf } from '../fixtures/feed-proto.js';
import { GOLDEN_FRAMES } from '../fixtures/golden-frames.js';
import type { TickColumns } from '../../feed/tick-columns.js';
import { FrameDecoder, type FeedFrame } from './frame-decoder.js';
import { KeyTable } from './key-table.js';

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const decoder = (): FrameDecoder => new FrameDecoder(new KeyTable());

/** The known values of a row, by column; depth as arrays. */
function rowOf(ticks: TickColumns, row: number): Record<string, number | number[]> {
  const found: Record<string, number | number[]> = {};
  for (const [name, column] of Object.entries(ticks) as [string, unknown][]) {
    if (!(column instanceof Float64Array)) continue;
    const width = column.length / ticks.capacity;
    const values = [...column.subarray(row * width, (row + 1) * width)];
    if (width > 1 && values.some((v) => !Number.isNaN(v))) found[name] = values;
    if (width === 1 && !Number.isNaN(values[0])) found[name] = values[0] as number;
  }
  return found;
}

const headOf = ({ kind, sentAt, length }: FeedFrame): object => ({ kind, sentAt, length });

const LTPC = { lastPrice: 301.95, lastTradeTime: 1765771372453, lastQty: 35, previousClose: 377.8 };
const GREEKS = { delta: 0.356, theta: -15.4192, gamma: 0.0003, vega: 45.2604, rho: 8.7121 };
const { NaN: none } = Number;

describe('golden frames of the published definition (payloads/upstox_ws_golden_frames.json)', () => {
  test('an option in full mode: every figure of the recorded tick', () => {
    const d = decoder();
    const frame = d.decode(bytesOf(GOLDEN_FRAMES.optionFull));
    expect(headOf(frame)).toEqual({ kind: 'live', sentAt: 1765771372453, length: 1 });
    expect(d.keys.keyOf(frame.ticks.slot[0] as number)).toBe('NSE_FO|51507');
    expect(rowOf(frame.ticks, 0)).toEqual({
      ...LTPC,
      ...GREEKS,
      bidQty: [105, 175, 70, 140, 35],
      bid: [301.95, 301.8, 301.7, 301.65, 301.6],
      askQty: [140, 140, 140, 175, 35],
      ask: [302.9, 302.95, 303, 303.05, 303.1],
      dayOpen: 325.05,
      dayHigh: 351.85,
      dayLow: 291.95,
      dayClose: 301.95,
      dayVolume: 119770,
      minuteTime: 1765771260000,
      minuteOpen: 296.6,
      minuteHigh: 301.85,
      minuteLow: 296.6,
      minuteClose: 299,
      minuteVolume: 3255,
      averagePrice: 318.56,
      volumeToday: 119770,
      openInterest: 310275,
      impliedVolatility: 0.10389328002929688,
      totalBidQty: 16275,
      totalAskQty: 21490,
    });
  });

  test('an option in option_greeks mode', () => {
    const frame = decoder().decode(bytesOf(GOLDEN_FRAMES.optionGreeks));
    expect(rowOf(frame.ticks, 0)).toEqual({
      ...LTPC,
      ...GREEKS,
      bidQty: [105, none, none, none, none],
      bid: [301.95, none, none, none, none],
      askQty: [140, none, none, none, none],
      ask: [302.9, none, none, none, none],
      volumeToday: 119770,
      openInterest: 310275,
      impliedVolatility: 0.10389328002929688,
    });
  });

  test('an index has no volume, no open interest and no book', () => {
    const frame = decoder().decode(bytesOf(GOLDEN_FRAMES.indexFull));
    expect(headOf(frame)).toEqual({ kind: 'snapshot', sentAt: 1765771372100, length: 1 });
    expect(rowOf(frame.ticks, 0)).toMatchObject({ lastPrice: 26027.3, dayOpen: 25930.05, minuteClose: 26027.3 });
    expect(frame.ticks.openInterest[0]).toBe(none);
    const ltpc = decoder().decode(bytesOf(GOLDEN_FRAMES.indexLtpc));
    expect(rowOf(ltpc.ticks, 0)).toEqual({
      lastPrice: 26027.3,
      lastTradeTime: 1765771372000,
      lastQty: 0,
      previousClose: 26046.95,
    });
  });

  test('zeros on the wire: a size is 0, a price or time is unknown', () => {
    const frame = decoder().decode(bytesOf(GOLDEN_FRAMES.zeroValues));
    expect(rowOf(frame.ticks, 0)).toEqual({ lastPrice: 0.05, lastQty: 0 });
  });

  test('the state of the markets', () => {
    const frame = decoder().decode(bytesOf(GOLDEN_FRAMES.marketInfo));
    expect(headOf(frame)).toEqual({ kind: 'market-info', sentAt: 1765771372000, length: 0 });
    expect(frame.marketInfo?.segments).toMatchObject({ NSE_COM: 'NORMAL_CLOSE', NSE_FO: 'NORMAL_OPEN' });
    expect(Object.keys(frame.marketInfo?.segments ?? {})).toHaveLength(11);
    expect(frame.marketInfo?.closingAuction).toEqual({ NSE_EQ: { status: 'CTS_CLOSE', updatedAt: 1765771372000 } });
    expect(frame.marketInfo?.preOpen).toEqual({ NSE_FO: { status: 'PRE_OPEN_END', updatedAt: 1765770300000 } });
  });
});

describe('against protobufjs with the definition that the official SDK carries', () => {
  let type: protobuf.Type;
  beforeAll(async () => {
    type = await feedResponseOf();
  });

  test('the first status is left out on the wire, a later one is unknown to us', () => {
    const info = { segmentStatus: { NSE_EQ: 0, NSE_FO: 2, XX: 9 } };
    const frame = decoder().decode(encodeFrame(type, { type: 2, marketInfo: info }));
    expect(frame.marketInfo?.segments).toEqual({ NSE_EQ: 'PRE_OPEN_START', NSE_FO: 'NORMAL_OPEN', XX: 'UNKNOWN' });
  });

  test('what proto3 leaves out: no type, no open interest, no greeks, an empty level of the book', () => {
    const marketFF = {
      ltpc: { ltp: 12.5 },
      marketLevel: { bidAskQuote: [{}, { bidQ: 75, bidP: 12.45 }] },
      optionGreeks: {},
    };
    const frame = decoder().decode(encodeFrame(type, { feeds: { 'NSE_FO|1': { fullFeed: { marketFF } } } }));
    expect(frame.kind).toBe('snapshot');
    expect(rowOf(frame.ticks, 0)).toEqual({
      lastPrice: 12.5,
      lastQty: 0,
      bid: [none, 12.45, none, none, none],
      bidQty: [0, 75, none, none, none],
      askQty: [0, 0, none, none, none],
      volumeToday: 0,
      openInterest: 0,
      totalBidQty: 0,
      totalAskQty: 0,
    });
  });

  test('numbers of 64 bits, thirty levels, a field of two bytes, hundreds of instruments', () => {
    const level = { bidQ: 2 ** 40, bidP: 1.5, askQ: -3, askP: 1.55 };
    const marketFF = {
      ltpc: { ltp: 1.5, ltt: Number.MAX_SAFE_INTEGER, ltq: -1 },
      marketLevel: { bidAskQuote: Array.from({ length: 30 }, () => level) },
      casEligible: true,
      vtt: 2 ** 50 + 1,
    };
    const feeds = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`NSE_FO|${i}`, { requestMode: 3, fullFeed: { marketFF } }]),
    );
    const d = decoder();
    const frame = d.decode(encodeFrame(type, { type: 1, feeds, currentTs: 7 }));
    expect(frame.length).toBe(500);
    expect(d.keys.keyOf(frame.ticks.slot[499] as number)).toBe('NSE_FO|499');
    for (const row of [0, 127, 128, 499])
      expect(rowOf(frame.ticks, row)).toMatchObject({
        lastTradeTime: Number.MAX_SAFE_INTEGER,
        lastQty: -1,
        bidQty: Array.from({ length: 5 }, () => 2 ** 40),
        askQty: [-3, -3, -3, -3, -3],
        volumeToday: 2 ** 50 + 1,
      });
  });

  test('nothing of one frame is left in the next', () => {
    const d = decoder();
    d.decode(bytesOf(GOLDEN_FRAMES.optionFull));
    const frame = d.decode(encodeFrame(type, { type: 1, feeds: { 'NSE_FO|51507': { ltpc: { ltp: 3 } } } }));
    expect(rowOf(frame.ticks, 0)).toEqual({ lastPrice: 3, lastQty: 0 });
  });

  test('any message is read as protobufjs reads it', () => {
    const price = fc.double({ min: 0.05, max: 1e6, noNaN: true });
    const size = fc.integer({ min: 0, max: 2 ** 45 });
    const ltpc = fc.record({ ltp: price, ltt: size, ltq: size, cp: price });
    const quote = fc.record({ bidQ: size, bidP: price, askQ: size, askP: price });
    const marketFF = fc.record({
      ltpc,
      marketLevel: fc.record({ bidAskQuote: fc.array(quote, { maxLength: 6 }) }),
      vtt: size,
      oi: fc.double({ min: 0, max: 1e9, noNaN: true }),
    });
    const key = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, marketFF), { selector: ([k]) => k, maxLength: 8 }), (rows) => {
        const feeds = Object.fromEntries(rows.map(([k, ff]) => [k, { fullFeed: { marketFF: ff } }]));
        const d = decoder();
        const frame = d.decode(encodeFrame(type, { type: 1, feeds, currentTs: 1765771372453 }));
        const byKey = new Map(rows);
        expect(frame.length).toBe(Object.keys(feeds).length);
        for (let row = 0; row < frame.length; row++) {
          const sent = byKey.get(d.keys.keyOf(frame.ticks.slot[row] as number) ?? '');
          expect(frame.ticks.lastPrice[row]).toBe(sent?.ltpc.ltp);
          expect(frame.ticks.lastTradeTime[row]).toBe(sent?.ltpc.ltt || Number.NaN);
          expect(frame.ticks.volumeToday[row]).toBe(sent?.vtt);
          expect(frame.ticks.openInterest[row]).toBe(sent?.oi);
          const best = sent?.marketLevel.bidAskQuote[0];
          expect(frame.ticks.ask[row * 5]).toBe(best?.askP ?? Number.NaN);
          expect(frame.ticks.bidQty[row * 5]).toBe(best?.bidQ ?? Number.NaN);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a full feed is read alike in the usual layout and in any other: every figure, sizes of one to eight bytes, zeros left out', () => {
    const price = fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 1e6, noNaN: true }));
    const size = fc.oneof(
      fc.constant(0),
      ...[7, 14, 21, 28, 35, 49].map((bits) => fc.integer({ min: 1, max: 2 ** bits })),
    );
    const time = fc.oneof(fc.constant(0), fc.integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }), size);
    const bar = (interval: string) =>
      fc.record({
        interval: fc.constant(interval),
        open: price,
        high: price,
        low: price,
        close: price,
        vol: size,
        ts: time,
      });
    const marketFF = fc.record({
      ltpc: fc.record({ ltp: price, ltt: time, ltq: size, cp: price }),
      marketLevel: fc.record({
        bidAskQuote: fc.array(fc.record({ bidQ: size, bidP: price, askQ: size, askP: price }), {
          minLength: 5,
          maxLength: 5,
        }),
      }),
      optionGreeks: fc.record({ delta: price, theta: price, gamma: price, vega: price, rho: price }),
      marketOHLC: fc.tuple(bar('1d'), bar('I1')).map((ohlc) => ({ ohlc })),
      atp: price,
      vtt: size,
      oi: price,
      iv: price,
      tbq: price,
      tsq: price,
    });
    const known = (value: number): number => value || none;
    fc.assert(
      fc.property(marketFF, (ff) => {
        const { ticks } = decoder().decode(
          encodeFrame(type, { type: 1, feeds: { K: { fullFeed: { marketFF: ff } } } }),
        );
        const [day, minute] = ff.marketOHLC.ohlc;
        const { delta, theta, gamma, vega, rho } = ff.optionGreeks;
        const greeks = [delta, theta, gamma, vega, rho];
        const levels = ff.marketLevel.bidAskQuote;
        expect([ticks.lastPrice, ticks.lastTradeTime, ticks.lastQty, ticks.previousClose].map((c) => c[0])).toEqual([
          known(ff.ltpc.ltp),
          known(ff.ltpc.ltt),
          ff.ltpc.ltq,
          known(ff.ltpc.cp),
        ]);
        expect([ticks.bidQty, ticks.bid, ticks.askQty, ticks.ask].map((c) => [...c.subarray(0, 5)])).toEqual([
          levels.map((l) => l.bidQ),
          levels.map((l) => known(l.bidP)),
          levels.map((l) => l.askQ),
          levels.map((l) => known(l.askP)),
        ]);
        const none5 = greeks.every((g) => g === 0) ? greeks.map(() => none) : greeks;
        expect([ticks.delta, ticks.theta, ticks.gamma, ticks.vega, ticks.rho].map((c) => c[0])).toEqual(none5);
        expect([ticks.dayOpen, ticks.dayHigh, ticks.dayLow, ticks.dayClose, ticks.dayVolume].map((c) => c[0])).toEqual([
          ...[day.open, day.high, day.low, day.close].map(known),
          day.vol,
        ]);
        const { minuteTime, minuteOpen, minuteHigh, minuteLow, minuteClose, minuteVolume } = ticks;
        const minuteCells = [minuteTime, minuteOpen, minuteHigh, minuteLow, minuteClose, minuteVolume].map((c) => c[0]);
        const { ts, open, high, low, close, vol } = minute;
        expect(minuteCells).toEqual([...[ts, open, high, low, close].map(known), vol]);
        const totals = [ticks.averagePrice, ticks.impliedVolatility, ticks.volumeToday, ticks.openInterest];
        expect(totals.map((c) => c[0])).toEqual([known(ff.atp), known(ff.iv), ff.vtt, ff.oi]);
        expect([ticks.totalBidQty[0], ticks.totalAskQty[0]]).toEqual([ff.tbq, ff.tsq]);
      }),
      { numRuns: 500 },
    );
  });

  test('fields that we do not know are passed over', () => {
    const later = Uint8Array.of(0x78, 0x01, 0x7d, 1, 2, 3, 4, 0x7a, 1, 65, 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8);
    const frame = bytesOf(GOLDEN_FRAMES.indexLtpc);
    const longer = new Uint8Array(frame.length + 10);
    longer.set(frame);
    longer.set(later.subarray(0, 10), frame.length);
    expect(decoder().decode(longer).ticks.lastPrice[0]).toBe(26027.3);
  });
});

describe('damaged frames', () => {
  const whole = bytesOf(GOLDEN_FRAMES.optionFull);

  test('a frame cut off anywhere is refused or is a shorter whole one, never half an instrument', () => {
    for (let end = 1; end < whole.length; end++) {
      const d = decoder();
      let rows = 0;
      let code = '';
      try {
        rows = d.decode(whole.slice(0, end)).length;
      } catch (error) {
        code = isAppError(error) ? error.code : String(error);
      }
      expect(code === '' || code === 'SOS_DATA_CORRUPT').toBe(true);
      // The entry of the only instrument ends at byte 390; before that nothing may be shown.
      if (code === '') expect(rows).toBe(end < 390 ? 0 : 1);
    }
  });

  test('a field whose size is negative or beyond the frame is refused: going back would never end', () => {
    const negative = [0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    for (const size of [negative, [0xff, 0xff, 0xff, 0xff, 0x07]])
      for (let at = 0; at + size.length < whole.length; at++) {
        const frame = whole.slice();
        // Field 15, which the layout does not have, of wire type 2.
        frame.set([0x7a, ...size].slice(0, frame.length - at), at);
        const d = decoder();
        let code: unknown = '';
        try {
          d.decode(frame);
        } catch (error) {
          code = isAppError(error) && error.code;
        }
        expect(['', 'SOS_DATA_CORRUPT']).toContain(code);
      }
    const alone = Uint8Array.from([0x7a, ...negative]);
    expect(() => decoder().decode(alone)).toThrow('a field that is cut off');
  });

  test('any bytes end in an answer or in SOS_DATA_CORRUPT, and the decoder is fit for the next frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(whole.length - 1), (noise, at) => {
        const frame = whole.slice();
        frame.set(noise.subarray(0, frame.length - at), at);
        const d = decoder();
        try {
          d.decode(frame);
        } catch (error) {
          expect(isAppError(error) && error.code).toBe('SOS_DATA_CORRUPT');
        }
        expect(rowOf(d.decode(whole).ticks, 0)).toMatchObject(LTPC);
      }),
      { numRuns: 2000 },
    );
  });
});

test('key table: thousands of keys keep their slots', () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 5000 }, (_, i) => `NSE_FO|${i * 7}`);
  const slots = keys.map((k) => table.slotOf(k));
  expect(slots).toEqual(keys.map((_, i) => i));
  expect(keys.map((k) => table.slotOf(k))).toEqual(slots);
  expect(table.size).toBe(5000);
  expect(table.keyOf(5000)).toBeUndefined();
});
