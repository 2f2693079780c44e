import fc from 'fast-check';
import { LONG_BUILDUP, LONG_UNWINDING, NEUTRAL, SHORT_BUILDUP, SHORT_COVERING, UNKNOWN_BUILDUP } from './buildup.js';
import { makeMoneyMatrixVote, moneyMatrixVote, type MoneyMatrixInput } from './money-matrix-vote.js';

function input(call: [code: number, oi: number][], put: [code: number, oi: number][]): MoneyMatrixInput {
  return {
    callBuildup: Int8Array.from(call, (c) => c[0]),
    callOi: Float64Array.from(call, (c) => c[1]),
    putBuildup: Int8Array.from(put, (p) => p[0]),
    putOi: Float64Array.from(put, (p) => p[1]),
    from: 0,
    to: call.length,
  };
}

// D5's example: rising open interest on all puts (written), calls 3 long buildup + 2 short covering. The pooled vote of the original called it bearish.
test('put writing and call buying agree: the index is in a long buildup', () => {
  const call: [number, number][] = [
    [LONG_BUILDUP, 10],
    [LONG_BUILDUP, 10],
    [LONG_BUILDUP, 10],
    [SHORT_COVERING, 10],
    [SHORT_COVERING, 10],
  ];
  const put: [number, number][] = call.map(() => [SHORT_BUILDUP, 20]);
  expect(moneyMatrixVote(input(call, put))).toEqual({
    score: 1,
    label: 'long-buildup',
    code: LONG_BUILDUP,
    agreeingShare: 1,
    voters: 10,
  });
});

test.each([
  ['long-buildup', LONG_BUILDUP, SHORT_BUILDUP],
  ['short-covering', SHORT_COVERING, LONG_UNWINDING],
  ['short-buildup', SHORT_BUILDUP, LONG_BUILDUP],
  ['long-unwinding', LONG_UNWINDING, SHORT_COVERING],
])('the index is in %s when its calls and puts say so', (label, call, put) => {
  expect(moneyMatrixVote(input([[call, 100]], [[put, 50]])).label).toBe(label);
});

test('weighs by open interest, neutral contracts included in the whole', () => {
  const vote = moneyMatrixVote(
    input(
      [
        [LONG_BUILDUP, 300],
        [NEUTRAL, 100],
      ],
      [
        [LONG_BUILDUP, 100],
        [UNKNOWN_BUILDUP, 999],
      ],
    ),
  );
  expect(vote).toEqual({ score: 0.4, label: 'long-buildup', code: LONG_BUILDUP, agreeingShare: 0.6, voters: 3 });
});

test('a weak score is neutral, by the threshold given', () => {
  const weak = input([[LONG_BUILDUP, 105]], [[LONG_BUILDUP, 100]]);
  expect(moneyMatrixVote(weak).label).toBe('neutral');
  expect(moneyMatrixVote({ ...weak, minScore: 0 }).label).toBe('long-buildup');
  const even = moneyMatrixVote({ ...input([[LONG_BUILDUP, 100]], [[LONG_BUILDUP, 100]]), minScore: 0 });
  expect([even.score, even.label, even.agreeingShare]).toEqual([0, 'neutral', 0]);
});

test('equal weights of opening and closing are read as opening', () => {
  expect(moneyMatrixVote(input([[LONG_BUILDUP, 5]], [[LONG_UNWINDING, 5]])).label).toBe('long-buildup');
  expect(moneyMatrixVote(input([[SHORT_BUILDUP, 5]], [[SHORT_COVERING, 5]])).label).toBe('short-buildup');
});

test('with nothing known the vote is unknown, not neutral', () => {
  const unknown = moneyMatrixVote(
    input(
      [
        [UNKNOWN_BUILDUP, 100],
        [LONG_BUILDUP, Number.NaN],
      ],
      [
        [NEUTRAL, 0],
        [UNKNOWN_BUILDUP, 1],
      ],
    ),
  );
  expect(unknown).toEqual(makeMoneyMatrixVote());
});

test('the order of the strikes does not matter', () => {
  const cell = fc.tuple(fc.integer({ min: -1, max: 4 }), fc.integer({ min: 0, max: 1_000_000 }));
  const pairs = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(pairs, (chain) => {
      const forward = moneyMatrixVote(
        input(
          chain.map((c) => c[0]),
          chain.map((c) => c[1]),
        ),
      );
      const turned = [...chain].reverse();
      expect(
        moneyMatrixVote(
          input(
            turned.map((c) => c[0]),
            turned.map((c) => c[1]),
          ),
        ),
      ).toEqual(forward);
    }),
    { seed: 5 },
  );
});

test('calls and puts mirrored turn the vote round', () => {
  const chain: [number, number][] = [
    [LONG_BUILDUP, 70],
    [SHORT_COVERING, 20],
    [SHORT_BUILDUP, 30],
  ];
  const other: [number, number][] = [
    [LONG_BUILDUP, 10],
    [LONG_UNWINDING, 25],
    [NEUTRAL, 30],
  ];
  const vote = moneyMatrixVote(input(chain, other));
  expect(moneyMatrixVote(input(other, chain)).score).toBe(-vote.score);
});
