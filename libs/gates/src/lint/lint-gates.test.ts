import { compileStrategies } from '../fixtures/strategy-files.js';
import { compileTiny, type TinyGate } from '../fixtures/tiny-gate.js';
import { lintGates } from './lint-gates.js';

const SAFE = { regimes: { UNKNOWN: { allow: false, sizeMultiplier: 1, targetMultiple: 2, bufferAtr: 0.5 } } };
const QUIET: TinyGate = {
  ...SAFE,
  session: { entryFrom: '09:15', entryTo: '15:00' },
  filter: ['chain.pcr > 0.8'],
  phases: [{ id: 'GO', when: ['close > open'] }],
};

function rulesOf(tiny: TinyGate): string[] {
  const { gates, problems } = compileTiny({ ...QUIET, ...tiny });
  expect(problems).toEqual([]);
  return lintGates(gates).map(({ rule, path }) => `${rule} ${path}`);
}

test('the shipped gates are clean', () => {
  expect(lintGates(compileStrategies().gates)).toEqual([]);
});

test('a gate without a fault has no findings', () => {
  expect(rulesOf({})).toEqual([]);
});

test.each<[string, TinyGate, string[]]>([
  [
    'an unused parameter',
    { params: { idle: { value: 1, unit: 'ratio', min: 0, max: 2 } } },
    ['unused-parameter params.idle'],
  ],
  [
    'an unused capture',
    { phases: [{ id: 'GO', when: ['close > open'], capture: { x: 'close' } }] },
    ['unused-capture phases[0].capture.x'],
  ],
  ['a condition that is always true', { filter: ['chain.pcr >= 0'] }, ['vacuous filter[0]']],
  [
    'a repeated condition',
    { phases: [{ id: 'GO', when: ['close > open', 'open < close', 'close > open'] }] },
    ['repeated phases[0].when[2]'],
  ],
  [
    'a time exit after the close',
    { session: { entryFrom: '09:15', entryTo: '15:10' } },
    ['time-exit-after-close exits.timeMinutes'],
  ],
  ['entries without data', { regimes: {} }, ['trades-without-data regimes.UNKNOWN.allow']],
])('%s is found', (_, tiny, rules) => {
  expect(rulesOf(tiny)).toEqual(rules);
});

test.each([
  ['bullish', 'close + 5', 'close + 20', ['stop-side']],
  ['bullish', 'high', 'close + 20', ['stop-side']],
  ['bullish', 'highest(high, 5) + atr(14)', 'close + 20', ['stop-side']],
  ['bullish', 'low', 'low', ['target-side']],
  ['bullish', 'low', 'entry - regime.targetMultiple * risk', ['target-side']],
  ['bullish', 'max(high, vwap)', 'min(low, vwap)', ['stop-side', 'target-side']],
  ['bearish', 'lowest(low, 5)', 'close - 20', ['stop-side']],
  ['bearish', 'high', 'entry + 2 * atr(14)', ['target-side']],
  ['bearish', 'high', 'session.high', ['target-side']],
  ['bullish', 'vwap', 'session.high', []],
  ['bearish', 'high + 0.5 * (high - low)', 'entry - 2 * risk', []],
] as const)('%s with stop %s and target %s: %j', (bias, stop, target, rules) => {
  const found = rulesOf({ bias, levels: { entry: 'close', stop, target } });
  expect(found.map((text) => text.split(' ')[0])).toEqual(rules);
});
