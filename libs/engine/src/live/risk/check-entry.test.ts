import { lots, paise, units } from '@sos/domain';
import type { OrderTag } from '../broker/broker-words.js';
import { DeskUnderTest, OPTION, intentOf } from '../fixtures/desk-under-test.js';
import { makeDeskState } from '../desk/desk-state.js';
import { checkEntry, dayResult, type EntryQuestion } from './check-entry.js';
import { makeRiskLimits, type RiskLimits } from './risk-limits.js';

const quote = { time: 1_000, bid: 99.9, ask: 100.1, bidQty: 100, askQty: 100, last: 100 };
const question = (own: Partial<EntryQuestion> = {}): EntryQuestion => ({
  time: 1_000,
  contract: OPTION.id,
  lots: 2,
  units: 130,
  lot: 65,
  limit: 10_065,
  quote,
  funds: 50_000_000,
  quoteOf: () => quote,
  ...own,
});
const reason = (limits: Partial<RiskLimits>, own: Partial<EntryQuestion> = {}): string | undefined =>
  checkEntry(makeDeskState(), makeRiskLimits(limits), question(own))?.reason;

describe('a first entry', () => {
  test('within all limits is let through, at the limit as well', () => {
    expect(reason({})).toBeUndefined();
    expect(reason({ maxLotsPerOrder: 2, maxPremiumPerOrder: paise(130 * 10_065) })).toBeUndefined();
  });

  test.each<[string, Partial<RiskLimits>, Partial<EntryQuestion>]>([
    ['max-lots', { maxLotsPerOrder: 1 }, {}],
    ['whole-lots', {}, { units: 131 }],
    ['whole-lots', {}, { lots: 0, units: 0 }],
    ['stale-quote', {}, { time: 9_001 }],
    ['premium', { maxPremiumPerOrder: paise(130 * 10_065 - 1) }, {}],
    ['capital', {}, { funds: 2 * 130 * 10_065 - 1 }],
    ['collar', {}, { limit: 10_501 }],
    ['collar', {}, { limit: 9_499 }],
    ['contract-lots', { maxLotsPerContract: 1 }, {}],
    ['open-premium', { maxOpenPremium: paise(1_000_000) }, {}],
  ])('%s %j %j', (name, limits, own) => {
    expect(reason(limits, own)).toBe(name);
  });

  test.each<[string, Partial<EntryQuestion>]>([
    ['max-lots', { lots: Number.NaN }],
    ['whole-lots', { units: Number.NaN }],
    ['stale-quote', { quote: null }],
    ['premium', { limit: Number.NaN }],
    ['capital', { funds: Number.NaN }],
    ['collar', { quote: { ...quote, bid: 101, ask: 100 } }],
  ])('with an unknown figure is vetoed: %s', (name, own) => {
    expect(reason({}, own)).toBe(name);
  });

  test('limits that are no numbers do not exist', () => {
    expect(() => makeRiskLimits({ maxDailyTrades: Number.NaN })).toThrow(
      'expected risk limit maxDailyTrades to be a finite number above 0, found NaN',
    );
    expect(() => makeRiskLimits({ maxDailyLoss: paise(0) })).toThrow('above 0, found 0');
    expect(() => makeRiskLimits({ maxDailyLos: 1 } as never)).toThrow('expected a risk limit, found "maxDailyLos"');
  });
});

/** A desk that bought two lots at 100.10 and protects them. */
function holding(limits: Partial<RiskLimits>): DeskUnderTest {
  const under = new DeskUnderTest({ limits }).ready();
  under.tell({ kind: 'enter', intent: intentOf() });
  under.news(under.placed[0] as OrderTag, { status: 'filled', filledUnits: units(130), averagePrice: 100.1 });
  return under;
}
const vetoOf = (under: DeskUnderTest, own = {}): string[] => {
  under.tell({ kind: 'enter', intent: intentOf({ id: 'next', ...own }) });
  return under.vetoes;
};

describe('the next entry', () => {
  test('counts against positions, lots, trades and repetitions of the day', () => {
    expect(vetoOf(holding({ maxOpenPositions: 1 }))).toEqual(['max-positions']);
    expect(vetoOf(holding({ maxLotsPerContract: 3 }))).toEqual(['contract-lots']);
    expect(vetoOf(holding({ maxDailyTrades: 1 }))).toEqual(['daily-trades']);
    expect(vetoOf(holding({ maxRepeats: 1 }))).toEqual(['repeated']);
    expect(vetoOf(holding({ maxOpenPremium: paise(130 * 20_000) }))).toEqual(['open-premium']);
    expect(vetoOf(holding({}))).toEqual([]);
  });

  test('counts the open loss at the bid, and an unknown bid as an unknown loss', () => {
    const under = holding({ maxDailyLoss: paise(130 * 1_010) });
    under.quote({ time: under.now, bid: 90.1, ask: 90.2, last: 90.1 });
    expect(
      dayResult(
        under.desk.state,
        { time: under.now, quoteOf: () => ({ ...quote, time: under.now, bid: 90.1 }) },
        8_000,
      ),
    ).toBeCloseTo(130 * (9_010 - 10_010), 6);
    expect(vetoOf(under, { stop: paise(8_000) })).toEqual([]);
    under.quote({ time: under.now, bid: 90, ask: 90.2, last: 90.1 });
    expect(vetoOf(under, { id: 'third', stop: paise(8_000) })).toEqual(['daily-loss']);
    expect(
      dayResult(under.desk.state, { time: under.now + 9_000, quoteOf: () => ({ ...quote, time: under.now }) }, 8_000),
    ).toBeNaN();
  });

  test('waits after stops', () => {
    const under = holding({ cooldownStops: 1, cooldownMs: 60_000 });
    under.desk.state.stopped.push(under.now);
    expect(vetoOf(under)).toEqual(['cooldown']);
    under.now += 59_999;
    under.quote();
    expect(vetoOf(under, { id: 'later' })).toEqual(['cooldown', 'cooldown']);
    under.now += 1;
    under.quote();
    expect(vetoOf(under, { id: 'latest' })).toEqual(['cooldown', 'cooldown']);
    expect(under.placed).toHaveLength(3);
  });

  test('needs a stop below its limit', () => {
    expect(vetoOf(holding({}), { stop: paise(10_100) })).toEqual(['stop']);
  });

  test('is sized in whole lots only', () => {
    expect(vetoOf(holding({ maxLotsPerOrder: 10 }), { lots: lots(0) })).toEqual(['whole-lots']);
  });
});
