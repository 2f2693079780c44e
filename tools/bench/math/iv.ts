// Implied volatility: ns per solve and accuracy on the grid of index options and on a session's chain, beside the fastest npm solver.
import { pathToFileURL } from 'node:url';
import type { BenchRow } from '../bench-row.js';
import { printRows, rowOf, type Measured } from './measure.js';
import { accuracyOf, gridColumns } from './option-rows.js';
import { entryOf, pricingEntries } from './pricing.js';

const NAMES = ['iv grid', 'iv grid @uqee', 'iv session', 'iv session @uqee', 'iv session newton'];

const exact = (value: number): Measured => ({ min: value, median: value, runs: 1 });

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  const grid = gridColumns();
  const entries = await pricingEntries(NAMES);
  const of = (name: string): ReturnType<typeof entryOf> => entryOf(entries, name);
  const own = accuracyOf(grid, of('iv grid').sample);
  const theirs = accuracyOf(grid, of('iv grid @uqee').sample);
  const unit = 'ns/solve';
  const uqee = '@uqee (Newton, double)';
  const rows = { unit: 'rows', goal: '0' };
  return [
    rowOf({ name: `implied volatility, grid of ${grid.length} options`, unit, goal: '<= 100, >= 4x' }, of('iv grid'), {
      name: uqee,
      found: of('iv grid @uqee'),
    }),
    rowOf({ name: 'implied volatility, a session of 42 contracts', unit, goal: '<= 100, >= 4x' }, of('iv session'), {
      name: uqee,
      found: of('iv session @uqee'),
    }),
    rowOf({ name: 'implied volatility, a session of 42 contracts', unit }, of('iv session'), {
      name: 'textbook Newton',
      found: of('iv session newton'),
    }),
    rowOf({ name: 'grid: rows beyond 1e-10 relative', ...rows }, exact(own.beyond)),
    rowOf({ name: `grid: rows beyond 1e-10 relative, ${uqee}`, unit: 'rows' }, exact(theirs.beyond)),
    rowOf({ name: 'grid: failed rows', ...rows }, exact(own.failed)),
    rowOf({ name: `grid: failed rows, ${uqee}`, unit: 'rows' }, exact(theirs.failed)),
    rowOf({ name: 'grid: largest relative error', unit: '1e-13', goal: '<= 10' }, exact(own.worst * 1e13)),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printRows(await run());
