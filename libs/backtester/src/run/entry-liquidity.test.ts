import {
  istInstant,
  paise,
  parseIstDate,
  units,
  type ChargeBreakdown,
  type EpochMs,
  type FillRecord,
  type OptionSeries,
} from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { entryLiquidity } from './entry-liquidity.js';

const DAY = parseIstDate('2026-01-12');
const contract = optionContract({
  underlying: 'NIFTY',
  expiry: parseIstDate('2026-01-13'),
  strike: 25_000,
  right: 'CE',
});
const OPEN = istInstant(DAY, '10:00');
const MINUTE = 60_000;
const STALE = 180_000;

/** Rows at minutes after ten; bars end there, pages say what is then known five seconds later. */
function series(kind: OptionSeries['kind'], minutes: readonly number[]): OptionSeries {
  const column = (of: (minute: number, row: number) => number): Float64Array => Float64Array.from(minutes, of);
  const time = column((m) => OPEN + m * MINUTE);
  const nothing = column(() => Number.NaN);
  return {
    contract,
    kind,
    source: 'recorded',
    length: minutes.length,
    openTime: kind === 'bars' ? time.map((at) => at - MINUTE) : time,
    time,
    availableAt: time.map((at) => at + 5_000),
    open: nothing,
    high: nothing,
    low: nothing,
    close: nothing,
    bid: nothing,
    ask: nothing,
    bidQty: nothing,
    askQty: column((_, row) => 75 * (row + 1)),
    volume: column((m, row) => (m === 3 ? Number.NaN : 1_000 * (row + 1))),
    openInterest: nothing,
  };
}

const CHARGES = {} as ChargeBreakdown;
const fill = (seconds: number, change: Partial<FillRecord> = {}): FillRecord => ({
  seq: 1,
  orderId: 7,
  time: (OPEN + seconds * 1000) as EpochMs,
  contract: contract.id,
  side: 'BUY',
  units: units(75),
  price: paise(100),
  decisionBid: null,
  decisionAsk: null,
  spread: paise(5),
  attempt: 0,
  charges: CHARGES,
  source: 'recorded',
  ...change,
});
const of = (s: OptionSeries, fills: readonly FillRecord[]) => entryLiquidity(fills, new Set([s]), STALE);

describe('what the market of an entry could have borne', () => {
  it('is the volume of the bar around the fill, and the offer of the last row known before it', () => {
    expect(of(series('bars', [1, 2, 3]), [fill(90)])).toEqual([{ orderId: 7, minuteVolume: 2_000, touchUnits: 75 }]);
    // The row of 10:01 becomes known five seconds later.
    expect(of(series('bars', [0, 1, 2]), [fill(63)])).toEqual([{ orderId: 7, minuteVolume: 3_000, touchUnits: 75 }]);
    expect(of(series('bars', [0, 1, 2]), [fill(65)])).toEqual([{ orderId: 7, minuteVolume: 3_000, touchUnits: 150 }]);
  });

  it('is unknown in a gap, before the first and after the last row, and where the row does not say', () => {
    expect(of(series('bars', [5]), [fill(90)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: null }]);
    expect(of(series('bars', [1]), [fill(90)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: 75 }]);
    expect(of(series('bars', [1, 2, 3]), [fill(150)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: 150 }]);
  });

  it('between pages counts only where they are a minute apart; a stale page offers nothing', () => {
    expect(of(series('quotes', [0, 1, 2]), [fill(90)])).toEqual([{ orderId: 7, minuteVolume: 3_000, touchUnits: 150 }]);
    expect(of(series('quotes', [0, 20]), [fill(90)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: 75 }]);
    expect(of(series('quotes', [0, 20]), [fill(181)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: null }]);
    expect(of(series('quotes', [1]), [fill(30)])).toEqual([{ orderId: 7, minuteVolume: null, touchUnits: null }]);
  });

  it('is told once for an order, for buys, and for contracts of the session', () => {
    const s = series('bars', [1, 2]);
    expect(of(s, [fill(70), fill(80), fill(80, { orderId: 8 }), fill(90, { side: 'SELL', orderId: 9 })])).toHaveLength(
      2,
    );
    expect(entryLiquidity([fill(70)], new Set(), STALE)).toEqual([]);
  });
});
