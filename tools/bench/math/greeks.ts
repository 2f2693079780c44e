// Black-76 price and Greeks: ns per option.
import { pathToFileURL } from 'node:url';
import { black76Greeks, black76Price, makeGreeks } from '@sos/math-engine';
import type { BenchRow } from '../bench-row.js';
import { nanosecondsPerRow, printRows, rowOf, type Kernel } from './measure.js';
import { gridColumns, sessionColumns, type OptionColumns } from './option-rows.js';

function greeksKernel(rows: OptionColumns): Kernel {
  const { forward, strike, years, sigma, isCall } = rows;
  const out = makeGreeks();
  return (from, to) => {
    let sum = 0;
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
      sum += out.price + out.delta + out.gamma + out.vega + out.theta;
    }
    return sum;
  };
}

function priceKernel(rows: OptionColumns): Kernel {
  const { forward, strike, years, sigma, isCall } = rows;
  return (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++)
      sum += black76Price(
        forward[i] as number,
        strike[i] as number,
        years[i] as number,
        sigma[i] as number,
        isCall[i] === 1,
      );
    return sum;
  };
}

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  const grid = gridColumns();
  const session = sessionColumns();
  const goal = '<= 70';
  return [
    rowOf(
      { name: 'price and 8 Greeks, grid', unit: 'ns/option', goal },
      nanosecondsPerRow(greeksKernel(grid), grid.length),
    ),
    rowOf(
      { name: 'price and 8 Greeks, a session of 42 contracts', unit: 'ns/option', goal },
      nanosecondsPerRow(greeksKernel(session), session.length),
    ),
    rowOf({ name: 'price alone, grid', unit: 'ns/option' }, nanosecondsPerRow(priceKernel(grid), grid.length)),
    rowOf(
      { name: 'price alone, a session of 42 contracts', unit: 'ns/option' },
      nanosecondsPerRow(priceKernel(session), session.length),
    ),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printRows(await run());
