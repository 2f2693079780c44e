import { paise } from '@sos/domain';
import { DEFAULT_ENGINE_CONFIG, canonicalConfig, makeEngineConfig, type EngineConfig } from './engine-config.js';

it('keeps the defaults that are not replaced', () => {
  expect(makeEngineConfig()).toEqual(DEFAULT_ENGINE_CONFIG);
  expect(makeEngineConfig({ maxLots: 3 })).toEqual({ ...DEFAULT_ENGINE_CONFIG, maxLots: 3 });
});

const NUMERIC = Object.entries(DEFAULT_ENGINE_CONFIG)
  .filter(([, value]) => typeof value === 'number')
  .map(([key]) => key);

it.each(NUMERIC)('refuses %s when it is not a number, endless or out of range', (key) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1e18, '1'])
    expect(() => makeEngineConfig({ [key]: value })).toThrow(`expected engine setting ${key} to be`);
});

it('refuses unknown settings, unknown choices and fractions of whole things', () => {
  expect(() => makeEngineConfig({ maxLot: 3 } as Partial<EngineConfig>)).toThrow(
    'expected engine setting maxLot to be a known setting',
  );
  expect(() => makeEngineConfig({ indexStop: 'low' as never })).toThrow('one of close, extreme, off, found low');
  expect(() => makeEngineConfig({ maxLots: 1.5 })).toThrow('a whole number from 1 to 100000, found 1.5');
});

it('has one text whatever the order of its keys', () => {
  const reversed = Object.fromEntries(Object.entries(DEFAULT_ENGINE_CONFIG).reverse()) as typeof DEFAULT_ENGINE_CONFIG;
  expect(canonicalConfig(reversed)).toBe(canonicalConfig(DEFAULT_ENGINE_CONFIG));
  expect(canonicalConfig({ ...DEFAULT_ENGINE_CONFIG, startingCapital: paise(1) })).not.toBe(
    canonicalConfig(DEFAULT_ENGINE_CONFIG),
  );
});
