import { istInstant, makeBarColumns, type BarColumns, type IstDate } from '@sos/domain';
import fc from 'fast-check';
import { compileTiny } from '../fixtures/tiny-gate.js';
import type { GateSignalSource } from './signal-machine.js';
import { createSignalSource } from './create-signal-source.js';
import { DecisionLog } from '../fixtures/decision-log.js';

const DAYS = ['2025-08-28', '2025-08-29'] as IstDate[];
const EXPRESSIONS = [
  'sma(close, 3)',
  'ema(low, 4)',
  'wma(high, 3)',
  'rsi(close, 3)',
  'stdev(close, 4)',
  'bbUpper(close, 4, 2) - bbLower(close, 4, 1)',
  'highest(high, 3) - lowest(low, 5)',
  'atr(3)',
  'vwap',
  'prev(close, 2)',
  'prev.volume',
  'openingHigh(4)',
  'screener.rvol',
  'sma(abs(close - open), 3)',
  'session.high - session.low',
  'session.bar',
  'session.minutesLeft',
  'volume / sma(volume, 2)',
];

const bar = fc.record({
  close: fc.double({ min: 17_000, max: 19_000, noNaN: true }),
  up: fc.double({ min: 0, max: 30, noNaN: true }),
  down: fc.double({ min: 0, max: 30, noNaN: true }),
  volume: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 9999 }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  ),
});
const sessions = fc.tuple(
  fc.array(bar, { minLength: 1, maxLength: 14 }),
  fc.array(bar, { minLength: 1, maxLength: 14 }),
);

type DrawnBar = typeof bar extends fc.Arbitrary<infer T> ? T : never;

function barsOf(date: IstDate, drawn: readonly DrawnBar[]): BarColumns {
  const bars = makeBarColumns(drawn.length);
  for (const [i, { close, up, down, volume }] of drawn.entries()) {
    bars.time[i] = istInstant(date, '09:15') + (i + 1) * 60_000;
    [bars.open[i], bars.high[i], bars.low[i]] = [close - down / 2, close + up, close - down];
    [bars.close[i], bars.volume[i]] = [close, volume];
  }
  return bars;
}

function valueNow(source: GateSignalSource): number[] {
  return source
    .explain(0)
    .conditions.flatMap(({ tests }) => tests.flatMap(({ value, threshold }) => [value, threshold]));
}

/** What every condition compares at every bar, the session shown in advance with or without its volumes, or not at all. */
function played(drawn: readonly (readonly DrawnBar[])[], show: 'nothing' | 'prices' | 'all'): number[][] {
  const { gates, problems } = compileTiny({
    phases: [{ id: 'A', when: EXPRESSIONS.map((expression) => `${expression} != -99`) }],
  });
  expect(problems).toEqual([]);
  const source = createSignalSource(gates);
  const values: number[][] = [];
  for (const [day, rows] of drawn.entries()) {
    const date = DAYS[day] as IstDate;
    const bars = barsOf(date, rows);
    source.openSession({
      date,
      open: istInstant(date, '09:15'),
      close: istInstant(date, '15:30'),
      previousClose: 18_000,
    });
    if (show !== 'nothing') source.preview?.(bars, show === 'all' ? bars.volume : null);
    for (let row = 0; row < bars.length; row++) {
      source.bar(bars, row, bars.volume[row] as number, new DecisionLog());
      values.push(valueNow(source));
    }
    source.closeSession(new DecisionLog());
  }
  return values;
}

test('a session shown in advance gives every value to the last bit as bar after bar gives it', () => {
  fc.assert(
    fc.property(sessions, (drawn) => {
      const expected = played(drawn, 'nothing');
      expect(played(drawn, 'all')).toEqual(expected);
      expect(played(drawn, 'prices')).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('no value depends on a later bar of a session shown in advance', () => {
  fc.assert(
    fc.property(sessions, fc.nat(13), ([first, second], at) => {
      const cut = at % second.length;
      const twisted = second.map((one, i) => (i > cut ? { close: 18_500 + i, up: 500, down: 900, volume: 1e6 } : one));
      const known = first.length + cut + 1;
      const expected = played([first, second], 'all').slice(0, known);
      expect(played([first, twisted], 'all').slice(0, known)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

function openedSource(): { source: GateSignalSource; bars: BarColumns } {
  const { gates } = compileTiny({ filter: ['volume > 0'] });
  const source = createSignalSource(gates);
  const [date] = DAYS as [IstDate];
  source.openSession({
    date,
    open: istInstant(date, '09:15'),
    close: istInstant(date, '15:30'),
    previousClose: 18_000,
  });
  const bars = barsOf(
    date,
    [1, 2, 3].map((close) => ({ close: 18_000 + close, up: 1, down: 1, volume: 10 })),
  );
  source.preview?.(bars, bars.volume);
  return { source, bars };
}

test('bars or volumes other than those shown are refused', () => {
  const { source, bars } = openedSource();
  source.bar(bars, 0, 10, new DecisionLog());
  expect(() => source.bar(bars, 2, 10, new DecisionLog())).toThrow(
    'expected bar 1 as the session was shown in advance, found bar 2',
  );
  expect(() => source.bar(bars, 1, 11, new DecisionLog())).toThrow(
    'expected volume 10 as the session was shown in advance, found volume 11',
  );
  expect(() => source.bar({ ...bars }, 1, 10, new DecisionLog())).toThrow('found bar 1');
});

test('bars after those shown are computed one by one', () => {
  const { source, bars } = openedSource();
  const more = barsOf(
    DAYS[0] as IstDate,
    [1, 2, 3, 4].map((close) => ({ close: 18_000 + close, up: 1, down: 1, volume: 10 })),
  );
  for (const row of bars.time.keys()) source.bar(bars, row, 10, new DecisionLog());
  source.bar(more, 3, 7, new DecisionLog());
  expect(source.explain(0).conditions.find(({ stage }) => stage === 'filter')?.tests[0]?.value).toBe(7);
});
