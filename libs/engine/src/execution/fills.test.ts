import { MS_PER_MINUTE } from '@sos/domain';
import { Desk, OPEN } from '../fixtures/desk.js';

/** The one trade of a test. */
function onlyTrade(desk: Desk) {
  expect(desk.out.trades).toHaveLength(1);
  const [trade] = desk.out.trades;
  if (!trade) throw new Error('expected a trade, found none');
  return trade;
}

describe('entry', () => {
  it('buys at the open of the bar after the decision: half the modelled spread, rounded up, one tick of slippage', () => {
    const desk = new Desk().entered();
    // 150 + max(0.05, 0.2 % × 150) / 2 = 150.15, + 0.05 slippage
    const [fill] = desk.out.fills;
    expect(fill).toMatchObject({ side: 'BUY', price: 15020, time: OPEN + MS_PER_MINUTE });
    expect(desk.position.entryTime).toBe(OPEN + MS_PER_MINUTE);
  });
});
