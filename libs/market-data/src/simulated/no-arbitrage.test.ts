import type { DayTape, IstDate, Underlying } from '@sos/domain';
import { arbitrages, calendarArbitrages, crookedMiddles } from './fixtures/static-arbitrage.js';
import { createSimulatedMarket } from './simulated-market.js';

const DEEP = process.env['SOS_DEEP'] === '1';
const DAYS = DEEP ? 100 : 8;
const EVERY = DEEP ? 1 : 7;

/** Sessions spread over the known years, expiry days and the closing-auction era among them. */
async function sampleDays(underlying: Underlying): Promise<DayTape[]> {
  const market = createSimulatedMarket({ seed: 'arbitrage' });
  const all = await market.sessions(underlying, '2021-01-04' as IstDate, '2026-11-20' as IstDate);
  const dates = Array.from({ length: DAYS }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / DAYS)] as IstDate);
  const tapes = await Promise.all([...dates, '2026-08-04' as IstDate].map((date) => market.day(underlying, date)));
  return tapes.flatMap((tape) => (tape ? [tape] : []));
}

describe.each(['NIFTY', 'BANKNIFTY'] as const)('quotes of %s', (underlying) => {
  let days: DayTape[];
  beforeAll(async () => {
    days = await sampleDays(underlying);
  }, 120_000);

  it('never give money away: bounds, order of strikes, spreads, butterflies and put-call parity hold at the quotes', () => {
    for (const { chains } of days)
      for (const chain of chains)
        for (let s = 0; s < chain.length; s += EVERY) expect(arbitrages(chain, s)).toEqual([]);
  });

  it('keep their middles in order as far as the grid allows', () => {
    for (const { chains } of days)
      for (const chain of chains)
        for (let s = 0; s < chain.length; s += EVERY) expect(crookedMiddles(chain, s)).toEqual([]);
  });

  it('never sell time for less than nothing', () => {
    for (const { chains } of days) {
      const [near, far] = chains;
      if (near === undefined || far === undefined) continue;
      for (let s = 0; s < near.length; s += EVERY) expect(calendarArbitrages(near, far, s)).toEqual([]);
    }
  });
});
