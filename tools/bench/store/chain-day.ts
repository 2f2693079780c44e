// Loading one stored day (index, two chains of 100 strikes with 306 pages each) the way a backtest does.
import { addDays, istInstant, makeChainTape, parseIstDate, type ChainTape, type IstDate } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';
import type { BenchRow } from '../bench-row.js';
import { sampleYears } from './sample-year.js';
import { median, timed, withScratchStore } from './scratch-store.js';

const RUNS = 9;
const PAGES = 306;
const DAY = parseIstDate('2024-08-28');

function sampleChain(expiry: IstDate): ChainTape {
  const strikes = Float64Array.from({ length: 100 }, (_, k) => 22_000 + 50 * k);
  const tape = makeChainTape({ underlying: 'NIFTY', expiry, source: 'simulated', strikes, length: PAGES });
  const open = istInstant(DAY, '09:24');
  for (let s = 0; s < PAGES; s++) {
    tape.eventTime[s] = open + s * 65_000;
    tape.availableAt[s] = open + s * 65_000 + 40_000;
    tape.spot[s] = 24_500 + s / 10;
  }
  for (const side of [tape.call, tape.put])
    for (const column of [side.ltp, side.bid, side.ask, side.bidQty, side.askQty, side.volume, side.openInterest])
      for (let c = 0; c < column.length; c++) column[c] = c % 11 === 0 ? Number.NaN : 75 + (c % 977) * 0.05;
  return tape;
}

/** The figures of a stored day. */
export async function run(): Promise<BenchRow[]> {
  return withScratchStore(async ({ store }) => {
    const chains = [0, 7, 14, 21].map((days) => sampleChain(addDays(parseIstDate('2024-08-29'), days)));
    await store.transaction(async (tx) => {
      await tx.writeCandles(indexContract('NIFTY'), sampleYears(2024, 2024), { source: 'simulated', dataset: 'bench' });
      await tx.writeChains(chains, 'bench');
    });
    const source = store.marketSource({ filter: 'simulated' });
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) times.push(await timed(() => source.day('NIFTY', DAY)));
    return [
      {
        name: 'load a day: index, 2 of 4 chains (306 pages × 100 strikes each)',
        unit: 'ms',
        min: Math.min(...times),
        median: median(times),
        runs: RUNS,
        goal: '≤ 250 ms',
      },
    ];
  });
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(await run());
