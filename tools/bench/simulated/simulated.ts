import type { BarColumns, ChainTape, DayTape, IstDate, OptionContract, Right } from '@sos/domain';
import { createSimulatedMarket, modelPremiums } from '@sos/market-data';
import type { BenchRow } from '../bench-row.js';

const day = (text: string): IstDate => text as IstDate;
const RUNS = 7;

interface Path {
  readonly date: IstDate;
  readonly bars: BarColumns;
  readonly previousClose: number;
}

/** Best and median of several runs of `once`, which returns how much work it did; as work per second. */
async function rate(once: () => Promise<number> | number): Promise<{ min: number; median: number }> {
  const found: number[] = [];
  await once();
  for (let i = 0; i < RUNS; i++) {
    const from = performance.now();
    const work = await once();
    found.push((work / (performance.now() - from)) * 1000);
  }
  found.sort((a, b) => b - a);
  return { min: found[0] ?? Number.NaN, median: found[RUNS >> 1] ?? Number.NaN };
}

/** Looks at every column, so that nothing is left to be made later. */
function touch(chain: ChainTape): number {
  return [chain.call, chain.put].reduce((sum, s) => sum + (s.bidQty[0] ?? 0) + (s.ltp[0] ?? 0) + (s.bid[0] ?? 0), 0);
}

const market = createSimulatedMarket({ seed: 'bench' });

async function wholeDays(dates: readonly IstDate[]): Promise<number> {
  for (const underlying of ['NIFTY', 'BANKNIFTY'] as const)
    for (const date of dates) for (const chain of (await market.day(underlying, date))?.chains ?? []) touch(chain);
  return 2 * dates.length;
}

function modelled(path: Path): DayTape {
  const { bars, date, previousClose } = path;
  return modelPremiums({ bars, underlying: 'NIFTY', date, seed: 'bench', previousClose });
}

function contract(chain: ChainTape, k: number, right: Right): OptionContract {
  const { underlying, expiry } = chain;
  const strike = chain.strikes[k] as number;
  return { kind: 'option', id: `${strike}${right}` as OptionContract['id'], underlying, expiry, strike, right };
}

function chains(paths: readonly Path[]): number {
  return paths.reduce((sum, path) => {
    const tape = modelled(path);
    return sum + tape.index.length + (tape.future === null ? 1 : 0) + (tape.chains.length === 1 ? 0 : 1);
  }, 0);
}

function options(tapes: readonly DayTape[], first: number): number {
  let rows = 0;
  for (const tape of tapes) {
    const chain = tape.chains[0] as ChainTape;
    const atm = chain.strikes.length >> 1;
    // Other strikes in every run: a tape keeps what it has made.
    rows += tape.option(contract(chain, atm - 3 + first, 'CE'))?.length ?? 0;
  }
  return rows;
}

export async function run(): Promise<BenchRow[]> {
  const dates = await market.sessions('NIFTY', day('2026-01-01'), day('2026-03-31'));
  const paths: Path[] = [];
  for (const date of dates) {
    const tape = await market.day('NIFTY', date);
    if (tape !== null) paths.push({ date, bars: tape.index, previousClose: tape.previousClose });
  }
  const days = await rate(() => wholeDays(dates.slice(0, 15)));
  const bars = await rate(() => chains(paths));
  let tapes: DayTape[] = [];
  let first = 7;
  const rows = await rate(() => {
    if (first === 7) {
      tapes = paths.map(modelled);
      for (const tape of tapes) touch(tape.chains[0] as ChainTape);
      first = 0;
    }
    return options(tapes, first++);
  });
  return [
    {
      name: 'simulated day, two expiries of ±20 strikes a minute',
      unit: 'symbol-days/s',
      ...days,
      runs: RUNS,
      goal: '≥ 20',
    },
    { name: 'premiums, chain and future modelled on an index path', unit: 'bars/s', ...bars, runs: RUNS },
    { name: 'option bars on a modelled path', unit: 'bars/s', ...rows, runs: RUNS },
  ];
}
