import { deltaExposure, gammaExposure } from './dealer-exposure.js';
import { expectedMove, expectedMoveFromStraddle, straddlePrice } from './expected-move.js';
import { ivPercentile, ivRank } from './iv-rank.js';
import { skewOf } from './skew.js';

const NAN = Number.NaN;

// analytics.md §4: F 23700.1, σ 16.97 %, 5.6199 d: √(2/π)Fσ√T 398.1896, 1 SD 499.0567; market straddle 199.1 + 199.0.
test('expected move and straddle', () => {
  const move = expectedMove(23_700.1, 0.1697, 5.6199 / 365);
  expect(move).toBeCloseTo(499.0567, 2);
  expect(expectedMoveFromStraddle(398.1896)).toBeCloseTo(499.0567, 3);
  expect(expectedMoveFromStraddle(1)).toBeCloseTo(1.2533, 4);
  expect(straddlePrice(199.1, 199)).toBeCloseTo(398.1, 10);
  expect(straddlePrice(199.1, NAN)).toBeNaN();
});

// analytics.md §4: IG's example 30–60, now 45 → 50 %; 202 of 252 days → 80 %.
test('IV rank and percentile', () => {
  expect(ivRank(45, [30, NAN, 60, 40])).toBe(0.5);
  expect(ivRank(70, [30, 60])).toBeCloseTo(4 / 3, 15);
  expect(ivRank(45, [30, 30])).toBeNaN();
  expect(ivRank(45, [])).toBeNaN();
  const days = Array.from({ length: 252 }, (_, i) => (i < 202 ? 10 : 20));
  expect(ivPercentile(15, days)).toBeCloseTo(202 / 252, 15);
  expect(ivPercentile(15, [NAN, 10])).toBe(1);
  expect(ivPercentile(15, [NAN])).toBeNaN();
  expect(ivPercentile(NAN, [1])).toBeNaN();
});

describe('dealer exposure', () => {
  // analytics.md §4: Γ .0007262, OI 1,000,000 units, F 23700 → ₹407.899 crore per 1 %.
  test('gamma in rupees per 1 %', () => {
    const one = { callGreek: [0.0007262], callOi: [1_000_000], putGreek: [0], putOi: [0], from: 0, to: 1 };
    expect(gammaExposure(one, 23_700) / 1e7).toBeCloseTo(407.899, 3);
    const both = { ...one, putGreek: [0.0007262], putOi: [400_000] };
    expect(gammaExposure(both, 23_700) / 1e7).toBeCloseTo(0.6 * 407.899, 3);
    expect(gammaExposure({ ...both, putSign: 1 }, 23_700) / 1e7).toBeCloseTo(1.4 * 407.899, 3);
  });

  test('delta adds puts with their own sign', () => {
    const chain = { callGreek: [0.5], callOi: [1000], putGreek: [-0.5], putOi: [600], from: 0, to: 1 };
    expect(deltaExposure(chain, 24_000)).toBe(200 * 24_000 * 0.01);
    expect(deltaExposure({ ...chain, putSign: -1 }, 24_000)).toBe(800 * 24_000 * 0.01);
  });

  test('is unknown for an unknown cell or an empty band', () => {
    const chain = { callGreek: [NAN], callOi: [1000], putGreek: [0], putOi: [0], from: 0, to: 1 };
    expect(gammaExposure(chain, 24_000)).toBeNaN();
    expect(gammaExposure({ ...chain, to: 0 }, 24_000)).toBeNaN();
  });
});

describe('skew', () => {
  const smile = {
    callDelta: [0.5, 0.3, 0.2, 0.1],
    callIv: [0.12, 0.115, 0.113, 0.12],
    putDelta: [-0.1, -0.2, -0.3, -0.5],
    putIv: [0.16, 0.14, 0.13, 0.12],
    atmIv: 0.12,
  };

  test('wings are interpolated in delta', () => {
    const skew = skewOf(smile);
    expect(skew.callWingIv).toBeCloseTo(0.114, 15);
    expect(skew.putWingIv).toBeCloseTo(0.135, 15);
    expect(skew.riskReversal).toBeCloseTo(-0.021, 15);
    expect(skew.butterfly).toBeCloseTo(0.0045, 15);
    expect(skewOf({ ...smile, wingDelta: 0.1 }).callWingIv).toBe(0.12);
  });

  test('unknown quotes are passed over; a wing beyond the quotes is unknown', () => {
    expect(skewOf({ ...smile, callIv: [0.12, NAN, 0.113, 0.12] }).callWingIv).toBeCloseTo(
      0.12 + (0.25 / 0.3) * -0.007,
      12,
    );
    expect(skewOf({ ...smile, wingDelta: 0.05 }).riskReversal).toBeNaN();
    expect(skewOf({ ...smile, wingDelta: 0.7 }).callWingIv).toBeNaN();
  });
});
