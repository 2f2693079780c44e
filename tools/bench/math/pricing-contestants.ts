// Contestants of `iv.ts` and `greeks.ts`, each made in a process of its own.
import { black76Greeks, black76Price, impliedVolatility, makeGreeks } from '@sos/math-engine';
import { BlackScholes } from '@uqee/black-scholes';
import { ofKernel, serve, type Contestant } from './contestant.js';
import type { Kernel } from './measure.js';
import { gridColumns, sessionColumns, type OptionColumns } from './option-rows.js';

const greeks = makeGreeks();

/** Newton's method on the price from 20 %, to 1e-12: what a textbook does, with this library's prices. Diverges on part of the grid, hence the limit. */
function textbookNewton(rows: OptionColumns, i: number): number {
  let sigma = 0.2;
  for (let n = 0; n < 50; n++) {
    const [forward, strike, years] = [rows.forward[i], rows.strike[i], rows.years[i]] as [number, number, number];
    black76Greeks(forward, strike, years, sigma, rows.isCall[i] === 1, 1, greeks);
    const step = ((rows.price[i] as number) - greeks.price) / greeks.vega;
    if (!(Math.abs(step) > 1e-12 * sigma)) break;
    sigma += step;
  }
  return sigma;
}

/** @uqee/black-scholes as its fastest setting that aims at double precision. */
const uqee = new BlackScholes({
  priceToSigmaMethod: 'newton-raphson',
  priceToSigmaAccuracy: 1e-9,
  sigmaToPricePrecision: 'double',
});
/** Its default distribution function, of single precision. */
const uqeeSingle = new BlackScholes();

/** A kernel that writes one number per row, so that the results can be compared. */
function solving(rows: OptionColumns, kernelOf: (out: Float64Array) => Kernel): Contestant {
  const out = new Float64Array(rows.length);
  return ofKernel(kernelOf(out), rows.length, () => Array.from(out));
}

function ownSolver(rows: OptionColumns): Contestant {
  const { price, forward, strike, years, isCall } = rows;
  return solving(rows, (out) => (from, to) => {
    for (let i = from; i < to; i++)
      out[i] = impliedVolatility(
        price[i] as number,
        forward[i] as number,
        strike[i] as number,
        years[i] as number,
        isCall[i] === 1,
      );
    return out[from] as number;
  });
}

/** Built before the clock runs: their way to be called takes an object. */
function uqeeSolver(rows: OptionColumns): Contestant {
  const calls = Array.from({ length: rows.length }, (_, i) => ({
    price: rows.price[i] as number,
    rate: 0,
    strike: rows.strike[i] as number,
    time: rows.years[i] as number,
    type: rows.isCall[i] === 1 ? ('call' as const) : ('put' as const),
    underlying: rows.forward[i] as number,
  }));
  return solving(rows, (out) => (from, to) => {
    for (let i = from; i < to; i++) out[i] = uqee.sigma(calls[i] as (typeof calls)[number]);
    return out[from] as number;
  });
}

function newtonSolver(rows: OptionColumns): Contestant {
  return solving(rows, (out) => (from, to) => {
    for (let i = from; i < to; i++) out[i] = textbookNewton(rows, i);
    return out[from] as number;
  });
}

function ownGreeks(rows: OptionColumns): Contestant {
  const { forward, strike, years, sigma, isCall } = rows;
  const out = makeGreeks();
  return solving(rows, (sums) => (from, to) => {
    for (let i = from; i < to; i++) {
      black76Greeks(
        forward[i] as number,
        strike[i] as number,
        years[i] as number,
        sigma[i] as number,
        isCall[i] === 1,
        1,
        out,
      );
      sums[i] = out.price + out.delta + out.gamma + out.vega + out.theta;
    }
    return sums[from] as number;
  });
}

function uqeeGreeks(rows: OptionColumns): Contestant {
  const calls = Array.from({ length: rows.length }, (_, i) => ({
    rate: 0,
    sigma: rows.sigma[i] as number,
    strike: rows.strike[i] as number,
    time: rows.years[i] as number,
    type: rows.isCall[i] === 1 ? ('call' as const) : ('put' as const),
    underlying: rows.forward[i] as number,
  }));
  return solving(rows, (sums) => (from, to) => {
    for (let i = from; i < to; i++) {
      const g = uqeeSingle.option(calls[i] as (typeof calls)[number]);
      sums[i] = g.price + g.delta + g.gamma + g.vega - g.theta;
    }
    return sums[from] as number;
  });
}

function ownPrice(rows: OptionColumns): Contestant {
  const { forward, strike, years, sigma, isCall } = rows;
  return solving(rows, (out) => (from, to) => {
    for (let i = from; i < to; i++)
      out[i] = black76Price(
        forward[i] as number,
        strike[i] as number,
        years[i] as number,
        sigma[i] as number,
        isCall[i] === 1,
      );
    return out[from] as number;
  });
}

serve({
  'iv grid': () => ownSolver(gridColumns()),
  'iv session': () => ownSolver(sessionColumns()),
  'iv grid @uqee': () => uqeeSolver(gridColumns()),
  'iv session @uqee': () => uqeeSolver(sessionColumns()),
  'iv session newton': () => newtonSolver(sessionColumns()),
  'greeks grid': () => ownGreeks(gridColumns()),
  'greeks session': () => ownGreeks(sessionColumns()),
  'greeks grid @uqee': () => uqeeGreeks(gridColumns()),
  'price grid': () => ownPrice(gridColumns()),
  'price session': () => ownPrice(sessionColumns()),
});
