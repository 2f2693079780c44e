import { black76Greeks, makeGreeks } from '@sos/math-engine';
import { indexOptionGrid } from '../../../libs/math-engine/src/pricing/fixtures/index-option-grid.js';

/** Options as columns. */
export interface OptionColumns {
  readonly length: number;
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly sigma: Float64Array;
  readonly isCall: Uint8Array;
  readonly price: Float64Array;
}

type Row = ReturnType<typeof indexOptionGrid>[number];

function columnsOf(rows: readonly Row[]): OptionColumns {
  const column = (key: 'forward' | 'strike' | 'years' | 'sigma' | 'price'): Float64Array =>
    Float64Array.from(rows, (r) => r[key]);
  return {
    length: rows.length,
    forward: column('forward'),
    strike: column('strike'),
    years: column('years'),
    sigma: column('sigma'),
    isCall: Uint8Array.from(rows, (r) => Number(r.isCall)),
    price: column('price'),
  };
}

/** The grid on which accuracy and speed are stated, prices correctly rounded. */
export function gridColumns(): OptionColumns {
  return columnsOf(indexOptionGrid());
}

/** What a session asks for: 21 strikes around the money, calls and puts, 375 minutes, two days before expiry, volatility of a smile. */
export function sessionColumns(): OptionColumns {
  const rows: Row[] = [];
  const greeks = makeGreeks();
  for (let minute = 0; minute < 375; minute++) {
    const forward = 25_000 + 90 * Math.sin(minute / 40);
    const years = (2 * 1440 + 375 - minute) / 525_600;
    for (let k = 0; k < 42; k++) {
      const strike = 24_500 + 50 * (k >> 1);
      const sigma = 0.11 + 8 * ((strike - forward) / forward) ** 2 - 0.2 * ((strike - forward) / forward);
      const isCall = k % 2 === 0;
      const { price } = black76Greeks(forward, strike, years, sigma, isCall, 1, greeks);
      rows.push({ forward, strike, years, sigma, isCall, price });
    }
  }
  return columnsOf(rows);
}

/** Largest relative error of implied volatilities found for the rows, how many miss 1e-10, and how many fail (no value, or off by more than 1e-3). */
export function accuracyOf(
  rows: OptionColumns,
  found: readonly number[],
): { worst: number; beyond: number; failed: number } {
  const seen = { worst: 0, beyond: 0, failed: 0 };
  for (let i = 0; i < rows.length; i++) {
    const error = Math.abs((found[i] ?? Number.NaN) / (rows.sigma[i] as number) - 1);
    if (!(error <= 1e-3)) seen.failed++;
    if (!(error <= 1e-10)) seen.beyond++;
    if (error > seen.worst) seen.worst = error;
  }
  return seen;
}
