import { compileTiny } from '../fixtures/tiny-gate.js';
import { parseExpression } from './parse-expression.js';

function problemsOf(condition: string): string[] {
  const { problems } = compileTiny({ phases: [{ id: 'GO', when: [condition] }] });
  return problems.map(({ rule, offset, message }) => `${rule}@${offset}: ${message}`);
}

test.each([
  'close > open',
  'not (close > open) or close < sma(close, 20) and rsi(close, 14) > 50',
  'low between session.low and session.low + 0.3 * (session.high - session.low)',
  'chain.smartTrend not in [SHORT_BUILDUP, LONG_UNWINDING]',
  'chain.regime == BULLISH',
  'BULLISH == chain.regime',
  'time >= 09:20',
  'time - openTime <= 1',
  'close - open > 5 and (high - low) / close < 0.002',
  'crossesAbove(ema(close, 9), vwap)',
  'abs(close - round(close, 100)) <= 15',
  'volume > 1.5 * sma(volume, 20)',
  'close > 0.998 * session.previousClose',
  'known(breadth.ratio) or -roc(close, 5) < 1e3',
  'zscore(close, 20) > -2.5',
  'openingHigh(15) < highest(high, 5)',
])('%s is good', (condition) => {
  expect(problemsOf(condition)).toEqual([]);
});

test.each([
  ['close >', 'syntax@7: expected a number, a name or "(", found the end of the expression'],
  ['close = 5', 'syntax@6: unexpected character "=" (write ==)'],
  ['close > 1 && low > 1', 'syntax@10: unexpected character "&" (write and)'],
  ['1 < close < 2', 'syntax@10: expected "and" between two comparisons, found "<"'],
  ['time > 25:10', 'syntax@7: expected a time of day such as 09:15, found "25:10"'],
  ['(close > 1', 'syntax@10: expected ")", found the end of the expression'],
  ['close > 1 1', 'syntax@10: expected an operator or the end of the expression, found "1"'],
  ['clos > 1', 'unknown-name@0: unknown name "clos" (did you mean close or low?)'],
  ['smma(close, 5) > 1', 'unknown-name@0: unknown function "smma" (did you mean sma or ema or wma?)'],
  ['close > params.x', 'unknown-name@8: unknown parameter "params.x"'],
  ['close > captured.x', 'unknown-name@8: nothing captures "captured.x"'],
  ['close', 'type@null: expected a condition, found a number'],
  ['close > (low > 1)', 'type@0: cannot compare a number with a boolean'],
  ['chain.regime > BULLISH', 'type@0: labels have no order: use ==, != or in [...], not >'],
  [
    'chain.regime == BULISH',
    'unknown-name@16: expected one of COMPLETE_BULLISH, BULLISH, SIDEWAYS_BULLISH, SIDEWAYS, SIDEWAYS_BEARISH, BEARISH, COMPLETE_BEARISH, UNKNOWN, found "BULISH" (did you mean BULLISH?)',
  ],
  ['close in [BULLISH]', 'type@0: "in" asks whether a label is in a list, found a number (use between or comparisons)'],
  ['close > BULLISH', 'type@8: "BULLISH" is a label; compare it with == or in [...] to a word such as chain.regime'],
  ['close + open > 1', 'unit@0: cannot add a price level and a price level'],
  ['close > volume', 'unit@0: cannot compare a price level with a volume'],
  ['close > atr(14)', 'unit@0: cannot compare a price level with a price difference (subtract two levels first)'],
  ['time > 555', 'unit@0: cannot compare a time of day with a bare number (write a time of day as 09:15)'],
  ['-close < 1', 'unit@0: cannot negate a price level'],
  ['close * volume > 1', 'unit@0: cannot multiply a price level and a volume'],
  ['max(close, volume) > 1', 'unit@0: max needs values of one unit, found a price level and a volume'],
  ['sma(close) > 1', 'argument@0: sma(series, bars) takes 2 arguments, found 1'],
  ['sma(close, 2.5) > 1', 'argument@11: "bars" must be a whole number from 1 to 2000 or a parameter, found 2.5'],
  [
    'sma(close, volume) > 1',
    'argument@11: "bars" must be a whole number from 1 to 2000 or a parameter, found something that changes',
  ],
  [
    'sma(regime.bufferAtr, 5) > 1',
    'argument@0: sma needs a series of the market; captured values, regime figures and levels have no history',
  ],
  ['close > entry', 'order@8: "entry" is not known here: Entry level; known to `stop` and `target` only.'],
  ['rsi(close, 14) > 120', 'impossible@0: can never be true: the left side is between 0 and 100, the right side 120'],
  ['120 < rsi(close, 14)', 'impossible@0: can never be true: the left side is 120, the right side between 0 and 100'],
  ['chain.score >= 2 * 1', 'impossible@0: can never be true: the left side is between -1 and 1, the right side 2'],
  ['rsi(close, 14) between 80 and 20', 'impossible@0: can never be true: the bounds are reversed'],
])('%s is refused', (condition, report) => {
  expect(problemsOf(condition)).toEqual([report]);
});

test('every fault of one expression is reported, and none of its consequences', () => {
  expect(problemsOf('clos > 1 and volum > sma(close)')).toEqual([
    'unknown-name@0: unknown name "clos" (did you mean close or low?)',
    'unknown-name@13: unknown name "volum" (did you mean volume?)',
    'argument@21: sma(series, bars) takes 2 arguments, found 1',
  ]);
});

test.each([
  [['rsi(close, 14) > 70', 'rsi(close, 14) < 30']],
  [['rsi(close, 14) >= 70 and rsi(close, 14) < 70']],
  [['close > open', 'close < open']],
  [['close > open', 'open >= close']],
  [['chain.regime == BULLISH', 'chain.regime in [BEARISH, SIDEWAYS]']],
  [['time between 09:20 and 09:30', 'time > 10:00']],
])('%s contradict each other', (when) => {
  const { problems } = compileTiny({ phases: [{ id: 'GO', when }] });
  expect(problems.map((problem) => problem.rule)).toEqual(['contradiction']);
});

test('the filter is asked with the first and the last phase: a contradiction with it is found', () => {
  const wait = { id: 'WAIT', when: ['close > open'] };
  const go = { id: 'GO', when: ['chain.pcr < 0.5'], timeout: { bars: 5 } };
  const { problems } = compileTiny({ filter: ['chain.pcr > 0.8'], phases: [wait, go] });
  expect(problems.map(({ rule, path, message }) => `${rule} ${path}: ${message}`)).toEqual([
    'contradiction phases[1].when[0]: can never be true together with "chain.pcr > 0.8" (filter[0])',
  ]);
});

test('operators bind as documented', () => {
  const text = (source: string): string =>
    JSON.stringify(parseExpression(source), (key: string, value: unknown) =>
      key === 'at' || key === 'end' ? undefined : value,
    );
  expect(text('1 + 2 * 3 > 4 and 5 < 6 or 7 < 8')).toBe(text('(((1 + (2 * 3)) > 4) and (5 < 6)) or (7 < 8)'));
  expect(text('not 1 < 2 and 3 < 4')).toBe(text('(not (1 < 2)) and (3 < 4)'));
  expect(text('1 - 2 - 3 > -4')).toBe(text('((1 - 2) - 3) > (-4)'));
});

test('equal sub-expressions of all gates are one node', () => {
  const one = compileTiny({ id: 'ONE', filter: ['close > sma(close, 20)'] });
  const two = compileTiny(
    { id: 'ONE', filter: ['close > sma(close, 20)'] },
    { id: 'TWO', filter: ['sma(close, 20) * 1 < close'] },
  );
  const smas = ({ gates }: typeof one): number =>
    gates.graph.nodes.filter((node) => node.kind === 'stateful' && node.state === 'sma').length;
  expect([smas(one), smas(two)]).toEqual([1, 1]);
});
