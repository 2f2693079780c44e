// Indicators over 1,000,000 bars: ns per bar, whole columns and one bar at a time, beside the fastest npm libraries on the same bars.
import { pathToFileURL } from 'node:url';
import type { BenchRow } from '../bench-row.js';
import type { Entry } from './contestant.js';
import { interleave } from './interleave.js';
import { printRows, rowOf } from './measure.js';
import { forPlainNode } from './plain-node.js';

const FILES = [
  'tools/bench/math/indicator-contestants.ts',
  'tools/bench/math/contestant.ts',
  'tools/bench/math/measure.ts',
  'libs/math-engine/src/indicators/fixtures/random-bars.ts',
];
const ROUNDS = 6;
/** Relative; technicalindicators rounds its RSI to two decimals. */
const SAME = 1e-9;
const ROUNDED = 0.005 + 1e-9;

interface Contest {
  readonly name: string;
  readonly batch: readonly string[];
  readonly isStreamed: boolean;
  /** How many times faster than nextValue() of technicalindicators the fastest npm library that streams was, in one earlier run of all of them. */
  readonly best?: number;
}

const BOTH = ['@ixjb94', 'technicalindicators'];

const CONTESTS: readonly Contest[] = [
  { name: 'SMA(20)', batch: BOTH, isStreamed: true, best: 8.6 },
  { name: 'EMA(20)', batch: BOTH, isStreamed: true, best: 3.6 },
  { name: 'RSI(14)', batch: BOTH, isStreamed: true, best: 2 },
  { name: 'ATR(14)', batch: BOTH, isStreamed: true, best: 1.4 },
  { name: 'Bollinger(20, 2)', batch: BOTH, isStreamed: true, best: 8.3 },
  { name: 'VWAP daily', batch: ['technicalindicators'], isStreamed: true, best: 10 },
  { name: 'max(50) and min(50)', batch: BOTH, isStreamed: false },
  { name: 'stdev(20)', batch: [], isStreamed: true },
];

/** How far two samples are apart, relatively. */
function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? Number.NaN)) / Math.max(1, Math.abs(x))));
}

/** @throws when a library says something else: then a comparison of times would mean nothing */
function check(own: Entry, other: Entry, title: string): void {
  const within =
    title.startsWith('RSI(14) technicalindicators') || title.startsWith('RSI(14) nextValue') ? ROUNDED : SAME;
  const found = apart(own.sample, other.sample);
  if (!(found <= within)) throw new Error(`${title}: expected our values within ${within}, found ${found}`);
}

async function measure({ name, batch, isStreamed, best }: Contest): Promise<BenchRow[]> {
  const modes = [
    ...(name === 'stdev(20)' ? [] : ['column']),
    'streaming',
    ...batch,
    ...(isStreamed ? ['nextValue'] : []),
  ];
  const titles = modes.map((mode) => `${name} ${mode}`);
  const entries = await interleave(forPlainNode(FILES), titles, ROUNDS);
  const found = new Map(modes.map((mode, i) => [mode, entries[i]]));
  const own = entries[0];
  if (own === undefined) return [];
  for (const [i, entry] of entries.entries()) check(own, entry, titles[i] ?? '');
  const rows: BenchRow[] = [];
  const column = found.get('column');
  for (const library of batch) {
    const other = found.get(library);
    if (column !== undefined && other !== undefined)
      rows.push(
        rowOf({ name: `${name}, column`, unit: 'ns/bar', goal: '>= 7x' }, column, { name: library, found: other }),
      );
  }
  const streaming = found.get('streaming');
  const next = found.get('nextValue');
  const goal = best === undefined ? {} : { goal: `>= ${best}x` };
  if (streaming !== undefined)
    rows.push(
      rowOf(
        { name: `${name}, streaming`, unit: 'ns/bar', ...goal },
        streaming,
        next === undefined ? undefined : { name: 'technicalindicators', found: next },
      ),
    );
  return rows;
}

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const wanted = process.argv[2];
  for (const contest of CONTESTS)
    if (wanted === undefined || contest.name.startsWith(wanted)) rows.push(...(await measure(contest)));
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printRows(await run());
