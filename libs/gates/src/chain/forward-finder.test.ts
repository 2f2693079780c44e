import { makeChainTape, type ChainTape, type IstDate } from '@sos/domain';
import { ForwardFinder } from './forward-finder.js';

const STRIKES = Float64Array.from({ length: 41 }, (_, i) => 20_000 + 50 * i);

/** Two-sided quotes whose parity forward is the given level in each snapshot. */
function quoted(forwards: readonly number[]): ChainTape {
  const shape = { underlying: 'NIFTY', expiry: '2025-09-02' as IstDate, source: 'simulated' } as const;
  const tape = makeChainTape({ ...shape, strikes: STRIKES, length: forwards.length });
  for (const [s, forward] of forwards.entries()) {
    for (const [k, strike] of STRIKES.entries()) {
      const cell = s * STRIKES.length + k;
      const call = Math.max(forward - strike, 0) + 60;
      tape.call.bid[cell] = call - 1;
      tape.call.ask[cell] = call + 1;
      tape.put.bid[cell] = call - forward + strike - 1;
      tape.put.ask[cell] = call - forward + strike + 1;
    }
  }
  return tape;
}

test('the forward is that of parity, near the last money and after a jump out of it', () => {
  const forwards = [21_010, 21_015, 20_985, 21_700, 20_210, 20_012];
  const tape = quoted(forwards);
  const finder = new ForwardFinder();
  for (const [s, forward] of forwards.entries()) expect(finder.find(tape, s, 1)).toBeCloseTo(forward, 6);
});

test('without quotes the spot stands in, also after quotes were there', () => {
  const tape = quoted([21_010, 21_010]);
  for (const side of [tape.call.bid, tape.put.bid]) side.fill(Number.NaN, STRIKES.length);
  const finder = new ForwardFinder();
  expect([finder.find(tape, 0, 20_500), finder.find(tape, 1, 20_500)]).toEqual([21_010, 20_500]);
  expect(finder.find(tape, 1, Number.NaN)).toBeNaN();
});
