import { makeChainTape, parseIstDate } from '@sos/domain';
import { parityForward } from '@sos/math-engine';
import fc from 'fast-check';
import { NearParity } from './near-parity.js';

const quote = fc.oneof(fc.double({ min: 0, max: 400, noNaN: false }), fc.constantFrom(0, 5, 5.05, Number.NaN));
const cell = fc.tuple(quote, quote, quote, quote);

test('is the parity forward of the strikes looked at, to the last bit', () => {
  const near = new NearParity(14);
  fc.assert(
    fc.property(fc.array(cell, { minLength: 4, maxLength: 14 }), fc.nat(3), (cells, from) => {
      const strikes = Float64Array.from(cells, (_, i) => 24_000 + 50 * i);
      const shape = { underlying: 'NIFTY', source: 'simulated', expiry: parseIstDate('2026-01-13') } as const;
      const tape = makeChainTape({ ...shape, strikes, length: 1 });
      const { call, put } = tape;
      for (const [i, [callBid, callAsk, putBid, putAsk]] of cells.entries()) {
        [call.bid[i], call.ask[i]] = [callBid, callAsk];
        [put.bid[i], put.ask[i]] = [putBid, putAsk];
      }
      near.look(tape, 0, { from, to: strikes.length });
      const columns = { callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask };
      expect(near.value).toBe(parityForward({ ...columns, strikes: strikes.subarray(from), offset: from }).value);
    }),
    { numRuns: 500 },
  );
});

test('of an orderly ladder it is the parity forward of all strikes, to the last bit', () => {
  const near = new NearParity(13);
  const draw = fc.record({
    forward: fc.double({ min: 24_100, max: 24_500, noNaN: true }),
    noise: fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 13, maxLength: 13 }),
  });
  fc.assert(
    fc.property(draw, ({ forward, noise }) => {
      const strikes = Float64Array.from(noise, (_, i) => 24_000 + 50 * i);
      const shape = { underlying: 'NIFTY', source: 'simulated', expiry: parseIstDate('2026-01-13') } as const;
      const tape = makeChainTape({ ...shape, strikes, length: 1 });
      const { call, put } = tape;
      for (const [i, ticks] of noise.entries()) {
        const gap = forward - (strikes[i] as number) + ticks * 0.05;
        [call.bid[i], call.ask[i]] = [500 + gap / 2, 501 + gap / 2];
        [put.bid[i], put.ask[i]] = [500 - gap / 2, 501.5 - gap / 2];
      }
      near.look(tape, 0, { from: 0, to: 13 });
      const columns = { callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask };
      expect(near.value).toBe(parityForward({ ...columns, strikes }).value);
    }),
    { numRuns: 300 },
  );
});
