import type { BarColumns, ChainTape, IstDate, Underlying } from '@sos/domain';
import { lotSize } from '@sos/rulebook';
import { chainStatistics, type ChainStatistics } from './calibration/chain-statistics.js';
import { minuteCorrelation, returnStatistics } from './calibration/return-statistics.js';
import { createSimulatedMarket } from './simulated-market.js';

// Bands around what was measured on the recorded sets (docs/simulated-market.md), wide enough for a sample of this size.
const market = createSimulatedMarket({ seed: 'statistics' });
const between = (x: number, low: number, high: number): void => {
  expect(x).toBeGreaterThan(low);
  expect(x).toBeLessThan(high);
};

async function indexDays(underlying: Underlying): Promise<BarColumns[]> {
  const dates = await market.sessions(underlying, '2021-09-01' as IstDate, '2022-03-31' as IstDate);
  const tapes = await Promise.all(dates.map((date) => market.day(underlying, date)));
  return tapes.flatMap((tape) => (tape?.index.length === 375 ? [tape.index] : []));
}

describe('returns', () => {
  it('have the tails, clusters and daily shape of recorded ones', async () => {
    const nifty = await indexDays('NIFTY');
    const s = returnStatistics(nifty);
    between(s.medianSessionDeviation, 45, 85);
    between(s.logSpread, 0.22, 0.45);
    between(s.kurtosis, 8, 30);
    between(s.kurtosisFreed, 4, 7.5);
    between(s.echo, 0.01, 0.06);
    between(s.absolute[0] as number, 0.14, 0.32);
    between(s.absoluteFreed[0] as number, 0.04, 0.13);
    between(s.absoluteFreed[4] as number, -0.03, 0.04);
    between(s.range, 1.6, 1.85);
    const [first, , , morning, , noon, , late] = s.shape as number[];
    between(first as number, 4, 7);
    between((noon as number) / (morning as number), 0.55, 0.8);
    between((late as number) / (noon as number), 1.05, 1.45);
    const together = minuteCorrelation(nifty, await indexDays('BANKNIFTY'));
    between(together.correlation, 0.8, 0.9);
    between(together.slope, 1, 1.35);
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
    for (const s of found) for (const share of [...s.callBuildups, ...s.putBuildups]) between(share, 0.08, 0.5);
  });

  it('keep PCR, volatility, skew and spreads in the recorded ranges', () => {
    for (const s of found) {
      between(s.pcr[1], 0.3, 2.2);
      between(s.spread[3] as number, 0.05, 0.8);
      if (s.daysToExpiry < 1) continue;
      between(s.atm[1], 5, 25);
      between(s.smile[1] as number, 1.15, 1.5);
      between(s.smile[6] as number, 1, 1.3);
      expect(s.spread[0] as number).toBeGreaterThan(s.spread[3] as number);
      between(s.topFive[0], 0.25, 0.7);
      between(s.roundness, 1.3, 5);
    }
  });
});
