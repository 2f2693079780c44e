import { paise, units, type Paise } from '@sos/domain';
import type { ChaseParameters } from './chase-parameters.js';
import { LimitChase, type ChaseOrder, type ChaseRequest } from './limit-chase.js';
import type { MarketQuote } from './market-quote.js';

const PARAMETERS: ChaseParameters = {
  bufferPoints: 0.25,
  bufferShare: 0.005,
  stepTicks: 2,
  intervalMs: 3000,
  maxChase: 3,
  escalation: 1,
  collarShare: 0.1,
  bandPoints: 1,
  bandShare: 0.02,
  quoteMaxAgeMs: 10_000,
};
const BOUNDS = { tick: paise(5), protection: null, cap: null };

function entry(change: Partial<ChaseOrder> = {}): LimitChase {
  return new LimitChase({
    purpose: 'entry',
    side: 'BUY',
    units: units(130),
    parameters: PARAMETERS,
    bounds: BOUNDS,
    ...change,
  });
}
const exit = (change: Partial<ChaseOrder> = {}): LimitChase => entry({ purpose: 'exit', side: 'SELL', ...change });

function quote(time: number, bid: number, ask: number, last = Number.NaN): { kind: 'quote'; quote: MarketQuote } {
  return { kind: 'quote', quote: { time, bid, ask, bidQty: 650, askQty: 650, last } };
}
const accepted = (time: number) => ({ kind: 'accepted' as const, time });
const timer = (time: number) => ({ kind: 'timer' as const, time });
const fill = (time: number, count: number, price: number) => ({
  kind: 'fill' as const,
  time,
  units: units(count),
  price: paise(price),
});

/** An entry working at 100.55 since time 0. */
function working(change: Partial<ChaseOrder> = {}): LimitChase {
  const chase = entry(change);
  chase.advance(quote(0, 99.9, 100));
  chase.advance(accepted(100));
  return chase;
}

describe('an entry', () => {
  it('begins as a limit at the ask plus the larger buffer, rounded up to the tick', () => {
    const chase = entry();
    // 100.03 + max(0.25, 0.5 % × 100.03 = 0.50015) = 100.53015 → 100.55
    expect(chase.advance(quote(0, 99.9, 100.03))).toEqual({
      kind: 'place',
      side: 'BUY',
      units: 130,
      limit: 10_055,
      trigger: null,
    });
    expect([chase.state, chase.placedAt, chase.timerAt]).toEqual(['working', 0, 3000]);
  });

  it('waits for a usable quote: neither an empty nor a crossed book starts it', () => {
    const chase = entry();
    expect(chase.advance(quote(0, Number.NaN, Number.NaN))).toBeNull();
    expect(chase.advance(quote(1, 101, 100))).toBeNull();
    expect(chase.state).toBe('idle');
    expect(chase.advance(quote(2, Number.NaN, Number.NaN, 40))).toMatchObject({ kind: 'place', limit: 4025 });
  });

  it('is re-priced from the market of each timer, at least the steps beyond the limit that was not enough', () => {
    const chase = working();
    chase.advance(quote(2500, 100.6, 100.65));
    expect(chase.advance(timer(2999))).toBeNull();
    // 100.65 + 0.50325 → 101.20
    expect(chase.advance(timer(3000))).toEqual({ kind: 'modify', limit: 10_120, trigger: null });
    chase.advance(accepted(3100));
    chase.advance(quote(5000, 101.15, 101.25));
    expect(chase.advance(timer(6000))).toMatchObject({ limit: 10_180 });
    expect(chase.attempt).toBe(2);
  });

  it('moves by the steps when the buffer alone would not', () => {
    const chase = working({ parameters: { ...PARAMETERS, bufferPoints: 0, bufferShare: 0 } });
    expect(chase.limit).toBe(10_000);
    chase.advance(quote(2500, 100, 100.05));
    expect(chase.advance(timer(3000))).toMatchObject({ limit: 10_010 });
  });

  it('keeps its price while the market is inside it: only the size is missing', () => {
    const chase = working();
    chase.advance(fill(200, 65, 10_000));
    chase.advance(quote(2500, 99.9, 100));
    expect(chase.advance(timer(3000))).toBeNull();
    expect([chase.limit, chase.attempt, chase.left, chase.state]).toEqual([10_050, 1, 65, 'working']);
  });

  it('is given up after the last re-price: cancelled, and a fill on the way still counts', () => {
    const chase = working();
    const asked: (ChaseRequest | null)[] = [];
    for (const at of [3000, 6000, 9000, 12_000]) {
      chase.advance(quote(at - 100, at / 1000 + 101, at / 1000 + 101.05));
      asked.push(chase.advance(timer(at)));
      if (at < 12_000) chase.advance(accepted(at + 50));
    }
    expect(asked.map((request) => request?.kind)).toEqual(['modify', 'modify', 'modify', 'cancel']);
    chase.advance(fill(12_050, 65, 11_000));
    expect(chase.advance({ kind: 'cancelled', time: 12_100 })).toBeNull();
    expect([chase.state, chase.reason, chase.filledUnits, chase.filledValue]).toEqual([
      'abandoned',
      'max-chase',
      65,
      715_000,
    ]);
  });

  it('never pays more than the collar, the price protection or the cap', () => {
    const far = quote(0, 90, 120);
    const limitOf = (bounds: Partial<ChaseOrder['bounds']>, collarShare = 0.1): number => {
      const chase = entry({ parameters: { ...PARAMETERS, collarShare }, bounds: { ...BOUNDS, ...bounds } });
      chase.advance(far);
      return chase.limit;
    };
    // the middle is 105: + 10 % = 115.50; ± max(₹2, 5 %) = 110.25; cap 101
    expect(limitOf({})).toBe(11_550);
    expect(limitOf({ protection: { share: 0.05, minimum: paise(200) } })).toBe(11_025);
    expect(limitOf({ cap: paise(10_100) })).toBe(10_100);
  });

  it('asks for nothing while the exchange owes an answer, then for what was decided meanwhile', () => {
    const chase = entry();
    chase.advance(quote(0, 99.9, 100));
    expect(chase.advance(timer(3000))).toBeNull();
    expect(chase.advance({ kind: 'give-up', time: 3100, reason: 'kill' })).toBeNull();
    expect(chase.advance(accepted(3200))).toEqual({ kind: 'cancel' });
    chase.advance({ kind: 'cancelled', time: 3300 });
    expect([chase.state, chase.reason]).toEqual(['abandoned', 'kill']);
  });

  it('tries again after a refusal, and gives up when its attempts are used', () => {
    const chase = entry({ parameters: { ...PARAMETERS, maxChase: 1 } });
    chase.advance(quote(0, 99.9, 100));
    chase.advance({ kind: 'rejected', time: 100, reason: 'margin' });
    expect(chase.advance(quote(200, 99.9, 100))).toBeNull();
    expect(chase.advance(timer(3100))).toMatchObject({ kind: 'place' });
    chase.advance({ kind: 'rejected', time: 3200, reason: 'margin' });
    expect([chase.state, chase.reason]).toEqual(['abandoned', 'margin']);
    expect(chase.advance(quote(9000, 99.9, 100))).toBeNull();
  });

  it('prices nothing from an old quote', () => {
    const chase = working();
    for (let at = 3000; at <= 9000; at += 3000) chase.advance(timer(at));
    expect(chase.limit).toBe(10_050);
    expect(chase.advance(timer(12_000))).toEqual({ kind: 'cancel' });
  });

  it('refuses a fill that nobody asked for', () => {
    expect(() => working().advance(fill(1, 195, 10_000))).toThrow(
      'expected a fill of 1 to 130 units (working), found 195',
    );
    const over = working();
    over.advance(fill(1, 130, 10_000));
    expect(() => over.advance(fill(2, 65, 10_000))).toThrow('expected a fill of 1 to 0 units (filled), found 65');
  });
});

describe('an exit', () => {
  const leave = (time: number) => ({ kind: 'leave' as const, time });
  const protect = (time: number, trigger: number) => ({ kind: 'protect' as const, time, trigger: trigger as Paise });

  /** A stop at 90 that rests at its limit 88.20. */
  function resting(change: Partial<ChaseOrder> = {}): LimitChase {
    const chase = exit(change);
    chase.advance(protect(0, 9000));
    chase.advance(accepted(100));
    return chase;
  }

  it('does nothing until it is to leave', () => {
    const chase = exit();
    expect(chase.advance(quote(0, 99.9, 100))).toBeNull();
    // 99.90 − 0.4995 → 99.40
    expect(chase.advance(leave(100))).toEqual({ kind: 'place', side: 'SELL', units: 130, limit: 9940, trigger: null });
  });

  it('rests a stop-limit: the limit is the trigger less the larger band, rounded down', () => {
    const chase = exit();
    // 90.05 − max(1, 2 % = 1.801) = 88.249 → 88.20
    expect(chase.advance(protect(0, 9005))).toMatchObject({ kind: 'place', limit: 8820, trigger: 9005 });
    expect([chase.state, chase.timerAt]).toEqual(['resting', Number.POSITIVE_INFINITY]);
    expect(chase.advance(accepted(1))).toBeNull();
    expect(chase.advance(protect(2, 9500))).toEqual({ kind: 'modify', limit: 9310, trigger: 9500 });
  });

  it('moves the stop after the answer that it waits for', () => {
    const chase = exit();
    chase.advance(protect(0, 9000));
    expect(chase.advance(protect(1, 9500))).toBeNull();
    expect(chase.advance(accepted(2))).toMatchObject({ kind: 'modify', trigger: 9500 });
  });

  it('turns the resting stop into a plain limit when it is to leave', () => {
    const chase = resting();
    chase.advance(quote(1000, 99.9, 100));
    expect(chase.advance(leave(1100))).toEqual({ kind: 'modify', limit: 9940, trigger: null });
    expect(chase.state).toBe('working');
  });

  it('jumped over is missed, then chased', () => {
    const chase = resting();
    chase.advance({ kind: 'triggered', time: 5000 });
    chase.advance(quote(5000, 80, 80.2));
    // 80 − 0.40 = 79.60
    expect(chase.advance(timer(8000))).toEqual({ kind: 'modify', limit: 7960, trigger: null });
    expect(chase.missedStop).toBe(true);
  });

  it('triggered with the market inside its limit is not missed', () => {
    const chase = resting();
    chase.advance({ kind: 'triggered', time: 5000 });
    chase.advance(fill(5000, 65, 8990));
    chase.advance(quote(5100, 89, 89.2));
    expect(chase.advance(timer(8000))).toBeNull();
    expect([chase.missedStop, chase.left]).toEqual([false, 65]);
  });

  it('escalates its buffer, then stands at the outermost price until it is filled, never given up', () => {
    const chase = exit({ parameters: { ...PARAMETERS, escalation: 2 } });
    const limits: number[] = [];
    chase.advance(quote(0, 100, 100.2));
    chase.advance(leave(0));
    limits.push(chase.limit);
    for (let i = 1; i <= 5; i++) {
      const bid = 100 - 3 * i;
      chase.advance(accepted(3000 * i - 200));
      chase.advance(quote(3000 * i - 100, bid, bid + 0.2));
      chase.advance(timer(3000 * i));
      limits.push(chase.limit);
    }
    // bid − 0.5 %, × 2 a time: 100 − 0.5, 97 − 0.97, 94 − 1.88, 91 − 3.64; then 10 % under the middle: 88.10 → 79.29, 85.10 → 76.59, rounded towards it
    expect(limits).toEqual([9950, 9600, 9210, 8735, 7930, 7660]);
    expect(chase.state).toBe('escalated');
    expect(chase.advance({ kind: 'give-up', time: 15_500, reason: 'x' })).toBeNull();
  });

  it('never asks less than one tick', () => {
    const chase = exit({ parameters: { ...PARAMETERS, collarShare: 1 } });
    chase.advance(quote(0, 0.1, 0.15));
    expect(chase.advance(leave(0))).toMatchObject({ limit: 5 });
  });

  it('that somebody cancelled leaves at the next price', () => {
    const chase = resting();
    chase.advance({ kind: 'cancelled', time: 200 });
    expect(chase.advance(quote(4000, 99.9, 100))).toMatchObject({ kind: 'place', trigger: null });
  });

  it('keeps resting when its change was refused, and tries again', () => {
    const chase = resting();
    chase.advance(quote(1000, 99.9, 100));
    chase.advance(leave(1100));
    chase.advance({ kind: 'rejected', time: 1200, reason: 'modify limit reached' });
    expect([chase.state, chase.trigger, chase.limit]).toEqual(['resting', 9000, 8820]);
    expect(chase.advance(quote(4300, 99.9, 100))).toMatchObject({ kind: 'modify', limit: 9940 });
  });

  it('whose stop was refused rests it again after the interval', () => {
    const chase = exit();
    chase.advance(protect(0, 9000));
    chase.advance({ kind: 'rejected', time: 100, reason: 'rate' });
    expect(chase.advance(timer(3100))).toMatchObject({ kind: 'place', trigger: 9000 });
  });
});
