import { readFileSync } from 'node:fs';
import { describeRecorded, recorded } from '../fixtures/recorded-data.js';
import { maxPain, painAt } from './max-pain.js';
import { oiWalls } from './oi-walls.js';
import { PcrVelocity } from './pcr-velocity.js';
import { bandSum, pcrChange, pcrOpenInterest, pcrVolume } from './pcr.js';
import { nearestStrikeIndex, strikeBand } from './strike-band.js';

const NAN = Number.NaN;

// analytics.md §4, "Vectors".
const STRIKES = [24_400, 24_500, 24_600, 24_700, 24_800];
const CALLS = [100, 250, 400, 900, 1200];
const PUTS = [1100, 1000, 500, 150, 50];

describe('the published chain of five strikes', () => {
  test('pain at each strike, and the least', () => {
    expect(STRIKES.map((s) => painAt(STRIKES, CALLS, PUTS, s))).toEqual([265_000, 105_000, 70_000, 125_000, 285_000]);
    expect(maxPain(STRIKES, CALLS, PUTS)).toBe(24_600);
  });

  test('put-call ratio', () => {
    expect(pcrOpenInterest(CALLS, PUTS, 0, 5)).toBeCloseTo(0.9824561403508771, 15);
  });

  test('walls on their own side of the forward', () => {
    expect(oiWalls(STRIKES, CALLS, PUTS, 24_610)).toEqual({
      callStrike: 24_800,
      callOi: 1200,
      putStrike: 24_400,
      putOi: 1100,
    });
    expect(oiWalls(STRIKES, CALLS, PUTS, 24_900)).toEqual({
      callStrike: NAN,
      callOi: NAN,
      putStrike: 24_400,
      putOi: 1100,
    });
  });
});

describe('max pain', () => {
  test('the pass over the strikes finds what trying all of them finds', () => {
    for (let seed = 1; seed < 30; seed++) {
      const oi = (k: number): number => (k * seed * 7919) % 1000;
      const calls = STRIKES.map((_, i) => oi(i + 1));
      const puts = STRIKES.map((_, i) => oi(i + 7));
      const pains = STRIKES.map((s) => painAt(STRIKES, calls, puts, s));
      expect(maxPain(STRIKES, calls, puts)).toBe(STRIKES[pains.indexOf(Math.min(...pains))]);
    }
  });

  test('reads one snapshot of a tape by its offset, and one unknown cell makes it unknown', () => {
    const calls = [...CALLS.map(() => 0), ...CALLS];
    const puts = [...PUTS.map(() => 0), ...PUTS];
    expect(maxPain(STRIKES, calls, puts, 5)).toBe(24_600);
    expect(maxPain(STRIKES, [NAN, ...CALLS.slice(1)], PUTS)).toBeNaN();
    expect(maxPain(STRIKES, CALLS, [...PUTS.slice(0, 4), NAN])).toBeNaN();
    expect(maxPain([], [], [])).toBeNaN();
  });
});

describe('put-call ratios', () => {
  test('are unknown for an unknown cell, an empty band and calls of nothing', () => {
    expect(pcrOpenInterest([1, NAN, 1], [1, 1, 1], 0, 3)).toBeNaN();
    expect(pcrOpenInterest([1, NAN, 1], [1, 5, 3], 2, 3)).toBe(3);
    expect(pcrOpenInterest(CALLS, PUTS, 2, 2)).toBeNaN();
    expect(pcrOpenInterest([0], [5], 0, 1)).toBeNaN();
    expect(pcrVolume([10], [5], 0, 1)).toBe(0.5);
    expect(bandSum([1, 2, 3], 1, 3)).toBe(5);
  });

  test('of changes need calls that changed enough', () => {
    expect(pcrChange([100, -40], [30, -60], 0, 2)).toBe(-0.5);
    expect(pcrChange([100, -100], [30, 60], 0, 2)).toBeNaN();
    expect(pcrChange([100], [30], 0, 1, 101)).toBeNaN();
    expect(pcrChange([-100], [30], 0, 1)).toBeNaN();
  });
});

describe('PCR velocity', () => {
  const minute = 60_000;

  test('counts changed publications only and keeps the last velocity between them', () => {
    const velocity = new PcrVelocity(3);
    velocity.add(0, 1000, 1000);
    expect(velocity.value).toBeNaN();
    velocity.add(minute, 1000, 1000);
    velocity.add(2 * minute, 1000, 1000);
    velocity.add(4 * minute, 1000, 1200);
    expect(velocity.value).toBeCloseTo(0.05, 15);
    velocity.add(5 * minute, 1000, 1200);
    expect(velocity.value).toBeCloseTo(0.05, 15);
    // Three minutes before is nothing newer than minute 0, four before the first of the new sums.
    velocity.add(6 * minute, 1000, 1500);
    expect(velocity.value).toBeCloseTo(0.5 / 6, 15);
  });

  test('passes over unknown sums and times that go back', () => {
    const velocity = new PcrVelocity(1);
    velocity.add(0, 1000, 1000);
    velocity.add(minute, NAN, 1200);
    velocity.add(minute, 1000, NAN);
    velocity.add(0, 1000, 1300);
    expect(velocity.value).toBeNaN();
    velocity.add(2 * minute, 1000, 1100);
    expect(velocity.value).toBeCloseTo(0.05, 15);
  });

  test('a session does not look into the day before', () => {
    const velocity = new PcrVelocity(1);
    velocity.add(0, 1000, 1000);
    velocity.add(minute, 1000, 1100);
    velocity.startSession();
    velocity.add(1000 * minute, 1000, 3000);
    expect(velocity.value).toBeNaN();
  });

  test('refuses a window of nothing', () => {
    expect(() => new PcrVelocity(0)).toThrow('expected a window in minutes > 0, found 0');
  });
});

describe('the strike band', () => {
  test('is the nearest strike and as many on each side, shifted to its snapshot', () => {
    expect(strikeBand(STRIKES, 24_612, { reach: 1 })).toEqual({ from: 1, to: 4 });
    expect(strikeBand(STRIKES, 24_612, { reach: 1, offset: 5 })).toEqual({ from: 6, to: 9 });
  });

  test('is empty rather than lopsided, and without a forward', () => {
    expect(strikeBand(STRIKES, 24_500, { reach: 2 })).toEqual({ from: 0, to: 0 });
    expect(strikeBand(STRIKES, NAN, { reach: 0, offset: 10 })).toEqual({ from: 10, to: 10 });
  });

  test('half-way between two strikes is the lower', () => {
    expect(nearestStrikeIndex(STRIKES, 24_550)).toBe(1);
    expect(nearestStrikeIndex(STRIKES, 24_550.05)).toBe(2);
    expect(nearestStrikeIndex(STRIKES, 1)).toBe(0);
    expect(nearestStrikeIndex(STRIKES, 1e9)).toBe(4);
    expect(nearestStrikeIndex([], 1)).toBe(-1);
  });
});

interface OiCell {
  readonly callOi: number;
  readonly callOiChange: number;
  readonly putOi: number;
  readonly putOiChange: number;
}

interface TrendlynePayload {
  readonly body: {
    readonly response: {
      readonly body: {
        readonly overallData: { readonly totalPCR: number; readonly totalCallOiChange: number };
        readonly oiData: Record<string, OiCell>;
      };
    };
  };
}

// seed-systems.md §3.3, "Fixture values", and D35; NIFTY 2026-01-23, spot 25048.65.
describeRecorded('../spec/payloads/trendlyne_live_oi_real.json', 'the real chain of 2026-01-23', () => {
  const file: TrendlynePayload = JSON.parse(
    readFileSync(recorded('../spec/payloads/trendlyne_live_oi_real.json'), 'utf8'),
  );
  const { oiData, overallData } = file.body.response.body;
  const strikes = Float64Array.from(Object.keys(oiData), Number).sort();
  const column = (key: keyof OiCell): Float64Array => strikes.map((k) => oiData[String(k)]?.[key] ?? NAN);
  const [callOi, putOi] = [column('callOi'), column('putOi')];

  test('put-call ratio of all strikes and of bands', () => {
    expect(strikes).toHaveLength(51);
    expect(pcrOpenInterest(callOi, putOi, 0, 51)).toBeCloseTo(0.642053, 6);
    expect(pcrOpenInterest(callOi, putOi, 0, 51)).toBeCloseTo(overallData.totalPCR, 12);
    const ratioOf = (reach: number): number => {
      const { from, to } = strikeBand(strikes, 25_048.65, { reach });
      return pcrOpenInterest(callOi, putOi, from, to);
    };
    expect(ratioOf(5)).toBeCloseTo(1.0008, 4);
    expect([1, 3, 5, 7, 10].map((reach) => Number(ratioOf(reach).toFixed(3)))).toEqual([
      1.441, 1.193, 1.001, 0.876, 0.747,
    ]);
  });

  test('changes are summed by strike: the server swaps its totals', () => {
    expect(bandSum(column('callOiChange'), 0, 51)).toBe(72_938_970);
    expect(bandSum(column('putOiChange'), 0, 51)).toBe(2_439_320);
    expect(overallData.totalCallOiChange).toBe(2_439_320);
    expect(pcrChange(column('callOiChange'), column('putOiChange'), 0, 51)).toBeCloseTo(0.0334, 4);
  });

  test('walls and max pain', () => {
    expect(oiWalls(strikes, callOi, putOi, 25_048.65)).toEqual({
      callStrike: 25_500,
      callOi: 17_697_160,
      putStrike: 24_000,
      putOi: 10_253_880,
    });
    expect(oiWalls(strikes, column('callOiChange'), column('putOiChange'), 25_048.65)).toEqual({
      callStrike: 25_300,
      callOi: 8_642_335,
      putStrike: 24_700,
      putOi: 2_604_160,
    });
    expect(maxPain(strikes, callOi, putOi)).toBe(25_200);
  });
});
