import { createSignalSource } from '@sos/gates';
import { MOMENTUM_GATES, MomentumSignals } from '../fixtures/momentum-signals.js';
import { findLookahead, type LookaheadReport } from './find-lookahead.js';
import { LeakySource } from './fixtures/leaky-source.js';
import { honestySetup, livelyDay } from './fixtures/lively-day.js';
import { PLANTED_LEAKS } from './fixtures/planted-leaks.js';
import { sensitiveGates } from './fixtures/sensitive-gates.js';

const GATES = sensitiveGates();
const DAY = livelyDay(7);

function search(number: number, cuts: number, attribute = false): LookaheadReport {
  const plant = PLANTED_LEAKS[number];
  if (plant === undefined) throw new Error(`expected a planted leak ${number}`);
  const leaky = honestySetup((_, tape) => new LeakySource(createSignalSource(GATES), plant(), tape));
  return findLookahead(DAY, leaky, { cuts, attribute });
}

test('there are at least fifty planted leaks, all different', () => {
  expect(PLANTED_LEAKS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(PLANTED_LEAKS.map((plant) => plant().name)).size).toBe(PLANTED_LEAKS.length);
});

test.each(PLANTED_LEAKS.map((plant, i) => [plant().name, i] as const))('%s: found', (name, number) => {
  const { findings } = search(number, name.includes('length') ? 3 : 0);
  expect(findings.length).toBeGreaterThan(0);
  const [first] = findings;
  expect(first?.expected !== null || first?.found !== null).toBe(true);
  expect(first?.expected).not.toBe(first?.found);
});

test.each([
  ['close 1 ahead', 'index'],
  ['volume 1 ahead', 'future'],
  ['open interest 1 late', 'chain open interest'],
  ['premiums 1 ahead', 'chain prices'],
  ['signals only where the option is dearer 5 minutes later', 'option rows'],
] as const)('a finding names the kind of data: %s is %s', (name, channel) => {
  const { findings } = search(
    PLANTED_LEAKS.findIndex((plant) => plant().name === name),
    0,
    true,
  );
  expect(findings[0]?.channels).toEqual([channel]);
});

test('gates that read everything and leak nothing raise no alarm, at any instant of three days', () => {
  let decisions = 0;
  for (const seed of [1, 2, 3]) {
    const honest = honestySetup(() => createSignalSource(GATES));
    const report = findLookahead(livelyDay(seed), honest, { fillings: ['soar', 'crash', 'unknown'], cuts: 2 });
    expect(report.findings).toEqual([]);
    expect(report.instants).toBeGreaterThan(700);
    decisions += report.decisions;
  }
  expect(decisions).toBeGreaterThan(5_000);
});

test('any other strategy can be searched', () => {
  const report = findLookahead(
    DAY,
    honestySetup(() => new MomentumSignals(MOMENTUM_GATES)),
  );
  expect(report).toMatchObject({ underlying: 'NIFTY', date: '2026-01-12', findings: [], replays: 5 });
});

test('a row that claims to be known before it happened is found', () => {
  const { tape, warmUp } = livelyDay(3);
  const [chain] = tape.chains;
  if (chain === undefined) throw new Error('expected a chain');
  chain.eventTime[5] = (chain.availableAt[5] as number) + 60_000;
  const { findings } = findLookahead(
    { tape, warmUp },
    honestySetup(() => createSignalSource(GATES)),
    { fillings: [], cuts: 0 },
  );
  expect(findings).toMatchObject([{ how: 'dates', found: expect.stringContaining('row 5 is available at') }]);
});

test('a strategy that breaks on what it must not read is found', () => {
  const leaky = honestySetup((_, tape) => {
    const check = (row: number): void => {
      if (Number.isNaN(tape.index.close[row + 1])) throw new Error('expected a price');
    };
    const leak = { name: 'throws', keeps: (_signal: unknown, { row }: { row: number }) => (check(row), true) };
    return new LeakySource(createSignalSource(GATES), leak, tape);
  });
  const { findings } = findLookahead(DAY, leaky, { fillings: ['unknown'], cuts: 0 });
  expect(findings).toMatchObject([{ how: 'unknown', found: 'threw: expected a price', channels: ['index'] }]);
});
