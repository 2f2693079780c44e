import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compileGates } from '../compile/compile-gates.js';
import { lintGates } from '../lint/lint-gates.js';
import { importSeedGate, type SeedImport } from './import-seed-gate.js';
import { parseSeedExpression } from './parse-seed-expression.js';
import { translateSeed } from './translate-seed.js';

const FOLDER = path.join(__dirname, '..', 'fixtures', 'seed');
const FILES = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ path: name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));

function textOf(made: SeedImport): string {
  if (made.text === null) throw new Error(`expected ${made.file} to be converted`);
  return made.text;
}

const repairsOf = (name: string): string[] => {
  const file = FILES.find((f) => f.path.includes(name));
  if (file === undefined) throw new Error(`expected a seed file ${name}`);
  return importSeedGate(file).repairs.map(({ line, message }) => `${line}: ${message}`);
};

describe('the 18 gates of seed-systems.md §2.5', () => {
  const made = FILES.map((file) => importSeedGate(file));

  test('become gates that load and validate without a word', () => {
    expect(made).toHaveLength(18);
    expect(made.flatMap(({ problems }) => problems)).toEqual([]);
    const compiled = compileGates(made.map((one) => ({ path: one.file, text: textOf(one) })));
    expect(compiled.problems).toEqual([]);
    expect(compiled.gates.gates).toHaveLength(18);
    expect(lintGates(compiled.gates)).toEqual([]);
  });

  test('have the conditions, levels and limits that the table says', () => {
    const gate = JSON.parse(textOf(made[9] as SeedImport));
    expect(gate).toMatchObject({
      $schema: './gate.schema.json',
      id: 'BIGDOG_BREAKOUT_LONG',
      bias: 'bullish',
      filter: ['chain.smartTrend in [LONG_BUILDUP, SHORT_COVERING, NEUTRAL]', 'chain.pcr > 0.8'],
      phases: [
        {
          id: 'CONSOLIDATION',
          when: ['(highest(high, 10) - lowest(low, 10)) / sma(close, 20) < 0.002'],
          capture: { rangeHigh: 'highest(high, 10)', rangeLow: 'lowest(low, 10)' },
        },
        {
          id: 'TRIGGER',
          when: ['close > captured.rangeHigh', 'volume > 1.8 * sma(volume, 20)'],
          timeout: { bars: 5 },
        },
      ],
      levels: {
        entry: 'close',
        stop: 'captured.rangeLow',
        target: 'close + 2 * (close - captured.rangeLow)',
      },
    });
    expect(gate.regimes.COMPLETE_BULLISH).toMatchObject({ allow: true, sizeMultiplier: 2.5, targetMultiple: 4 });
    expect(gate.regimes.UNKNOWN.allow).toBe(false);
    expect(made.map(({ id }) => id)).toContain('SMART_TREND_INDEX_LONG');
  });

  test('are the same text every time, formatted as the shipped gates are', () => {
    for (const [i, file] of FILES.entries()) {
      const text = textOf(made[i] as SeedImport);
      expect(importSeedGate(file).text).toBe(text);
      expect(text.endsWith('}\n')).toBe(true);
      expect(text.split('\n').every((line) => line.length <= 520 && !line.endsWith(' '))).toBe(true);
      expect(text).toMatch(/^ {2}"filter": \[/m);
    }
  });

  test('say what was repaired, with the line', () => {
    expect(repairsOf('brf-short')).toEqual(
      expect.arrayContaining([
        '39: volume > 10000 depends on what is counted: now against its mean of 20 bars',
        '54: phase TRIGGER waited for ever, across days: now 15 bars',
        '67: ATM_CALL contradicts side SELL: a bearish gate buys a put',
      ]),
    );
    expect(repairsOf('round-level')).toEqual(
      expect.arrayContaining([
        '39: "abs(close - round(close, 100)) < 50" was true at every price: the distance is now 15 points',
        '44: values captured in one phase could not see each other: now they can',
        '66: prev_candle.low in a level was the bar of the trigger itself: now low',
      ]),
    );
    expect(repairsOf('screener')).toContain('39: vars.screener.rvol did not exist in the seed: now screener.rvol');
    expect(repairsOf('smart-trend')).toContain('39: nothing reads captured.initialTrend: left out');
  });
});

const BASE = JSON.parse((FILES[1] as { text: string }).text);
const variant = (change: object): SeedImport =>
  importSeedGate({ path: 'x.json', text: JSON.stringify({ ...BASE, ...change }, null, 2) });
const withCondition = (text: string): SeedImport =>
  variant({ phases: [...BASE.phases.slice(0, 2), { id: 'T', conditions: [text], timeout: 3 }] });

describe('what cannot be translated', () => {
  test.each([
    ['candle.clse > 1', 'unknown name "candle.clse" of the seed\'s language', 0],
    ['candle.close > supertrend(history, 10)', 'unknown function "supertrend" of the seed\'s language', 15],
    ['candle.close > vars.nothing', 'nothing captures "vars.nothing" before this place', 15],
    ['candle.close >', 'expected a number, a name or "(", found the end of the expression', 14],
    ['candle.close ** 2 > 4', 'expected an operator or the end of the expression, found "**"', 13],
    ['candle.close', 'expected a condition, found a value', 0],
    ["sentiment.smart_trend > 'Neutral'", 'labels have no order: found >', 24],
    ['candle.close + candle.open > 3', 'cannot put price and price together with +', 0],
  ])('%s is an error with its place, and nothing is written', (condition, message, offset) => {
    const { text, problems } = withCondition(condition);
    expect(text).toBeNull();
    expect(problems).toMatchObject([
      {
        file: 'x.json',
        gate: 'INDEX_BREAKOUT_LONG',
        path: 'phases[2].conditions[0]',
        severity: 'error',
        message,
        offset,
      },
    ]);
    expect(problems[0]?.line).toBeGreaterThan(40);
  });

  test('a label that does not exist is found when the new gate is loaded, at its place in the old file', () => {
    const { text, problems } = withCondition("sentiment.smart_trend == 'Long Buidup'");
    expect(text).toBeNull();
    expect(problems).toMatchObject([{ path: 'phases[2].conditions', rule: 'unknown-name' }]);
    expect(problems[0]?.message).toContain('found "LONG_BUIDUP" (did you mean LONG_BUILDUP?)');
  });

  test('text that is no JSON, and gates that are SOS gates already', () => {
    expect(importSeedGate({ path: 'x.json', text: '{ "pattern_id": ' })).toMatchObject({
      text: null,
      problems: [{ rule: 'json', line: 1 }],
    });
    const own = importSeedGate({ path: 'x.json', text: textOf(importSeedGate(FILES[0] as (typeof FILES)[0])) });
    expect(own.text).toBeNull();
    expect(own.problems[0]?.message).toMatch(/^not a strategy file of the first seed: /);
  });

  test('a regime or a selection of options that does not exist', () => {
    expect(variant({ regime_config: { BULISH: { allow_entry: true } } }).problems[0]?.message).toContain('"BULISH"');
    const odd = variant({ execution: { ...BASE.execution, option_selection: 'CHEAP' } });
    expect(odd.problems[0]?.message).toBe('expected a selection such as ATM_CALL or OTM_PUT_1, found "CHEAP"');
  });
});

test('keys that nothing read are named', () => {
  const { repairs } = variant({ magic: 1, execution: { ...BASE.execution, quantity: 5 } });
  expect(repairs.map(({ path: at, message }) => `${at}: ${message}`)).toEqual(
    expect.arrayContaining([
      'magic: nothing read "magic": left out',
      'execution.quantity: nothing read "quantity": left out',
    ]),
  );
});

test('a gate without a filter of its own gets the common one', () => {
  const made = variant({ phases: BASE.phases.slice(1) });
  expect(JSON.parse(textOf(made)).filter).toHaveLength(2);
  expect(made.repairs.map(({ kind }) => kind)).toContain('filter');
});

test.each([
  ['!(candle.close > open) || low < 5', 'not close > open or low < 5'],
  ['10 < rsi(history) <= 30', '10 < rsi(close, 14) and rsi(close, 14) <= 30'],
  ["'Neutral' != sentiment.smart_trend", 'chain.smartTrend != NEUTRAL'],
  ["sentiment.regime not in ('BEARISH', 'COMPLETE_BEARISH')", 'chain.regime not in [BEARISH, COMPLETE_BEARISH]'],
  ['sentiment.pcr is not None and sentiment.pcr_velocity == None', 'known(chain.pcr) and not known(chain.pcrVelocity)'],
  ['close - (open - low) * 2 > -high_wick(prev_candle)', 'close - (open - low) * 2 > -prev(highWick, 1)'],
  ['max(open, close) > lowest(history, 3, "low")', 'max(open, close) > lowest(low, 3)'],
  ['round(close) >= round(close, -1)', 'round(close, 1) >= round(close, 10)'],
  ['(close - open) / (high - low) > 0.5', '(close - open) / (high - low) > 0.5'],
])('%s is %s', (seed, ours) => {
  const scope = { place: 'condition', captured: new Map(), repair: () => undefined } as const;
  expect(translateSeed(parseSeedExpression(seed), scope).text).toBe(ours);
});
