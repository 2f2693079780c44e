import { parseIstDate, type Underlying } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { modelledSpread } from './spread-model.js';

function spread(
  premium: number,
  strike: number,
  change: { minute?: number; underlying?: Underlying; spot?: number } = {},
): number {
  const { minute = 720, underlying = 'NIFTY', spot = 25_000 } = change;
  const contract = optionContract({ underlying, expiry: parseIstDate('2026-01-13'), strike, right: 'CE' });
  return modelledSpread({ contract, premium, spot, minute });
}

// NSE chain of 2025-08-29: mean spread of at-the-money NIFTY options of ₹100–200 is 0.26–0.37, of ₹5–15 out of the money 0.05–0.07
it('is what recorded books showed', () => {
  expect(spread(150, 25_000)).toBeGreaterThan(0.26);
  expect(spread(150, 25_000)).toBeLessThan(0.4);
  expect(spread(10, 25_300)).toBeGreaterThan(0.045);
  expect(spread(10, 25_300)).toBeLessThan(0.075);
});

it('grows with the premium and deep in the money, and is wider in the first minutes', () => {
  expect(spread(300, 25_000)).toBeGreaterThan(spread(150, 25_000));
  expect(spread(700, 24_300)).toBeGreaterThan(1.4 * spread(700, 25_000));
  expect(spread(150, 25_000, { minute: 556 })).toBeGreaterThan(1.4 * spread(150, 25_000));
});

it('counts as at the money when the index is unknown, and never narrower than NIFTY', () => {
  expect(spread(150, 25_000, { spot: Number.NaN })).toBe(spread(150, 25_000));
  expect(spread(150, 25_000, { underlying: 'FINNIFTY' })).toBeGreaterThanOrEqual(spread(150, 25_000));
});
