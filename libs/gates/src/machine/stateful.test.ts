import { istInstant, type IstDate } from '@sos/domain';
import { fixtureBars, type FixtureBar } from '../fixtures/gate-fixture.js';
import { compileTiny } from '../fixtures/tiny-gate.js';
import { createSignalSource } from './create-signal-source.js';
import { DecisionLog } from '../fixtures/decision-log.js';

const DAYS = ['2025-08-28', '2025-08-29'] as IstDate[];

/** Values of a numeric expression on each bar of the given sessions of closes (points above 100) and volumes. */
function valuesOf(expression: string, sessions: readonly (readonly (readonly [number, number])[])[]): number[] {
  const { gates, problems } = compileTiny({ phases: [{ id: 'A', when: [`${expression} != -999999`] }] });
  expect(problems).toEqual([]);
  const source = createSignalSource(gates);
  const values: number[] = [];
  let previousClose = 90;
  for (const [day, rows] of sessions.entries()) {
    const date = DAYS[day] as IstDate;
    const bars = fixtureBars(
      date,
      100,
      rows.map(([close, volume]): FixtureBar => [close, close + 1, close - 1, close, volume]),
    );
    source.openSession({ date, open: istInstant(date, '09:15'), close: istInstant(date, '15:30'), previousClose });
    for (let row = 0; row < bars.length; row++) {
      source.bar(bars, row, bars.volume[row] ?? Number.NaN, new DecisionLog());
      const test = source.explain(0).conditions.find((condition) => condition.stage === 'phase')?.tests[0];
      values.push((test?.left === '-999999' ? test.threshold : test?.value) ?? Number.NaN);
    }
    source.closeSession(new DecisionLog());
    previousClose = bars.close.at(-1) ?? Number.NaN;
  }
  return values;
}

const NaNs = (count: number): number[] => Array.from({ length: count }, () => Number.NaN);
const closes = (...values: number[]): (readonly [number, number])[] => values.map((value) => [value, 10] as const);

test('averages run across sessions, extremes and looks back start anew', () => {
  const sessions = [closes(1, 2, 3), closes(4, 8)];
  expect(valuesOf('sma(close, 2) - 100', sessions)).toEqual([Number.NaN, 1.5, 2.5, 3.5, 6]);
  expect(valuesOf('highest(close, 2) - 100', sessions)).toEqual([Number.NaN, 2, 3, Number.NaN, 8]);
  expect(valuesOf('lowest(low, 2) - 100', sessions)).toEqual([Number.NaN, 0, 1, Number.NaN, 3]);
  expect(valuesOf('prev(close, 2) - 100', sessions)).toEqual([Number.NaN, Number.NaN, 1, Number.NaN, Number.NaN]);
  expect(valuesOf('prev.close - 100', sessions)).toEqual([Number.NaN, 1, 2, Number.NaN, 4]);
});

test('words of the session restart with it', () => {
  const sessions = [closes(1, 3, 2), closes(6, 5)];
  expect(valuesOf('session.open - 100', sessions)).toEqual([1, 1, 1, 6, 6]);
  expect(valuesOf('session.high - 100', sessions)).toEqual([2, 4, 4, 7, 7]);
  expect(valuesOf('session.low - 100', sessions)).toEqual([0, 0, 0, 5, 4]);
  expect(valuesOf('session.previousClose - 90', sessions)).toEqual([0, 0, 0, 12, 12]);
  expect(valuesOf('session.bar', sessions)).toEqual([1, 2, 3, 1, 2]);
  expect(valuesOf('session.minutesLeft', sessions)).toEqual([374, 373, 372, 374, 373]);
  expect(valuesOf('time - 09:15', sessions)).toEqual([1, 2, 3, 1, 2]);
});

test('the opening range is unknown until it is over', () => {
  const sessions = [closes(1, 5, 9), closes(3, 2, 1)];
  expect(valuesOf('openingHigh(2) - 100', sessions)).toEqual([Number.NaN, 6, 6, Number.NaN, 4, 4]);
  expect(valuesOf('openingLow(2) - 100', sessions)).toEqual([Number.NaN, 0, 0, Number.NaN, 1, 1]);
});

test('a missing volume is passed over: the mean is of the known ones, unknown on that bar only', () => {
  const rows = [
    [1, 10],
    [1, 20],
    [1, Number.NaN],
    [1, 40],
  ] as const;
  expect(valuesOf('sma(volume, 2)', [rows])).toEqual([Number.NaN, 15, Number.NaN, 30]);
});

test('the VWAP is that of the session', () => {
  const rows = [
    [0, 10],
    [3, 20],
    [3, Number.NaN],
  ] as const;
  expect(valuesOf('vwap - 100', [rows, [[7, 5]]])).toEqual([0, 2, Number.NaN, 7]);
});

test('Wilder ATR and RSI of hand-made series', () => {
  expect(valuesOf('atr(2)', [closes(0, 0, 4)])).toEqual([Number.NaN, Number.NaN, 3.5]);
  expect(valuesOf('rsi(close, 2)', [closes(0, 1, 2)])).toEqual([...NaNs(2), 100]);
});

test('bands, deviation, z-score and rate of change', () => {
  const rows = [closes(0, 2)];
  expect(valuesOf('bbUpper(close, 2, 2) - 100', rows)).toEqual([Number.NaN, 3]);
  expect(valuesOf('bbLower(close, 2, 2) - 100', rows)).toEqual([Number.NaN, -1]);
  expect(valuesOf('stdev(close, 2)', rows)).toEqual([Number.NaN, Math.SQRT2]);
  expect(valuesOf('zscore(close, 2)', rows)).toEqual([Number.NaN, 1 / Math.SQRT2]);
  expect(valuesOf('roc(close, 1)', rows)).toEqual([Number.NaN, 2]);
});

test('relative volume needs three earlier sessions at that minute', () => {
  const { gates } = compileTiny({ phases: [{ id: 'A', when: ['screener.rvol > 1'] }] });
  const source = createSignalSource(gates);
  const flat = (volume: number): FixtureBar[] => [{ flat: 10, at: 0, volume }];
  for (const [i, day] of (['2025-08-26', '2025-08-27', '2025-08-28'] as IstDate[]).entries())
    source.warmUp(fixtureBars(day, 100, flat(100 * (i + 1))));
  const date = '2025-08-29' as IstDate;
  const bars = fixtureBars(date, 100, flat(300));
  source.openSession({ date, open: istInstant(date, '09:15'), close: istInstant(date, '15:30'), previousClose: 100 });
  source.bar(bars, 0, 300, new DecisionLog());
  source.bar(bars, 1, 300, new DecisionLog());
  expect(source.explain(0).conditions.at(-1)?.tests[0]?.value).toBe(1.5);
});

test('breadth is unknown until told, known() asks for it, and a new session forgets it', () => {
  const { gates } = compileTiny({ phases: [{ id: 'A', when: ['known(breadth.ratio)', 'breadth.ratio > 1.2'] }] });
  const source = createSignalSource(gates);
  const log = new DecisionLog();
  const date = '2025-08-29' as IstDate;
  const bars = fixtureBars(date, 100, [{ flat: 3, at: 0, volume: 1 }]);
  const open = (): void =>
    source.openSession({ date, open: istInstant(date, '09:15'), close: istInstant(date, '15:30'), previousClose: 100 });
  open();
  source.bar(bars, 0, 1, log);
  expect(log.lines).toEqual([]);
  source.breadth(30, 20);
  source.bar(bars, 1, 1, log);
  expect(log.lines).toEqual(['0: 0 signal UNKNOWN 100 90 120 x1']);
  open();
  source.bar(bars, 2, 1, log);
  expect(log.lines).toHaveLength(1);
});
