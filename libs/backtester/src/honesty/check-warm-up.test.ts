import { makeBarColumns, parseIstDate, type BarColumns } from '@sos/domain';
import { compileGates, createSignalSource, type CompiledGates } from '@sos/gates';
import { previousTradingDay } from '@sos/rulebook';
import { paperDay } from '../fixtures/paper-market.js';
import { checkWarmUp, type WarmUpReport } from './check-warm-up.js';
import { honestySetup, livelyDay } from './fixtures/lively-day.js';
import { gateOf } from './fixtures/sensitive-gates.js';

/** Sessions before 2026-01-12, oldest first, with the future's volume. */
function history(sessions: number): BarColumns {
  let date = parseIstDate('2026-01-12');
  const days = Array.from({ length: sessions }, (_, i) => {
    date = previousTradingDay(date);
    return paperDay('NIFTY', date, { seed: i + 1, hasFuture: true });
  }).reverse();
  const bars = makeBarColumns(days.length * 375);
  for (const [i, { index, future }] of days.entries()) {
    for (const name of ['time', 'open', 'high', 'low', 'close'] as const) bars[name].set(index[name], i * 375);
    if (future !== null) bars.volume.set(future.volume, i * 375);
  }
  return bars;
}

const BARS = history(12);

function compiled(conditions: readonly string[]): CompiledGates {
  const { gates, problems } = compileGates(conditions.map((text, i) => ({ path: `${i}.json`, text: gateOf(text, i) })));
  if (problems.length > 0) throw new Error(problems[0]?.message);
  return gates;
}

function check(conditions: readonly string[], declare?: (bars: number) => number): WarmUpReport[] {
  const gates = compiled(conditions);
  const declared = new Map(gates.gates.map((g) => [g.profile.id, declare?.(g.warmUpBars) ?? g.warmUpBars]));
  const days = [7].map((seed) => ({ tape: livelyDay(seed).tape, warmUp: BARS }));
  return checkWarmUp(days, { ...honestySetup(() => createSignalSource(gates)), declared });
}

const CONTINUOUS = [
  'close > sma(close, 20)',
  'close > ema(close, 20)',
  'close > wma(close, 20)',
  'rsi(close, 14) > 50',
  'range > atr(14)',
  'body > stdev(close, 20)',
  'zscore(close, 20) > 0',
  'close > bbMiddle(close, 20)',
  'low < bbLower(close, 20, 1)',
  'roc(close, 10) > 0',
  'screener.rvol > 1',
];

test('every function over earlier sessions decides the same from its declared warm-up on', () => {
  const reports = check(CONTINUOUS);
  expect(reports.filter(({ holds, wasTested }) => !holds || !wasTested)).toEqual([]);
  expect(reports.every(({ decisions }) => decisions > 25)).toBe(true);
  for (const { smallestBars, declaredBars } of reports)
    expect(smallestBars ?? Infinity).toBeLessThanOrEqual(declaredBars);
});

// One of the two sides has something to decide at the open, wherever the day before ended.
const EITHER_SIDE = ['close > sma(close, 100)', 'close < sma(close, 100)'];

test('the smallest history is that of the window, and none for what looks at the session alone', () => {
  const reports = check([...EITHER_SIDE, 'close > open']);
  const smallest = new Map(reports.map((report) => [report.gate, report.smallestBars ?? Infinity]));
  const mean = Math.max(smallest.get('SENSITIVE_0') ?? 0, smallest.get('SENSITIVE_1') ?? 0);
  expect(mean).toBeGreaterThan(75);
  expect(mean).toBeLessThanOrEqual(100);
  expect(smallest.get('SENSITIVE_2')).toBe(0);
});

test('a warm-up declared too short is found, with the decision that changes', () => {
  const wrong = check(EITHER_SIDE, () => 50).filter(({ holds }) => !holds);
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong[0]).toMatchObject({ declaredBars: 50, wasTested: true });
  expect(wrong[0]?.difference).toMatchObject({ underlying: 'NIFTY', date: '2026-01-12', bars: 50 });
  expect(wrong[0]?.difference?.expected).not.toBe(wrong[0]?.difference?.found);
});

test('too little history says nothing', () => {
  const gates = compiled(['screener.rvol > 1']);
  const [gate] = gates.gates;
  const declared = new Map([[gate?.profile.id ?? '', gate?.warmUpBars ?? 0]]);
  const days = [{ tape: livelyDay(7).tape, warmUp: history(2) }];
  const [report] = checkWarmUp(days, { ...honestySetup(() => createSignalSource(gates)), declared });
  expect(report).toMatchObject({ declaredBars: 3750, wasTested: false });
});
