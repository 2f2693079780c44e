import { istInstant, parseIstDate } from '@sos/domain';
import { TickFolder } from './feed/tick-folder.js';
import { makePageSide, type ChainPage } from './nse-chain/chain-page.js';
import { chainTapesOf } from './nse-chain/chain-day.js';
import { isFreakPrint, isOhlc, isOnTick } from './price-checks.js';
import type { RepairReason, Tally } from './faults.js';

const DAY = parseIstDate('2025-12-15');
const EXPIRY = parseIstDate('2025-12-30');

test('a bar contains its open and close, and its prices are above zero', () => {
  expect(isOhlc({ open: 10, high: 12, low: 9, close: 12 })).toBe(true);
  expect(isOhlc({ open: 10, high: 11, low: 9, close: 12 })).toBe(false);
  expect(isOhlc({ open: 10, high: 12, low: 10.05, close: 11 })).toBe(false);
  expect(isOhlc({ open: 10, high: 12, low: 0, close: 12 })).toBe(false);
});

test('multiples of five paise, through the noise of floats', () => {
  expect([0.05, 0.15, 24500.35, 1.1 + 2.2].map((price) => isOnTick(price, 5))).toEqual([true, true, true, true]);
  expect([0.03, 100.01, 99.99].map((price) => isOnTick(price, 5))).toEqual([false, false, false]);
});

test('a misprint is eight times away from both neighbours and not a matter of small change', () => {
  expect(isFreakPrint(900, 100, 110)).toBe(true);
  expect(isFreakPrint(12, 100, 110)).toBe(true);
  // What follows agrees with it: the market moved.
  expect(isFreakPrint(900, 100, 850)).toBe(false);
  expect(isFreakPrint(0.45, 0.05, 0.05)).toBe(false);
  expect(isFreakPrint(900, Number.NaN, 110)).toBe(false);
});

test('a misprinted trade makes no price, its volume was traded', () => {
  const folder = new TickFolder({ open: istInstant(DAY, '09:15'), close: istInstant(DAY, '15:30') });
  const prices = [100, 100, 1000, 101];
  prices.forEach((tradePrice, i) => {
    const at = istInstant(DAY, `09:15:${String(i * 15).padStart(2, '0')}`);
    const book = { bid: 99, ask: 101, bidQty: 35, askQty: 35 };
    folder.add({
      ...book,
      recordedAt: at,
      tradeTime: at,
      tradePrice,
      tradeQty: 35,
      volumeToday: 35 * (i + 1),
      openInterest: 0,
    });
  });
  folder.finish();
  expect([folder.minutes.high[0], folder.minutes.close[0], folder.minutes.volume[0]]).toEqual([101, 101, 105]);
  expect(folder.repairs).toEqual({ 'freak-price': 1 });
});

test('on a chain misprints, prices off the tick and crossed quotes are unknown, each counted', () => {
  const ltp = [100, 1000, 101, 100.02];
  const pages = ltp.map((price, i) => {
    const call = makePageSide(1);
    call.ltp[0] = price;
    [call.bid[0], call.ask[0]] = i === 2 ? [102, 101] : [99, 101];
    const at = istInstant(DAY, `10:0${i}`);
    const page: ChainPage = {
      file: 'x',
      underlying: 'BANKNIFTY',
      eventTime: at,
      availableAt: at,
      spot: Number.NaN,
      inLots: { volume: true, openInterest: true },
      rows: 1,
      inputRows: 1,
      expiry: [EXPIRY],
      strike: Float64Array.of(59_400),
      call,
      put: makePageSide(1),
    };
    return { page, eventTime: at, availableAt: at };
  });
  const repairs: Tally<RepairReason> = {};
  const [tape] = chainTapesOf({ underlying: 'BANKNIFTY', date: DAY, pages, lotSize: () => 35, tickPaise: 5 }, repairs);
  expect([...(tape?.call.ltp ?? [])]).toEqual([100, Number.NaN, 101, Number.NaN]);
  expect([...(tape?.call.bid ?? [])]).toEqual([99, 99, Number.NaN, 99]);
  expect(repairs).toEqual({ 'freak-price': 1, 'off-tick-price': 1, 'crossed-quote': 1, 'side-missing': 4 });
});
