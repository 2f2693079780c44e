// Implied volatility: ns per solve and accuracy on the grid of index options, and ns per solve on a session's chain.
import { pathToFileURL } from 'node:url';
import { black76Greeks, impliedVolatility, makeGreeks } from '@sos/math-engine';
import type { BenchRow } from '../bench-row.js';
import { nanosecondsPerRow, printRows, rowOf, type Kernel } from './measure.js';
import { accuracyOf, gridColumns, sessionColumns, type OptionColumns } from './option-rows.js';

const greeks = makeGreeks();

/** Newton's method on the price from 20 %, to 1e-12: what a textbook does, with this library's prices. Diverges on part of the grid, hence the limit. */
function textbookNewton(price: number, forward: number, strike: number, years: number, isCall: boolean): number {
  let sigma = 0.2;
  for (let n = 0; n < 50; n++) {
    black76Greeks(forward, strike, years, sigma, isCall, 1, greeks);
    const step = (price - greeks.price) / greeks.vega;
    if (!(Math.abs(step) > 1e-12 * sigma)) break;
    sigma += step;
  }
  return sigma;
}

function kernelOf(rows: OptionColumns, solve: typeof textbookNewton): Kernel {
  const { price, forward, strike, years, isCall } = rows;
  return (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++)
      sum += solve(price[i] as number, forward[i] as number, strike[i] as number, years[i] as number, isCall[i] === 1);
    return sum;
  };
}

function own(rows: OptionColumns): Kernel {
  const { price, forward, strike, years, isCall } = rows;
  return (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++)
      sum += impliedVolatility(
        price[i] as number,
        forward[i] as number,
        strike[i] as number,
        years[i] as number,
        isCall[i] === 1,
      );
    return sum;
  };
}

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  const grid = gridColumns();
  const session = sessionColumns();
  const { worst, beyond, failed } = accuracyOf(grid);
  const onGrid = nanosecondsPerRow(own(grid), grid.length);
  const onSession = nanosecondsPerRow(own(session), session.length);
  const newton = nanosecondsPerRow(kernelOf(session, textbookNewton), session.length, 7);
  const exact = (value: number): { min: number; median: number; runs: number } => ({
    min: value,
    median: value,
    runs: 1,
  });
  return [
    rowOf({ name: `implied volatility, grid of ${grid.length} options`, unit: 'ns/solve', goal: '<= 100' }, onGrid),
    rowOf({ name: 'implied volatility, a session of 42 contracts', unit: 'ns/solve', goal: '<= 100' }, onSession, {
      name: 'textbook Newton',
      found: newton,
    }),
    rowOf({ name: 'grid: rows beyond 1e-10 relative', unit: 'rows', goal: '0' }, exact(beyond)),
    rowOf({ name: 'grid: failed rows', unit: 'rows', goal: '0' }, exact(failed)),
    rowOf({ name: 'grid: largest relative error', unit: '1e-13', goal: '<= 10' }, exact(worst * 1e13)),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printRows(await run());
