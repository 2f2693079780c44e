// Black-76 price and Greeks: ns per option, beside the fastest npm library.
import { pathToFileURL } from 'node:url';
import type { BenchRow } from '../bench-row.js';
import { printRows, rowOf } from './measure.js';
import { entryOf, pricingEntries } from './pricing.js';

const NAMES = ['greeks grid', 'greeks grid @uqee', 'greeks session', 'price grid', 'price session'];

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  const entries = await pricingEntries(NAMES);
  const of = (name: string): ReturnType<typeof entryOf> => entryOf(entries, name);
  const unit = 'ns/option';
  return [
    rowOf({ name: 'price and 8 Greeks, grid', unit, goal: '<= 70' }, of('greeks grid'), {
      name: '@uqee (price and 5, single precision)',
      found: of('greeks grid @uqee'),
    }),
    rowOf({ name: 'price and 8 Greeks, a session of 42 contracts', unit, goal: '<= 70' }, of('greeks session')),
    rowOf({ name: 'price alone, grid', unit }, of('price grid')),
    rowOf({ name: 'price alone, a session of 42 contracts', unit }, of('price session')),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printRows(await run());
