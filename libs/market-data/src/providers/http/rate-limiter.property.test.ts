import fc from 'fast-check';
import { RateLimiter, SlidingWindows, type RateWindow } from './rate-limiter.js';

const DEEP = process.env['SOS_DEEP'] === '1';

/** The law, written without the limiter: the n-th call after any call is at least a window later. */
function broken(starts: readonly number[], windows: readonly RateWindow[]): string | null {
  for (const { calls, ms } of windows)
    for (let i = calls; i < starts.length; i++)
      if ((starts[i] as number) - (starts[i - calls] as number) < ms) return `${calls} per ${ms} ms at call ${i}`;
  return null;
}

/** A small fast generator: a million schedules are too many for fast-check's own bookkeeping. */
function generator(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One schedule: up to 40 calls that arrive in bursts, sleeps that end late, now and then a hold. */
function schedule(seed: number): string | null {
  const next = generator(seed);
  const windows = Array.from({ length: 1 + next(3) }, () => ({ calls: 1 + next(8), ms: 1 + next(500) }));
  const limiter = new SlidingWindows(windows);
  const starts: number[] = [];
  let now = next(1000);
  let held = 0;
  for (let call = 0; call < 10 + next(30); call++) {
    if (next(3) === 0) now += next(300);
    if (next(12) === 0) limiter.hold((held = Math.max(held, now + next(400))));
    for (let at = limiter.earliest(now); at > now; at = limiter.earliest(now))
      now = at + (next(2) === 0 ? 0 : next(50));
    if (now < held) return `started at ${now} although held until ${held}`;
    limiter.record(now);
    starts.push(now);
  }
  return broken(starts, windows);
}

function firstBroken(schedules: number, from: number): string | null {
  for (let seed = from; seed < from + schedules; seed++) {
    const fault = schedule(seed);
    if (fault !== null) return `schedule ${seed}: ${fault}`;
  }
  return null;
}

test('no window is ever exceeded: 10,000 schedules', () => {
  expect(firstBroken(10_000, 0)).toBeNull();
});

(DEEP ? test : test.skip)(
  '[deep] no window is ever exceeded: 1,000,000 schedules',
  () => {
    expect(firstBroken(1_000_000, 1_000_000)).toBeNull();
  },
  120_000,
);

test('a call is never held back longer than the windows ask', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (gaps, calls) => {
      const limiter = new SlidingWindows([{ calls, ms: 50 }]);
      const starts: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const at = limiter.earliest(now);
        expect(at).toBe(Math.max(now, (starts[starts.length - calls] ?? -50) + 50));
        limiter.record((now = at));
        starts.push(at);
      }
    }),
  );
});

test('waiters pass in the order of asking, at the true time of their start', async () => {
  let now = 0;
  const starts: number[] = [];
  // Every sleep ends 7 ms late, as timers do.
  const limiter = new RateLimiter([{ calls: 2, ms: 100 }], {
    monotonic: () => now,
    sleep: (ms) => Promise.resolve().then(() => void (now += ms + 7)),
  });
  await Promise.all([1, 2, 3, 4, 5].map(() => limiter.pass().then(() => starts.push(now))));
  expect(starts).toEqual([0, 0, 107, 107, 214]);
  limiter.hold(1000);
  await limiter.pass();
  expect(now).toBe(1221);
});
