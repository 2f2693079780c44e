import type { ChainTape } from '@sos/domain';
import { handChain, type HandSnapshot, type Quote } from '../fixtures/hand-chain.js';
import { DELTA_SIGNALS } from '../vocabulary/labels.js';
import { chainOptions } from './chain-options.js';
import { DeltaVolume } from './delta-volume.js';

const BAND = { from: 0, to: 1 };

interface Bar {
  readonly call: Quote;
  readonly put: Quote;
}

/** One snapshot a minute after each boundary of five minutes: bar `i` is closed by snapshot `i + 1`. */
function tapeOf(bars: readonly Bar[]): ChainTape {
  const snapshots = bars.map(({ call, put }, i): HandSnapshot => {
    const minute = 15 + 5 * i + 1;
    const at = `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    return { at, calls: [call], puts: [put] };
  });
  return handChain({ strikes: [100], spot: 100, snapshots });
}

/** Usual trading with a little unevenness, then one bar that is different, then the snapshot that closes it. */
function scenario(last: { call: Quote; put: Quote }): ChainTape {
  const bars: Bar[] = [];
  for (let i = 0; i <= 8; i++) {
    const volume = 1000 * i + (i % 2) * 100;
    bars.push({ call: [10 + i * 0.1, 5000 + 10 * (i % 3), volume], put: [10 + i * 0.1, 5000 + 10 * (i % 3), volume] });
  }
  const [before] = bars.slice(-1);
  if (before === undefined) throw new Error('expected at least one bar');
  const add = (quote: Quote, change: Quote): Quote => [
    quote[0] + change[0],
    quote[1] + change[1],
    (quote[2] ?? 0) + (change[2] ?? 0),
  ];
  bars.push({ call: add(before.call, last.call), put: add(before.put, last.put) });
  bars.push(bars.at(-1) as Bar);
  return tapeOf(bars);
}

function fold(tape: ChainTape, upTo = tape.length): DeltaVolume {
  const delta = new DeltaVolume(1, chainOptions({ deltaBars: 6 }));
  for (let s = 0; s < upTo; s++) delta.add(tape, s, BAND);
  return delta;
}

const USUAL: Quote = [0.1, 0, 1000];

test('call writers covering on a spike of volume is bullish', () => {
  const delta = fold(scenario({ call: [3, -800, 9000], put: USUAL }));
  expect([delta.coveringCalls, delta.coveringPuts, delta.writingCalls, delta.writingPuts]).toEqual([1, 0, 0, 0]);
  expect(delta.net).toBeGreaterThan(0);
  expect(DELTA_SIGNALS[delta.signal]).toBe('BULLISH');
});

test('put writers covering is bearish, put writing counts as such', () => {
  const covering = fold(scenario({ call: USUAL, put: [3, -800, 9000] }));
  expect([covering.coveringPuts, DELTA_SIGNALS[covering.signal]]).toEqual([1, 'BEARISH']);
  const writing = fold(scenario({ call: USUAL, put: [-3, 800, 9000] }));
  expect([writing.writingPuts, writing.coveringPuts, DELTA_SIGNALS[writing.signal]]).toEqual([1, 0, 'NONE']);
});

test('covering without a spike of volume, or a spike without covering, says nothing', () => {
  expect(fold(scenario({ call: [3, -800, 1000], put: USUAL })).coveringCalls).toBe(0);
  expect(fold(scenario({ call: [3, 0, 9000], put: USUAL })).coveringCalls).toBe(0);
});

test('only closed bars count: the forming bar changes nothing until the next one begins', () => {
  const tape = scenario({ call: [3, -800, 9000], put: USUAL });
  expect(fold(tape, tape.length - 1).coveringCalls).toBe(0);
  expect(fold(tape).coveringCalls).toBe(1);
});

test('nothing is known before a strike has a past of its own, nor after a gap', () => {
  const tape = scenario({ call: [3, -800, 9000], put: USUAL });
  expect(fold(tape, 5).net).toBeNaN();
  const gap = new DeltaVolume(1, chainOptions({ deltaBars: 6 }));
  for (const s of [0, 1, 2, 3, 4, 5, 6, 7, 10]) gap.add(tape, s, BAND);
  expect([gap.net, gap.signal, gap.coveringCalls]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('a cumulative count that falls makes the bar of that contract unknown', () => {
  const delta = fold(scenario({ call: [3, -800, -5000], put: USUAL }));
  expect(delta.coveringCalls).toBe(0);
  expect(delta.net).toBeLessThan(0);
});
