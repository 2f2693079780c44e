import { readdirSync } from 'node:fs';
import { nseExpiryInstant } from '../fixtures/nse-expiry.js';
import { describeRecorded, quantile, readParquet, recorded, sampled } from '../fixtures/recorded-data.js';
import { black76Greeks } from './black76-greeks.js';
import { VEGA_PER_POINT, makeGreeks } from './greeks.js';
import { impliedVolatility } from './implied-volatility.js';
import { parityForward } from './parity-forward.js';
import { calendarYears } from './year-fraction.js';

const number = (x: unknown): number => (x === null || x === undefined || x === 'NA' ? Number.NaN : Number(x));
const IST_MS = 5.5 * 3_600_000;

/** Call against put of one strike, in volatility points. */
interface Pair {
  readonly expiry: string;
  /** |IV call − IV put| of the mid prices. */
  readonly apart: number;
  /** Spreads of both together. */
  readonly spread: number;
  /** Both traded since the page before, about 65 seconds ago: what stands in the book has been looked at. */
  readonly isFresh: boolean;
}

const FOLDER = 'chain-1m-2025-08-29';
const cellOf = (row: Record<string, unknown>): string => `${String(row['Expiry_Date'])} ${number(row['Strike_Price'])}`;

/** Units traded of each call and put so far, by expiry and strike. */
async function volumesOf(file: string): Promise<Map<string, readonly [call: number, put: number]>> {
  const rows = await readParquet(recorded(FOLDER, file));
  return new Map(rows.map((r) => [cellOf(r), [number(r['CALLS_Volume']), number(r['PUTS_Volume'])]]));
}

/** Every two-sided strike within 1 % of the parity forward of its expiry, of one page, beside the page before it. */
async function pairsOf([before, file]: readonly [string, string]): Promise<Pair[]> {
  const earlier = await volumesOf(before);
  const hasTraded = (row: Record<string, unknown> | undefined): boolean => {
    const [call, put] = earlier.get(row === undefined ? '' : cellOf(row)) ?? [Number.NaN, Number.NaN];
    return number(row?.['CALLS_Volume']) > call && number(row?.['PUTS_Volume']) > put;
  };
  const rows = await readParquet(recorded(FOLDER, file));
  const pairs: Pair[] = [];
  const time = String(rows[0]?.['Fetch_Time']);
  const [hour = 0, minute = 0, second = 0] = (time.split(' ')[1] ?? '').split(':').map(Number);
  const now = Date.UTC(2025, 7, 29, hour, minute, second) - IST_MS;
  for (const expiry of new Set(rows.map((r) => String(r['Expiry_Date'])))) {
    const years = calendarYears(now, nseExpiryInstant(expiry));
    const chain = rows
      .filter((r) => r['Expiry_Date'] === expiry)
      .sort((a, b) => number(a['Strike_Price']) - number(b['Strike_Price']));
    const column = (name: string): Float64Array => Float64Array.from(chain, (r) => number(r[name]));
    const quotes = {
      strikes: column('Strike_Price'),
      callBid: column('CALLS_Bid_Price'),
      callAsk: column('CALLS_Ask_Price'),
      putBid: column('PUTS_Bid_Price'),
      putAsk: column('PUTS_Ask_Price'),
    };
    const discount = Math.exp(-BILL_RATE * years);
    const forward = parityForward({ ...quotes, discount });
    if (forward.rung !== 'parity') continue;
    for (const { row, ...pair } of pairsNear(quotes, { forward: forward.value, years, discount }))
      pairs.push({ ...pair, expiry, isFresh: hasTraded(chain[row]) });
  }
  return pairs;
}

type Quotes = Record<'strikes' | 'callBid' | 'callAsk' | 'putBid' | 'putAsk', Float64Array>;

/** Cut-off yield of the 91-day treasury bill at the end of August 2025, about 5.5 %. */
const BILL_RATE = 0.055;

interface QuotedPair extends Pick<Pair, 'apart' | 'spread'> {
  /** Row of the strike in the quotes. */
  readonly row: number;
}

function pairsNear(quotes: Quotes, at: { forward: number; years: number; discount: number }): QuotedPair[] {
  const { forward, years, discount } = at;
  const pairs: QuotedPair[] = [];
  for (let i = 0; i < quotes.strikes.length; i++) {
    const cell = (name: keyof Quotes): number => quotes[name][i] ?? Number.NaN;
    const [strike, callBid, callAsk, putBid, putAsk] = [
      cell('strikes'),
      cell('callBid'),
      cell('callAsk'),
      cell('putBid'),
      cell('putAsk'),
    ];
    const isTwoSided = callBid > 0 && putBid > 0 && callAsk >= callBid && putAsk >= putBid;
    if (!isTwoSided || Math.abs(strike / forward - 1) > 0.01) continue;
    const call = impliedVolatility((callBid + callAsk) / 2, forward, strike, years, true, discount);
    const put = impliedVolatility((putBid + putAsk) / 2, forward, strike, years, false, discount);
    const { vega } = black76Greeks(forward, strike, years, (call + put) / 2, true, discount, makeGreeks());
    const spread = (callAsk - callBid + putAsk - putBid) / (VEGA_PER_POINT * vega);
    pairs.push({ row: i, apart: 100 * Math.abs(call - put), spread });
  }
  return pairs;
}

/*
 * All 306 NIFTY pages. A page does not say when a quote was made, only what has traded: a pair is fresh when both its call and its put traded since the page before. Of 9,973
 * fresh pairs 96.5 % are within 0.10 points. By expiry (days left): 4: 94.0 %, 11: 97.6 %, 18: 94.5 %, 25: 92.0 % (175 pairs), 32: 99.3 %, 60: 99.1 %, 123: 100 %.
 * Of all 20,560 two-sided pairs 88.2 %: what misses are thinly quoted expiries (25 days: 64.9 %, 88 days: 70.2 %; median spread of a pair 0.9 and 1.4 points, where a mid
 * says less than what is looked for). That a quote has changed since the page before says little (89.4 %): market makers requote everything; prices weighted by
 * size at the touch are worse than mids (82.1 %).
 */
describeRecorded(FOLDER, 'call and put IV of the same strike on the parity forward, within 1 % of it', () => {
  const TENTH = 0.1;
  let pairs: Pair[] = [];
  beforeAll(async () => {
    const files = readdirSync(recorded(FOLDER))
      .filter((f) => f.startsWith('NIFTY_'))
      .sort();
    const steps = files.slice(1).map((file, i) => [files[i] as string, file] as const);
    pairs = (await Promise.all(sampled(steps, 2).map(pairsOf))).flat();
  }, 300_000);

  const share = (some: readonly Pair[], holds: (p: Pair) => boolean): number => some.filter(holds).length / some.length;
  const spreadOf = (some: readonly Pair[]): number =>
    quantile(
      some.map((p) => p.spread),
      0.5,
    );

  test('of fresh two-sided pairs 95 % are within 0.10 volatility points', () => {
    const fresh = pairs.filter((p) => p.isFresh);
    expect(fresh.length).toBeGreaterThan(400);
    expect(share(fresh, (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.95);
  });

  test('95 % are within 0.10 volatility points where the spread of both is at most 0.3', () => {
    const narrow = pairs.filter((p) => p.spread <= 0.3);
    expect(narrow.length).toBeGreaterThan(300);
    expect(share(narrow, (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.95);
  });

  test('without looking at the single spread: 95 % of all expiries that are quoted within 0.2 in the median, the nearest week excepted, which has 92 %', () => {
    const expiries = [...new Set(pairs.map((p) => p.expiry))];
    const [nearest = '', ...later] = expiries.sort((a, b) => nseExpiryInstant(a) - nseExpiryInstant(b));
    const of = (expiry: string): Pair[] => pairs.filter((p) => p.expiry === expiry);
    const quoted = later.filter((e) => of(e).length > 100 && spreadOf(of(e)) <= 0.2);
    expect(quoted.length).toBeGreaterThanOrEqual(4);
    for (const expiry of quoted) expect(share(of(expiry), (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.95);
    expect(share(of(nearest), (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.92);
  });

  test('without any filter: 86 % by mid prices, and for 98 % some price inside both spreads is within 0.10', () => {
    expect(share(pairs, (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.86);
    expect(share(pairs, (p) => p.apart - p.spread / 2 <= TENTH)).toBeGreaterThanOrEqual(0.98);
  });
});
