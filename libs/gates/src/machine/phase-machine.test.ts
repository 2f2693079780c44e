import { istInstant, type IstDate } from '@sos/domain';
import { DecisionLog } from '../fixtures/decision-log.js';
import { fixtureBars, type FixtureBar } from '../fixtures/gate-fixture.js';
import { playSession } from '../fixtures/play-session.js';
import { syntheticChain, type ChainScript } from '../fixtures/synthetic-chain.js';
import { compileTiny, type TinyGate } from '../fixtures/tiny-gate.js';
import { createSignalSource } from './create-signal-source.js';
import type { SignalSourceOptions } from './signal-machine.js';

const DATE = '2025-08-29' as IstDate;
const CLOSED = { allow: false, sizeMultiplier: 1, targetMultiple: 2, bufferAtr: 0.5 };

interface Play {
  readonly closes: readonly number[];
  readonly chain?: readonly ChainScript[];
  readonly every?: number;
  readonly options?: SignalSourceOptions;
}

function barsOf(closes: readonly number[]): FixtureBar[] {
  return closes.map((close, i) => [closes[i - 1] ?? close, close + 1, close - 1, close, 1000] as const);
}

/** Decisions of tiny gates on bars with the given closes (points above 100). */
function play(tinies: readonly TinyGate[], { closes, chain, every, options }: Play): string[] {
  const { gates, problems } = compileTiny(...tinies);
  expect(problems).toEqual([]);
  const source = createSignalSource(gates, options);
  const bars = fixtureBars(DATE, 100, barsOf(closes));
  const tape =
    chain === undefined
      ? null
      : syntheticChain(bars, { date: DATE, script: chain, ...(every === undefined ? {} : { every }) });
  const log = new DecisionLog();
  const onBar = (row: number): void => void (log.bar = row);
  playSession(source, { date: DATE, bars, previousClose: 100, chain: tape, onBar }, log);
  return log.lines;
}

const above = (points: number): string => `close > ${100 + points}`;

test('a gate passes one phase a bar', () => {
  const phases = ['A', 'B', 'C'].map((id, i) => ({ id, when: [above(0)], ...(i > 0 ? { timeout: { bars: 9 } } : {}) }));
  expect(play([{ phases }], { closes: [1, 1, 1, 0] })).toEqual([
    '0: 0 advanced to 1',
    '1: 0 advanced to 2',
    '2: 0 signal UNKNOWN 101 91 121 x1',
  ]);
});

test('a phase marked sameBar is tried on the bar on which the one before passed, without counting as a wait', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 1 }, sameBar: true },
  ];
  expect(play([{ phases }], { closes: [6, 1, 1] })).toEqual([
    '0: 0 advanced to 1',
    '0: 0 signal UNKNOWN 106 96 126 x1',
    '1: 0 advanced to 1',
    '2: 0 reset from 1: timeout',
  ]);
});

test('a timeout in bars is that many failed bars, and the reset takes the bar', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 2 } },
  ];
  expect(play([{ phases }], { closes: [1, 1, 1, 1, 6] })).toEqual([
    '0: 0 advanced to 1',
    '2: 0 reset from 1: timeout',
    '3: 0 advanced to 1',
    '4: 0 signal UNKNOWN 106 96 126 x1',
  ]);
});

test('a timeout in minutes is measured by the clock of the bars', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { minutes: 3 } },
  ];
  expect(play([{ phases }], { closes: [1, 1, 1, 1, 0, 0] })).toEqual([
    '0: 0 advanced to 1',
    '3: 0 reset from 1: timeout',
  ]);
});

test('the end of the session resets a waiting gate, and the next one starts in its first phase', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 50 } },
  ];
  expect(play([{ phases }], { closes: [1, 1] })).toEqual(['0: 0 advanced to 1', '1: 0 reset from 1: session']);
});

test('captures are made in order and may use earlier ones of the same phase', () => {
  const phases = [
    { id: 'A', when: [above(0)], capture: { level: 'close', higher: 'captured.level + 3' } },
    { id: 'B', when: ['close > captured.higher'], timeout: { bars: 5 } },
  ];
  const levels = { entry: 'captured.higher', stop: 'captured.level', target: 'entry + 2 * risk' };
  expect(play([{ phases, levels }], { closes: [1, 4, 5] })).toEqual([
    '0: 0 advanced to 1',
    '2: 0 signal UNKNOWN 104 101 110 x1',
  ]);
});

test('levels on the wrong side, or unknown, are a reset and never a signal', () => {
  const wrong = { entry: 'close', stop: 'open + 50', target: 'entry + 2 * risk' };
  const unknown = { entry: 'close', stop: 'close - atr(14)', target: 'entry + 2 * risk' };
  const bearish = { entry: 'close', stop: 'close + 10', target: 'entry - 2 * risk' };
  expect(
    play(
      [
        { id: 'WRONG', levels: wrong },
        { id: 'XUNKNOWN', levels: unknown },
        { id: 'YBEAR', bias: 'bearish', levels: bearish },
      ],
      {
        closes: [1],
      },
    ),
  ).toEqual(['0: 0 reset from 0: levels', '0: 1 reset from 0: levels', '0: 2 signal UNKNOWN 101 111 81 x1']);
});

test('the filter arms the gate and is asked again at the trigger; a refusal names the condition and sends the gate back', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 50 } },
  ];
  const chain: ChainScript[] = [
    { from: 0, trend: 'bullish', pcr: 1.1 },
    { from: 3, trend: 'bullish', pcr: 0.7 },
  ];
  expect(play([{ phases, filter: ['close > 0', 'chain.pcr > 0.8'] }], { closes: [0, 1, 1, 6, 1], chain })).toEqual([
    '1: 0 advanced to 1',
    '3: 0 vetoed by 2',
  ]);
});

test('a veto for lack of data says so: a chain that grew too old is unknown', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 50 } },
  ];
  const chain: ChainScript[] = [{ from: 0, trend: 'bullish', pcr: 1.1 }];
  const run = (maxAgeMinutes: number): string[] =>
    play([{ phases, filter: ['chain.pcr > 0.8'] }], {
      closes: [1, 1, 1, 1, 6],
      chain,
      every: 10,
      options: { chain: { maxAgeMinutes } },
    });
  expect(run(3)).toEqual(['0: 0 advanced to 1', '4: 0 vetoed by 1 (unknown)']);
  expect(run(5)).toEqual(['0: 0 advanced to 1', '4: 0 signal BULLISH 106 96 126 x1']);
});

test('entry times are a condition of their own, the first', () => {
  const session = { entryFrom: '09:17', entryTo: '09:18' };
  expect(play([{ session }], { closes: [1, 1, 1, 1] })).toEqual([
    '0: 0 vetoed by 0',
    '1: 0 signal UNKNOWN 101 91 121 x1',
    '2: 0 signal UNKNOWN 101 91 121 x1',
    '3: 0 vetoed by 0',
  ]);
});

test('a regime that does not allow the gate keeps it from arming, and takes a waiting one back at its trigger', () => {
  const phases = [
    { id: 'A', when: [above(0)] },
    { id: 'B', when: [above(5)], timeout: { bars: 50 } },
  ];
  const chain: ChainScript[] = [
    { from: 0, trend: 'bullish', pcr: 1.1 },
    { from: 3, trend: 'bearish', pcr: 1.1 },
  ];
  const regimes = { COMPLETE_BEARISH: CLOSED, UNKNOWN: CLOSED };
  expect(play([{ phases, regimes }], { closes: [0, 1, 1, 6, 1, 1], chain })).toEqual([
    '1: 0 advanced to 1',
    '3: 0 reset from 1: regime',
  ]);
});

test('the figures of the regime table are those of the present regime', () => {
  const levels = { entry: 'close', stop: 'close - 1', target: 'entry + regime.targetMultiple * risk' };
  const regimes = {
    UNKNOWN: CLOSED,
    BULLISH: CLOSED,
    COMPLETE_BULLISH: { allow: true, sizeMultiplier: 2.5, targetMultiple: 4, bufferAtr: 0.5 },
    COMPLETE_BEARISH: { allow: true, sizeMultiplier: 0.5, targetMultiple: 3, bufferAtr: 0.5 },
  };
  const chain: ChainScript[] = [
    { from: 0, trend: 'bullish', pcr: 1.1 },
    { from: 2, trend: 'bearish', pcr: 1.1 },
  ];
  expect(play([{ levels, regimes }], { closes: [0, 0, 0], chain })).toEqual([
    '1: 0 signal COMPLETE_BULLISH 100 99 104 x2.5',
    '2: 0 signal COMPLETE_BEARISH 100 99 103 x0.5',
  ]);
});

test('every gate sees every bar; gates come by priority, then by id, whatever the order of the files', () => {
  const gates = [
    { id: 'BBB', priority: 1 },
    { id: 'AAA', priority: 1 },
    { id: 'CCC', priority: 9 },
  ];
  const one = compileTiny(...gates).gates.gates.map((gate) => gate.profile.id);
  const two = compileTiny(...[...gates].reverse()).gates.gates.map((gate) => gate.profile.id);
  expect([one, two]).toEqual([
    ['CCC', 'AAA', 'BBB'],
    ['CCC', 'AAA', 'BBB'],
  ]);
  expect(play(gates, { closes: [1] })).toHaveLength(3);
});

test('why a gate did not move is counted by its first condition that did not hold, false and unknown apart', () => {
  const { gates } = compileTiny({
    filter: ['chain.pcr > 0.8'],
    phases: [
      { id: 'A', when: [above(0), above(5)] },
      { id: 'B', when: [above(9)], timeout: { bars: 2 } },
    ],
  });
  const source = createSignalSource(gates);
  const bars = fixtureBars(DATE, 100, barsOf([0, 1, 6, 7]));
  const chain = syntheticChain(bars, { date: DATE, script: [{ from: 0, trend: 'bullish', pcr: 1 }] });
  playSession(source, { date: DATE, bars, previousClose: 100, chain }, new DecisionLog());
  playSession(source, { date: DATE, bars, previousClose: 100, chain: null }, new DecisionLog());
  const counts = source.conditionCounts().filter(({ failed, unknown }) => failed + unknown > 0);
  expect(counts).toEqual([
    { gate: 0, phase: 'FILTER', condition: 'chain.pcr > 0.8', failed: 0, unknown: 4 },
    { gate: 0, phase: 'A', condition: 'close > 100', failed: 1, unknown: 0 },
    { gate: 0, phase: 'A', condition: 'close > 105', failed: 1, unknown: 0 },
    { gate: 0, phase: 'B', condition: 'close > 109', failed: 1, unknown: 0 },
  ]);
});

test('explain gives value, threshold, distance and age of the data', () => {
  const { gates } = compileTiny({
    filter: ['chain.pcr > 0.8'],
    phases: [{ id: 'A', when: ['close > 105 and volume > 1.5 * sma(volume, 2)'] }],
  });
  const source = createSignalSource(gates);
  const bars = fixtureBars(DATE, 100, barsOf([0, 1]));
  const chain = syntheticChain(bars, { date: DATE, script: [{ from: 0, trend: 'bullish', pcr: 1 }] });
  playSession(source, { date: DATE, bars, previousClose: 100, chain }, new DecisionLog());
  const { conditions, ...head } = source.explain(0);
  const time = istInstant(DATE, '09:17');
  expect(head).toEqual({
    gate: 'TINY',
    time,
    phase: 'A',
    regime: 'COMPLETE_BULLISH',
    regimeAllows: true,
    chainAgeMinutes: 0.5,
  });
  expect(conditions.map(({ stage, passes }) => [stage, passes])).toEqual([
    ['filter', true],
    ['phase', false],
  ]);
  expect(conditions[1]?.tests).toEqual([
    {
      left: 'close',
      operator: '>',
      right: '105',
      value: 101,
      threshold: 105,
      distance: -4,
      label: null,
      passes: false,
    },
    {
      left: 'volume',
      operator: '>',
      right: '(1.5 * sma(volume, 2))',
      value: 1000,
      threshold: 1500,
      distance: -500,
      label: null,
      passes: false,
    },
  ]);
  expect(() => source.explain(7)).toThrow('expected the number of a gate of this source');
});

test('an unknown id to select is refused with a suggestion', () => {
  const { gates } = compileTiny({ id: 'BRF_SHORT' });
  expect(() => createSignalSource(gates, { select: ['BRF_SHRT'] })).toThrow(
    'expected the id of a loaded gate, found "BRF_SHRT" (did you mean BRF_SHORT?)',
  );
});
