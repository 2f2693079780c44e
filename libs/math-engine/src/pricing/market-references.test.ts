import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeRecorded, quantile, readParquet, recorded, sampled } from '../fixtures/recorded-data.js';
import { black76Greeks } from './black76-greeks.js';
import { RHO_PER_PERCENT, THETA_PER_DAY, VEGA_PER_POINT, makeGreeks } from './greeks.js';
import { impliedVolatility } from './implied-volatility.js';
import { parityForward } from './parity-forward.js';
import { calendarYears } from './year-fraction.js';

const number = (x: unknown): number => (x === null || x === undefined || x === 'NA' ? Number.NaN : Number(x));

describeRecorded('pricing-reference', 'the 580 solved rows of the pricing reference (spot, r = 10 %, act/365)', () => {
  test('IV, delta, gamma, vega, theta and rho are reproduced', async () => {
    const rows = await readParquet(recorded('pricing-reference', 'nifty_gold_sample.parquet'));
    const solved = rows.filter((r) => r['bsm_status'] === 'ok');
    expect(solved).toHaveLength(580);
    for (const r of solved) {
      const [spot, strike, years, close] = ['independent_nifty_spot', 'strike', 't_years_act365', 'close'].map((k) =>
        number(r[k]),
      ) as [number, number, number, number];
      const isCall = r['option_type'] === 'CALL';
      const growth = Math.exp(0.1 * years);
      const forward = spot * growth;
      const sigma = impliedVolatility(close, forward, strike, years, isCall, 1 / growth);
      expect(Math.abs(sigma - number(r['bsm_iv_close']))).toBeLessThan(1e-7);
      const g = black76Greeks(forward, strike, years, number(r['bsm_iv_close']), isCall, 1 / growth, makeGreeks());
      // Theirs are derivatives by the spot, with the forward moving along.
      expect(g.delta * growth).toBeCloseTo(number(r['bsm_delta']), 9);
      expect(g.gamma * growth * growth).toBeCloseTo(number(r['bsm_gamma']), 10);
      expect(g.vega * VEGA_PER_POINT).toBeCloseTo(number(r['bsm_vega_per_100']), 8);
      expect((g.theta - 0.1 * forward * g.delta) * THETA_PER_DAY).toBeCloseTo(number(r['bsm_theta_per_day_365']), 8);
      expect((g.rho + years * forward * g.delta) * RHO_PER_PERCENT).toBeCloseTo(number(r['bsm_rho_per_100']), 7);
    }
  });
});

/** Strikes and rights by instrument key, from the master of 2025-12-23; expiry 2025-12-30 15:30 IST. */
const UPSTOX: Record<string, readonly [strike: number, isCall: boolean]> = {
  'NSE_FO|51414': [59_000, true],
  'NSE_FO|51420': [59_200, true],
  'NSE_FO|51460': [59_400, true],
  'NSE_FO|51461': [59_400, false],
  'NSE_FO|51498': [59_600, false],
  'NSE_FO|51502': [59_800, false],
  'NSE_FO|51507': [59_900, true],
  'NSE_FO|51510': [59_900, false],
  'NSE_FO|60166': [60_000, true],
};
const UPSTOX_EXPIRY = Date.UTC(2025, 11, 30, 10, 0);
const IST_MS = 5.5 * 3_600_000;
/** The recorder's clock was about five seconds slow. */
const SLOW_MS = 5000;

interface UpstoxMessage {
  readonly instrumentKey: string;
  readonly _insertion_time: string;
  readonly fullFeed: {
    readonly marketFF: {
      readonly optionGreeks?: {
        readonly delta: number;
        readonly theta: number;
        readonly vega: number;
        readonly rho: number;
      };
      readonly iv?: number;
    };
  };
}

/** How far the feed's numbers are from ours, each as a multiple of what its own rounding and clock leave open. */
interface FeedMiss {
  readonly delta: number;
  readonly theta: number;
  readonly vega: number;
}

/** The forward that makes the feed's rho, T (F Δ − price) / 100, come out; the feed does not say which one it used. */
function forwardOf(rho: number, at: { strike: number; years: number; sigma: number; isCall: boolean }): number {
  const g = makeGreeks();
  let low = at.strike * 0.8;
  let high = at.strike * 1.25;
  for (let n = 0; n < 60; n++) {
    const forward = (low + high) / 2;
    black76Greeks(forward, at.strike, at.years, at.sigma, at.isCall, 1, g);
    if ((g.rho + at.years * forward * g.delta) * RHO_PER_PERCENT < rho) low = forward;
    else high = forward;
  }
  return (low + high) / 2;
}

/** Half a unit of the feed's last digit. */
const HALF_DIGIT = 5e-5;
/** What is unknown of the moment at which the feed computed: clock and transport, seconds. */
const CLOCK_SECONDS = 6;
const SECONDS_PER_YEAR = 365 * 86_400;

/**
 * The feed gives neither its forward nor its moment. The forward is taken from rho, which leaves open what rho's own rounding moves; the moment lies between the last change of
 * the Greeks, `age` seconds ago, and now.
 */
function missOf(message: UpstoxMessage, age: number): FeedMiss | null {
  const { optionGreeks, iv } = message.fullFeed.marketFF;
  const contract = UPSTOX[message.instrumentKey];
  if (optionGreeks === undefined || iv === undefined || iv === 0 || contract === undefined) return null;
  const [strike, isCall] = contract;
  const years = calendarYears(instantOf(message), UPSTOX_EXPIRY);
  const forward = forwardOf(optionGreeks.rho, { strike, years, sigma: iv, isCall });
  const g = black76Greeks(forward, strike, years, iv, isCall, 1, makeGreeks());
  const step = HALF_DIGIT / (RHO_PER_PERCENT * years * forward * g.gamma);
  const moved = black76Greeks(forward + step, strike, years, iv, isCall, 1, makeGreeks());
  const past = years + (CLOCK_SECONDS + age) / SECONDS_PER_YEAR;
  const earlier = black76Greeks(forward, strike, past, iv, isCall, 1, makeGreeks());
  const miss = (name: 'delta' | 'theta' | 'vega', unit: number): number => {
    const open = Math.abs(moved[name] - g[name]) + Math.abs(earlier[name] - g[name]);
    return Math.abs(g[name] * unit - optionGreeks[name]) / (HALF_DIGIT + open * unit);
  };
  return { delta: miss('delta', 1), theta: miss('theta', THETA_PER_DAY), vega: miss('vega', VEGA_PER_POINT) };
}

function instantOf(message: UpstoxMessage): number {
  return Date.parse(`${message._insertion_time.replace(' ', 'T')}Z`) - IST_MS + SLOW_MS;
}

/** Seconds since the Greeks of each message were first seen. */
function agesOf(messages: readonly UpstoxMessage[]): number[] {
  let before: UpstoxMessage['fullFeed']['marketFF']['optionGreeks'];
  let since = 0;
  return messages.map((message) => {
    const greeks = message.fullFeed.marketFF.optionGreeks;
    const isSame = greeks?.delta === before?.delta && greeks?.theta === before?.theta && greeks?.vega === before?.vega;
    if (!isSame) since = instantOf(message);
    before = greeks;
    return (instantOf(message) - since) / 1000;
  });
}

describeRecorded(
  'upstox-ticks-2025-12-15',
  'Greeks of the Upstox feed (undiscounted Black-76, printed to 4 decimals)',
  () => {
    const folder = recorded('upstox-ticks-2025-12-15');

    // All 226,723 messages in the deep suite: 99.8 %, 99.3 % and 98.9 %. The rest follow pauses of the feed, whose Greeks lag behind.
    test('delta, theta and vega of one forward agree to the feed’s rounding', () => {
      const misses: FeedMiss[] = [];
      const files = readdirSync(folder).filter((f) => f.endsWith('.gz'));
      for (const name of sampled(files.sort(), 4)) {
        const text = gunzipSync(readFileSync(path.join(folder, name))).toString('utf8');
        const messages: UpstoxMessage[] = JSON.parse(text);
        const ages = agesOf(messages);
        for (const i of sampled([...messages.keys()], 20)) {
          const message = messages[i];
          const miss = message === undefined ? null : missOf(message, ages[i] ?? 0);
          if (miss !== null) misses.push(miss);
        }
      }
      expect(misses.length).toBeGreaterThan(3000);
      const share = (name: keyof FeedMiss): number => misses.filter((m) => m[name] <= 1).length / misses.length;
      expect(share('delta')).toBeGreaterThan(0.995);
      expect(share('theta')).toBeGreaterThan(0.985);
      expect(share('vega')).toBeGreaterThan(0.98);
    }, 300_000);
  },
);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 15:30 IST of a `dd-Mon-yyyy` date. */
function expiryInstant(text: string): number {
  const [day = '', month = '', year = ''] = text.split('-');
  return Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), 10, 0);
}

const DAY_MS = 86_400_000;

function nseErrors(file: string): { call: number[]; put: number[] } {
  const [, y, mo, d, h, mi] = /_(\d{4})-(\d\d)-(\d\d)_(\d\d)-(\d\d)/.exec(file)?.map(Number) ?? [];
  const now = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi);
  const errors: { call: number[]; put: number[] } = { call: [], put: [] };
  for (const line of readFileSync(recorded('chain-20m-2025-10', file), 'utf8').split('\n').slice(1)) {
    const cells = line.split(',');
    const strike = number(cells[2]);
    const spot = number(cells[3]);
    const days = Math.round((expiryInstant(cells[1] ?? '') - now) / DAY_MS);
    if (!(days >= 1 && days <= 35) || !(Math.abs(strike / spot - 1) < 0.03)) continue;
    const years = days / 365;
    const growth = Math.exp(0.1 * years);
    for (const [side, iv, last] of [
      ['call', cells[6], cells[7]],
      ['put', cells[14], cells[15]],
    ] as const) {
      const sigma = impliedVolatility(number(last), spot * growth, strike, years, side === 'call', 1 / growth);
      if (number(iv) > 0 && sigma > 0) errors[side].push(100 * sigma - number(iv));
    }
  }
  return errors;
}

describeRecorded('chain-20m-2025-10', 'NSE’s own IV (spot, r = 10 %, whole days / 365)', () => {
  // All 312 files: +0.003 (calls) and +0.004 (puts); without the sign 0.175 and 0.137, as a last price is seconds to minutes older than the spot beside it.
  test('the median of the signed error is at most 0.1 volatility points on either side, without the sign 0.2', () => {
    const files = readdirSync(recorded('chain-20m-2025-10'))
      .filter((f) => f.endsWith('.csv'))
      .sort();
    const all = sampled(files, 5).map(nseErrors);
    for (const side of ['call', 'put'] as const) {
      const errors = all.flatMap((e) => e[side]);
      expect(errors.length).toBeGreaterThan(500);
      expect(Math.abs(quantile(errors, 0.5))).toBeLessThanOrEqual(0.1);
      expect(quantile(errors.map(Math.abs), 0.5)).toBeLessThanOrEqual(0.2);
    }
  }, 120_000);
});

/** Call against put of one strike, in volatility points. */
interface Pair {
  readonly expiry: string;
  /** |IV call − IV put| of the mid prices. */
  readonly apart: number;
  /** Spreads of both together. */
  readonly spread: number;
}

/** Every two-sided strike within 1 % of the parity forward of its expiry, of one snapshot. */
async function pairsOf(file: string): Promise<Pair[]> {
  const rows = await readParquet(recorded('chain-1m-2025-08-29', file));
  const pairs: Pair[] = [];
  const time = String(rows[0]?.['Fetch_Time']);
  const [hour = 0, minute = 0, second = 0] = (time.split(' ')[1] ?? '').split(':').map(Number);
  const now = Date.UTC(2025, 7, 29, hour, minute, second) - IST_MS;
  for (const expiry of new Set(rows.map((r) => String(r['Expiry_Date'])))) {
    const years = calendarYears(now, expiryInstant(expiry));
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
    pairs.push(...pairsNear(quotes, { forward: forward.value, years, discount }).map((p) => ({ ...p, expiry })));
  }
  return pairs;
}

type Quotes = Record<'strikes' | 'callBid' | 'callAsk' | 'putBid' | 'putAsk', Float64Array>;

/** Cut-off yield of the 91-day treasury bill at the end of August 2025, about 5.5 %. */
const BILL_RATE = 0.055;

function pairsNear(quotes: Quotes, at: { forward: number; years: number; discount: number }): Omit<Pair, 'expiry'>[] {
  const { forward, years, discount } = at;
  const pairs: Omit<Pair, 'expiry'>[] = [];
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
    pairs.push({ apart: 100 * Math.abs(call - put), spread });
  }
  return pairs;
}

/*
 * All 306 NIFTY snapshots, 21,554 two-sided pairs, no filter: 88.3 % within 0.10 points. By expiry (days left): 4: 94.2 %, 11: 97.8 %, 18: 96.4 %, 25: 65.3 %, 32: 99.4 %,
 * 60: 99.3 %, 88: 70.2 %. What misses are the thinly quoted expiries (median spread of a pair 0.9 and 1.4 points, where a mid says less than what is looked for) and, four days before
 * expiry, quotes that were not taken at one moment (0.10 points are 0.9 rupees there).
 */
describeRecorded(
  'chain-1m-2025-08-29',
  'call and put IV of the same strike on the parity forward, within 1 % of it',
  () => {
    const TENTH = 0.1;
    let pairs: Pair[] = [];
    beforeAll(async () => {
      const files = readdirSync(recorded('chain-1m-2025-08-29'))
        .filter((f) => f.startsWith('NIFTY_'))
        .sort();
      pairs = (await Promise.all(sampled(files, 25).map(pairsOf))).flat();
    }, 300_000);

    const share = (some: readonly Pair[], holds: (p: Pair) => boolean): number =>
      some.filter(holds).length / some.length;
    const spreadOf = (some: readonly Pair[]): number =>
      quantile(
        some.map((p) => p.spread),
        0.5,
      );

    test('95 % are within 0.10 volatility points where the spread of both is at most 0.3', () => {
      const narrow = pairs.filter((p) => p.spread <= 0.3);
      expect(narrow.length).toBeGreaterThan(300);
      expect(share(narrow, (p) => p.apart <= TENTH)).toBeGreaterThanOrEqual(0.95);
    });

    test('without looking at the single spread: 95 % of all expiries that are quoted within 0.2 in the median, the nearest week excepted, which has 92 %', () => {
      const expiries = [...new Set(pairs.map((p) => p.expiry))];
      const [nearest = '', ...later] = expiries.sort((a, b) => expiryInstant(a) - expiryInstant(b));
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
  },
);
