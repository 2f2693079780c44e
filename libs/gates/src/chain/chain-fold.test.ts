import { makeChainTape, type ChainTape, type IstDate } from '@sos/domain';
import { handChain, type HandSnapshot, type Quote } from '../fixtures/hand-chain.js';
import { CHAIN_VARIABLES } from '../vocabulary/chain-variables.js';
import { SMART_TRENDS } from '../vocabulary/labels.js';
import { ChainFold } from './chain-fold.js';
import { chainOptions, type ChainOptions } from './chain-options.js';

const ALL = { velocity: true, changes: true, walls: true, maxPain: true, delta: true };
const STRIKES = [90, 100, 110];

function wordsOf(fold: ChainFold, ...names: string[]): number[] {
  return names.map(
    (name) => fold.values[CHAIN_VARIABLES.findIndex((variable) => variable.name === name)] ?? Number.NaN,
  );
}

function foldOf(tape: ChainTape, options: Partial<ChainOptions> = {}, upTo = tape.length): ChainFold {
  const fold = new ChainFold(chainOptions({ pcrReach: 1, voteReach: 1, deltaReach: 1, ...options }), ALL);
  for (let s = 0; s < upTo; s++) fold.add(tape, s, Number.NaN);
  return fold;
}

function tapeOf(...snapshots: HandSnapshot[]): ChainTape {
  return handChain({ strikes: STRIKES, spot: 100, snapshots });
}

const same = (quote: Quote): Quote[] => [quote, quote, quote];

function trendOf(calls: Quote, puts: Quote): string {
  const first = { at: '09:20', calls: same([10, 1000]), puts: same([10, 1000]) };
  const fold = foldOf(tapeOf(first, { at: '09:21', calls: same(calls), puts: same(puts) }));
  return SMART_TRENDS[wordsOf(fold, 'chain.smartTrend')[0] ?? -1] ?? 'unknown';
}

// Sign table of seed-systems.md D5: CE LB +, SC +, SB -, LU -; PE LB -, SC -, SB +, LU +. The other side does not move.
test.each<[string, Quote, Quote, string]>([
  ['call long buildup', [12, 1500], [10, 1000], 'LONG_BUILDUP'],
  ['call short covering', [12, 600], [10, 1000], 'SHORT_COVERING'],
  ['call short buildup', [8, 1500], [10, 1000], 'SHORT_BUILDUP'],
  ['call long unwinding', [8, 600], [10, 1000], 'LONG_UNWINDING'],
  ['put long buildup', [10, 1000], [12, 1500], 'SHORT_BUILDUP'],
  ['put short covering', [10, 1000], [12, 600], 'LONG_UNWINDING'],
  ['put short buildup (put writing)', [10, 1000], [8, 1500], 'LONG_BUILDUP'],
  ['put long unwinding', [10, 1000], [8, 600], 'SHORT_COVERING'],
])('%s alone makes the index trend', (_, calls, puts, expected) => {
  expect(trendOf(calls, puts)).toBe(expected);
});

test('the evidence of D5 (calls bought and covered, puts written) is bullish, not bearish', () => {
  expect(trendOf([12, 1500], [8, 1500])).toBe('LONG_BUILDUP');
});

test('two sides of equal weight against each other are neutral', () => {
  expect(trendOf([12, 1500], [12, 1500])).toBe('NEUTRAL');
});

test('nothing is known of buildup after one snapshot; the regime then follows the ratio', () => {
  const fold = foldOf(tapeOf({ at: '09:20', calls: same([10, 1000]), puts: same([10, 1300]) }));
  expect(wordsOf(fold, 'chain.smartTrend', 'chain.score', 'chain.pcr', 'chain.regime')).toEqual([
    Number.NaN,
    Number.NaN,
    1.3,
    0,
  ]);
});

test('the ratio and open interest are those of the declared band; walls lie on their side of the forward', () => {
  const strikes = [80, 90, 100, 110, 120];
  const calls: Quote[] = [
    [22, 9000],
    [13, 100],
    [6, 200],
    [3, 300],
    [1, 700],
  ];
  const puts: Quote[] = [
    [1, 800],
    [3, 500],
    [6, 400],
    [13, 300],
    [22, 9000],
  ];
  const fold = foldOf(handChain({ strikes, spot: 101, snapshots: [{ at: '09:20', calls, puts }] }));
  expect(wordsOf(fold, 'chain.ceOi', 'chain.peOi', 'chain.pcr')).toEqual([600, 1200, 2]);
  expect(wordsOf(fold, 'chain.wallAbove', 'chain.wallBelow', 'chain.atm', 'chain.straddle')).toEqual([
    120, 80, 100, 12,
  ]);
  expect(wordsOf(fold, 'chain.forward')).toEqual([101]);
});

test('a ladder that does not reach as far as the band makes the ratio unknown; a narrow one is taken whole', () => {
  const strikes = [80, 90, 100, 110, 120];
  const five = (quote: Quote): Quote[] => strikes.map(() => quote);
  const snapshots = [{ at: '09:20', calls: five([5, 100]), puts: five([5, 150]) }];
  const tape = handChain({ strikes, spot: 119, snapshots });
  expect(wordsOf(foldOf(tape), 'chain.pcr')).toEqual([Number.NaN]);
  expect(wordsOf(foldOf(tape, { pcrReach: 10 }), 'chain.pcr', 'chain.ceOi')).toEqual([1.5, 500]);
});

test('strikes that show one side only do not tilt the ratio', () => {
  const calls: Quote[] = [
    [5, 100],
    [5, 100],
    [5, 900],
  ];
  const puts: Quote[] = [
    [5, 150],
    [5, 150],
    [Number.NaN, Number.NaN],
  ];
  expect(wordsOf(foldOf(tapeOf({ at: '09:20', calls, puts })), 'chain.pcr', 'chain.ceOi')).toEqual([1.5, 200]);
});

test('velocity is per minute, between publications that changed, on one set of strikes', () => {
  const snapshot = (at: string, puts: number): HandSnapshot => ({ at, calls: same([5, 1000]), puts: same([5, puts]) });
  const tape = tapeOf(
    snapshot('09:20', 1000),
    snapshot('09:21', 1000),
    snapshot('09:24', 1200),
    snapshot('09:25', 1200),
    snapshot('09:26', 1100),
  );
  const velocities = [1, 2, 3, 4, 5].map((upTo) => wordsOf(foldOf(tape, {}, upTo), 'chain.pcrVelocity')[0]);
  expect(velocities.slice(0, 2)).toEqual([Number.NaN, Number.NaN]);
  expect(velocities[2]).toBeCloseTo(0.2 / 4, 12);
  expect(velocities[3]).toBe(velocities[2]);
  expect(velocities[4]).toBeCloseTo(-0.1 / 2, 12);
});

test('open-interest change is against the newest snapshot at least the interval old, unknown before there is one', () => {
  const snapshot = (at: string, calls: number, puts: number): HandSnapshot => ({
    at,
    calls: same([5, calls]),
    puts: same([5, puts]),
  });
  const tape = tapeOf(snapshot('09:20', 100, 100), snapshot('09:30', 110, 130), snapshot('09:36', 150, 140));
  const changes = [1, 2, 3].map((upTo) =>
    wordsOf(foldOf(tape, { changeMinutes: 15 }, upTo), 'chain.ceOiChange', 'chain.peOiChange'),
  );
  expect(changes).toEqual([
    [Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN],
    [150, 120],
  ]);
});

test('a new session forgets the old one: no velocity, no buildup across it', () => {
  const first = tapeOf({ at: '15:20', calls: same([10, 1000]), puts: same([10, 1000]) });
  const next = handChain({
    strikes: STRIKES,
    spot: 100,
    date: '2025-09-01' as IstDate,
    snapshots: [{ at: '09:20', calls: same([12, 2000]), puts: same([8, 2000]) }],
  });
  const fold = foldOf(first);
  fold.startSession();
  fold.add(next, 0, Number.NaN);
  expect(wordsOf(fold, 'chain.pcr', 'chain.pcrVelocity', 'chain.score', 'chain.ceOiChange')).toEqual([
    1,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});

test('a page that is printed again, or an older one, changes nothing', () => {
  const tape = tapeOf(
    { at: '09:20', calls: same([10, 1000]), puts: same([10, 1000]) },
    { at: '09:20', calls: same([12, 2000]), puts: same([8, 3000]) },
  );
  const fold = foldOf(tape);
  expect(fold.add(tape, 1, Number.NaN)).toBe(false);
  expect(wordsOf(fold, 'chain.pcr')).toEqual([1]);
});

test('of several expiries the nearest is used, whichever comes first', () => {
  const near = tapeOf({ at: '09:21', calls: same([10, 1000]), puts: same([10, 1500]) });
  const far: ChainTape = {
    ...makeChainTape({
      underlying: 'NIFTY',
      expiry: '2025-09-30' as IstDate,
      source: 'simulated',
      strikes: near.strikes,
      length: 2,
    }),
  };
  far.eventTime.fill(near.eventTime[0] ?? 0);
  far.spot.fill(100);
  far.call.openInterest.fill(100);
  far.put.openInterest.fill(90);
  const fold = foldOf(far, {}, 1);
  expect(wordsOf(fold, 'chain.pcr')[0]).toBeCloseTo(0.9, 12);
  fold.add(near, 0, Number.NaN);
  expect(fold.add(far, 1, Number.NaN)).toBe(false);
  expect(wordsOf(fold, 'chain.pcr')).toEqual([1.5]);
});

test('without quotes or a printed spot the index places the band', () => {
  const tape = handChain({
    strikes: STRIKES,
    spot: Number.NaN,
    snapshots: [{ at: '09:20', calls: same([5, 100]), puts: same([5, 120]) }],
  });
  const fold = new ChainFold(chainOptions({ pcrReach: 1 }), ALL);
  fold.add(tape, 0, 101);
  expect(wordsOf(fold, 'chain.forward', 'chain.atm', 'chain.pcr')).toEqual([101, 100, 1.2]);
});

test('max pain is the strike at which holders are paid least', () => {
  const calls: Quote[] = [
    [5, 0],
    [5, 100],
    [5, 100],
  ];
  const puts: Quote[] = [
    [5, 100],
    [5, 100],
    [5, 0],
  ];
  expect(wordsOf(foldOf(tapeOf({ at: '09:20', calls, puts })), 'chain.maxPain')).toEqual([100]);
});

test.each([
  [{ maxAgeMinutes: 0 }, 'expected chain.maxAgeMinutes > 0, found 0'],
  [{ pcrReach: 2.5 }, 'expected chain.pcrReach as a whole number 1..100, found 2.5'],
  [{ minScore: 1 }, 'expected chain.minScore from 0 to below 1, found 1'],
])('options %j are refused', (options, message) => {
  expect(() => chainOptions(options)).toThrow(message);
});
