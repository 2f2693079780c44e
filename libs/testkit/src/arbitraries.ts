import fc from 'fast-check';
import type { EpochMs } from '@sos/domain';
import { barsFrom, type BarRow } from './bar-builder.js';

const step = fc.record({
  drift: fc.integer({ min: -60, max: 60 }),
  up: fc.integer({ min: 0, max: 40 }),
  down: fc.integer({ min: 0, max: 40 }),
  volume: fc.integer({ min: 0, max: 100_000 }),
});

/** Sane one-minute index bars: low ≤ open, close ≤ high, continuous path on the 0.05 grid around 25,000, volumes ≥ 0. */
export function arbitraryBars(open: EpochMs, length: { min: number; max: number }) {
  return fc.array(step, { minLength: length.min, maxLength: length.max }).map((steps) => {
    let last = 25_000;
    const rows = steps.map((s): BarRow => {
      const [o, c] = [last, last + s.drift * 0.25];
      last = c;
      return [o, Math.max(o, c) + s.up * 0.05, Math.min(o, c) - s.down * 0.05, c, s.volume];
    });
    return barsFrom(open, rows);
  });
}
