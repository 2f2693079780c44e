import { RULEBOOK_VERSION, createRulebook, defaultRulebook, parseRuleRows } from '../index.js';

const ROW = {
  table: 'freeze',
  underlying: 'NIFTY',
  from: '2026-12-01',
  to: null,
  units: 4000,
  confidence: 'high',
  source: 'a',
};
const versionOf = (...rows: object[]): string => createRulebook(parseRuleRows({ rows }, 'x.json')).version;

describe('the version of a rulebook', () => {
  test('without added rows it is the version of the shipped tables', () => {
    expect(defaultRulebook().version).toBe(RULEBOOK_VERSION);
    expect(versionOf()).toBe(RULEBOOK_VERSION);
  });

  test('added rows are counted and fingerprinted', () => {
    // FNV-1a 64 over UTF-16LE of the canonical JSON, worked out with Python's integers.
    expect(versionOf(ROW)).toBe(`${RULEBOOK_VERSION}+1-row-f1fc4c641578ec8e`);
    expect(versionOf(ROW, { ...ROW, units: 3510 })).toBe(`${RULEBOOK_VERSION}+2-rows-f575937bd6d2438c`);
  });

  test('the order of keys and an absent note do not matter, a value does', () => {
    const reversed = Object.fromEntries(Object.entries(ROW).reverse());
    expect(versionOf(reversed)).toBe(versionOf(ROW));
    expect(versionOf({ ...ROW, note: 'n' })).not.toBe(versionOf(ROW));
    expect(versionOf({ ...ROW, to: '2026-12-31' })).not.toBe(versionOf(ROW));
  });
});
