import type { BarColumns, ChainTape, IstDate, Underlying } from '@sos/domain';
import { lotSize } from '@sos/rulebook';
import { chainStatistics, type ChainStatistics } from './calibration/chain-statistics.js';
import { minuteCorrelation, returnStatistics } from './calibration/return-statistics.js';
import { createSimulatedMarket } from './simulated-market.js';

// Bands around what was measured on the recorded sets (docs/simulated-market.md), wide enough for a sample of this size.
const market = createSimulatedMarket({ seed: 'statistics' });

type Band = readonly [what: string, found: number, low: number, high: number];

/** The measurements that lie outside their bands, in words. */
function outside(bands: readonly Band[]): string[] {
  return bands
    .filter(([, found, low, high]) => !(found > low && found < high))
    .map(([what, found, low, high]) => `${what}: expected ${low}..${high}, found ${found}`);
}

async function indexDays(underlying: Underlying): Promise<BarColumns[]> {
  const dates = await market.sessions(underlying, '2021-09-01' as IstDate, '2022-03-31' as IstDate);
  const tapes = await Promise.all(dates.map((date) => market.day(underlying, date)));
  return tapes.flatMap((tape) => (tape?.index.length === 375 ? [tape.index] : []));
}

describe('returns', () => {
  it('have the tails, clusters and daily shape of recorded ones', async () => {
    const nifty = await indexDays('NIFTY');
    const s = returnStatistics(nifty);
    const [first, , , morning, , noon, , late] = s.shape as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const together = minuteCorrelation(nifty, await indexDays('BANKNIFTY'));
    expect(
      outside([
        ['median deviation of a session', s.medianSessionDeviation, 45, 85],
        ['spread of its logarithm', s.logSpread, 0.22, 0.45],
        ['kurtosis', s.kurtosis, 8, 30],
        ['kurtosis freed of size', s.kurtosisFreed, 4, 7.5],
        ['echo', s.echo, 0.01, 0.06],
        ['absolute autocorrelation, lag 1', s.absolute[0] as number, 0.14, 0.32],
        ['… freed of size', s.absoluteFreed[0] as number, 0.04, 0.13],
        ['… freed of size, lag 60', s.absoluteFreed[4] as number, -0.03, 0.04],
        ['range over change', s.range, 1.6, 1.85],
        ['first minute', first, 4, 7],
        ['noon over morning', noon / morning, 0.55, 0.8],
        ['late over noon', late / noon, 1.05, 1.45],
        ['correlation with BANKNIFTY', together.correlation, 0.8, 0.9],
        ['BANKNIFTY on NIFTY', together.slope, 1, 1.35],
      ]),
    ).toEqual([]);
  }, 60_000);
});

describe('chains', () => {
  let found: ChainStatistics[];
  beforeAll(async () => {
    const dates = await market.sessions('NIFTY', '2025-07-01' as IstDate, '2025-12-31' as IstDate);
    const chains: ChainTape[] = [];
    for (let i = 0; i < dates.length; i += 11) {
      const chain = (await market.day('NIFTY', dates[i] as IstDate))?.chains[0];
      if (chain && chain.length > 300) chains.push(chain);
    }
    found = chains.map((chain) => chainStatistics(chain, lotSize('NIFTY', chain.expiry, dates[0] as IstDate)));
  }, 60_000);

  it('show all four buildups, in calls and in puts, every day', () => {
    const shares = found.flatMap((s) => [...s.callBuildups, ...s.putBuildups]);
    expect(outside(shares.map((share, i) => [`share ${i}`, share, 0.08, 0.5]))).toEqual([]);
  });

  it('keep PCR, volatility, skew and spreads in the recorded ranges', () => {
    const bands = found.flatMap((s): Band[] => [
      ['PCR', s.pcr[1], 0.3, 2.2],
      ['spread at the money', s.spread[3] as number, 0.05, 0.8],
      ['spread in the money over at the money', (s.spread[0] as number) / (s.spread[3] as number), 1, 60],
    ]);
    const later = found
      .filter((s) => s.daysToExpiry > 1)
      .flatMap((s): Band[] => [
        ['volatility', s.atm[1], 5, 25],
        ['skew of puts', s.smile[1] as number, 1.15, 1.5],
        ['skew of calls', s.smile[6] as number, 1, 1.3],
        ['five largest strikes', s.topFive[0], 0.25, 0.7],
        ['round strikes', s.roundness, 1.3, 5],
      ]);
    expect(later.length).toBeGreaterThan(20);
    expect(outside([...bands, ...later])).toEqual([]);
  });
});
