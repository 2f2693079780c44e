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

function missOf(message: UpstoxMessage): FeedMiss | null {
  const { optionGreeks, iv } = message.fullFeed.marketFF;
  const contract = UPSTOX[message.instrumentKey];
  if (optionGreeks === undefined || iv === undefined || iv === 0 || contract === undefined) return null;
  const [strike, isCall] = contract;
  const now = Date.parse(`${message._insertion_time.replace(' ', 'T')}Z`) - IST_MS + SLOW_MS;
  const years = calendarYears(now, UPSTOX_EXPIRY);
  const forward = forwardOf(optionGreeks.rho, { strike, years, sigma: iv, isCall });
  const g = black76Greeks(forward, strike, years, iv, isCall, 1, makeGreeks());
  return {
    delta: Math.abs(g.delta - optionGreeks.delta),
    theta: Math.abs(g.theta * THETA_PER_DAY - optionGreeks.theta),
    vega: Math.abs(g.vega * VEGA_PER_POINT - optionGreeks.vega),
  };
}

/** Whether the message brings other Greeks than the one before: their moment is known only then. */
function isFresh(message: UpstoxMessage, i: number, all: readonly UpstoxMessage[]): boolean {
  const before = all[i - 1]?.fullFeed.marketFF.optionGreeks;
  const now = message.fullFeed.marketFF.optionGreeks;
  return before !== undefined && now !== undefined && (now.theta !== before.theta || now.vega !== before.vega);
}

describeRecorded(
  'upstox-ticks-2025-12-15',
  'Greeks of the Upstox feed (undiscounted Black-76, printed to 4 decimals)',
  () => {
    const folder = recorded('upstox-ticks-2025-12-15');

    test('delta, theta and vega of one forward agree to the feed’s rounding', () => {
      const misses: FeedMiss[] = [];
      for (const name of sampled(
        readdirSync(folder)
          .filter((f) => f.endsWith('.gz'))
          .sort(),
        4,
      )) {
        const messages: UpstoxMessage[] = JSON.parse(
          gunzipSync(readFileSync(path.join(folder, name))).toString('utf8'),
        );
        for (const message of sampled(messages.filter(isFresh), 5)) {
          const miss = missOf(message);
          if (miss !== null) misses.push(miss);
        }
      }
      expect(misses.length).toBeGreaterThan(1000);
      // Half a unit of the last digit, plus what the rounding of rho leaves open; a few messages carry Greeks from before a pause.
      expect(
        quantile(
          misses.map((m) => m.delta),
          0.999,
        ),
      ).toBeLessThan(7e-5);
      expect(
        quantile(
          misses.map((m) => m.theta),
          0.98,
        ),
      ).toBeLessThan(1e-4);
      expect(
        quantile(
          misses.map((m) => m.vega),
          0.95,
        ),
      ).toBeLessThan(2e-4);
      expect(
        quantile(
          misses.map((m) => m.vega),
          0.98,
        ),
      ).toBeLessThan(1e-3);
    }, 120_000);
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
  test('the median error is at most 0.1 volatility points on either side', () => {
    const files = readdirSync(recorded('chain-20m-2025-10'))
      .filter((f) => f.endsWith('.csv'))
      .sort();
    const all = sampled(files, 5).map(nseErrors);
    for (const side of ['call', 'put'] as const) {
      const errors = all.flatMap((e) => e[side]);
      expect(errors.length).toBeGreaterThan(500);
      expect(Math.abs(quantile(errors, 0.5))).toBeLessThanOrEqual(0.1);
      // A last price is seconds to minutes older than the spot beside it, which is all that is left.
      expect(quantile(errors.map(Math.abs), 0.5)).toBeLessThanOrEqual(0.25);
    }
  }, 120_000);
});

/** |IV call − IV put| in volatility points of every two-sided strike within 1 % of the parity forward, per expiry of one snapshot. */
async function sidesApart(file: string): Promise<number[]> {
  const rows = await readParquet(recorded('chain-1m-2025-08-29', file));
  const apart: number[] = [];
  const time = String(rows[0]?.['Fetch_Time']);
  const [hour = 0, minute = 0, second = 0] = (time.split(' ')[1] ?? '').split(':').map(Number);
  const now = Date.UTC(2025, 7, 29, hour, minute, second) - IST_MS;
  for (const expiry of new Set(rows.map((r) => String(r['Expiry_Date'])))) {
    const years = calendarYears(now, expiryInstant(expiry));
    const chain = rows
      .filter((r) => r['Expiry_Date'] === expiry)
      .sort((a, b) => number(a['Strike_Price']) - number(b['Strike_Price']));
    if (years > 35 / 365) continue;
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
    apart.push(...apartNear(quotes, { forward: forward.value, years, discount }));
  }
  return apart;
}

type Quotes = Record<'strikes' | 'callBid' | 'callAsk' | 'putBid' | 'putAsk', Float64Array>;

/** Cut-off yield of the 91-day treasury bill at the end of August 2025, about 5.5 %. */
const BILL_RATE = 0.055;
/** Spread of call and put together, in volatility points, above which a mid price says less than the difference that is looked for. */
const WIDEST = 0.3;

function apartNear(quotes: Quotes, at: { forward: number; years: number; discount: number }): number[] {
  const { forward, years, discount } = at;
  const apart: number[] = [];
  const greeks = makeGreeks();
  const cell = (name: keyof Quotes, i: number): number => quotes[name][i] ?? Number.NaN;
  for (let i = 0; i < quotes.strikes.length; i++) {
    const strike = cell('strikes', i);
    const isTwoSided =
      cell('callBid', i) > 0 &&
      cell('putBid', i) > 0 &&
      cell('callAsk', i) >= cell('callBid', i) &&
      cell('putAsk', i) >= cell('putBid', i);
    if (!isTwoSided || Math.abs(strike / forward - 1) > 0.01) continue;
    const call = impliedVolatility(
      (cell('callBid', i) + cell('callAsk', i)) / 2,
      forward,
      strike,
      years,
      true,
      discount,
    );
    const put = impliedVolatility((cell('putBid', i) + cell('putAsk', i)) / 2, forward, strike, years, false, discount);
    const spread = cell('callAsk', i) - cell('callBid', i) + cell('putAsk', i) - cell('putBid', i);
    const perPoint = VEGA_PER_POINT * black76Greeks(forward, strike, years, (call + put) / 2, true, 1, greeks).vega;
    if (spread <= WIDEST * perPoint) apart.push(100 * Math.abs(call - put));
  }
  return apart;
}

describeRecorded('chain-1m-2025-08-29', 'call and put IV of the same strike on the parity forward', () => {
  test('are within 0.10 volatility points for 95 % of the quotes within 1 % of the forward whose spread is narrower than 0.3', async () => {
    const files = readdirSync(recorded('chain-1m-2025-08-29'))
      .filter((f) => f.startsWith('NIFTY_'))
      .sort();
    const apart: number[] = [];
    for (const file of sampled(files, 25)) apart.push(...(await sidesApart(file)));
    expect(apart.length).toBeGreaterThan(300);
    expect(apart.filter((d) => d <= 0.1).length / apart.length).toBeGreaterThanOrEqual(0.95);
  }, 300_000);
});
