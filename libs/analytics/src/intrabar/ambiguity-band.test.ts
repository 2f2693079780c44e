import { paise } from '@sos/domain';
import { ambiguityBands, type BandedTrade } from './ambiguity-band.js';

function trade(net: number, band: readonly [number, number] | null = null, gate = 'A'): BandedTrade {
  const [worst, best] = band ?? [net, net];
  return { gate, net: paise(net), ambiguous: band !== null, worst: paise(worst), best: paise(best) };
}

describe('ambiguity band', () => {
  test('assumed, worst and best over all trades of each gate', () => {
    const trades = [trade(500), trade(-300, [-300, 700]), trade(100, null, 'B'), trade(-250, [-450, 350])];
    expect(ambiguityBands(trades)).toEqual([
      {
        gate: 'A',
        trades: 3,
        hinging: 2,
        assumedPaise: -50,
        worstPaise: -250,
        bestPaise: 1550,
        verdictHinges: true,
      },
      { gate: 'B', trades: 1, hinging: 0, assumedPaise: 100, worstPaise: 100, bestPaise: 100, verdictHinges: false },
    ]);
  });

  test.each([
    [[trade(-1, [-1, 0])], false],
    [[trade(0, [0, 1])], true],
    [[trade(1, [1, 2])], false],
  ])('the verdict hinges only between a result above nothing and one that is not', (trades, expected) => {
    expect(ambiguityBands(trades)[0]?.verdictHinges).toBe(expected);
  });

  test.each([
    ['an assumed result below the band', { ...trade(1, [2, 3]) }],
    ['an assumed result above the band', { ...trade(4, [2, 3]) }],
    ['a band of an unambiguous trade', { ...trade(2, [1, 3]), ambiguous: false }],
  ])('refuses %s', (_, broken) => {
    expect(() => ambiguityBands([broken])).toThrow('expected worst ≤ net ≤ best of a trade of A');
  });

  test('no trades, no gates', () => {
    expect(ambiguityBands([])).toEqual([]);
  });
});
