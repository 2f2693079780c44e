// One 100-instrument full-mode frame of the Upstox v3 feed: our decoder against protobufjs with the vendor's definition, interleaved.
import { FrameDecoder } from '../../../libs/market-data/src/providers/upstox/feed/frame-decoder.js';
import { KeyTable } from '../../../libs/market-data/src/providers/upstox/feed/key-table.js';
import type { BenchRow } from '../bench-row.js';
import { fullFrame, vendorDefinition } from './full-frame.js';

const INSTRUMENTS = 100;
const ROUNDS = 15;
const CALLS = 400;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Microseconds of one call; `used` keeps the work from being optimised away. */
function time(calls: number, work: () => number): { us: number; used: number } {
  let used = 0;
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) used += work();
  return { us: Number(process.hrtime.bigint() - start) / 1000 / calls, used };
}

/** Measures the decoder of the live feed. */
export async function run(): Promise<BenchRow[]> {
  const type = vendorDefinition();
  const frame = fullFrame(type, INSTRUMENTS);
  const decoder = new FrameDecoder(new KeyTable());
  const ours = (): number => decoder.decode(frame).ticks.lastPrice[INSTRUMENTS - 1] as number;
  const theirs = (): number => Object.keys((type.decode(frame) as { feeds?: object }).feeds ?? {}).length;
  time(CALLS * 10, ours);
  time(CALLS, theirs);
  const own: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const a = time(CALLS, ours);
    const b = time(CALLS / 8, theirs);
    if (!(a.used > 0 && b.used > 0)) throw new Error('expected decoded instruments, found none');
    own.push(a.us);
    other.push(b.us);
  }
  return [
    {
      name: `Upstox v3 full frame of ${INSTRUMENTS} instruments (${frame.length.toLocaleString('en-US')} bytes) into columns`,
      unit: 'µs/frame',
      min: Math.min(...own),
      median: median(own),
      runs: ROUNDS,
      yardstick: { name: 'protobufjs decode', value: median(other), ratio: median(other) / median(own) },
      goal: '≤ 25 µs, ≥ 6× protobufjs',
    },
  ];
}
