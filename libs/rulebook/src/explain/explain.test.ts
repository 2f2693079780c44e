import { UNDERLYINGS } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import { LAST_REVIEWED, defaultRulebook, rulesDiff, rulesOn, tradingDays } from '../index.js';

function values(date: string): Map<string, string> {
  return new Map(rulesOn(day(date), 'NIFTY').facts.map((f) => [f.topic, f.value]));
}

describe('the law of a day', () => {
  test('NIFTY on 2026-10-05', () => {
    const law = values('2026-10-05');
    expect(Object.fromEntries(law)).toMatchObject({
      'hours.ordinary': '09:15-15:40, index usable until 15:15, settlement fixed 15:35',
      'charge.stt-sell': '0.15 %',
      'charge.exchange.NSE': '0.03552 %',
      'charge.ipft.NSE': '0.00001 %',
      'charge.gst': '18 %',
      'brokerage.upstox': '2000 paise per executed order',
      'order.types': 'LIMIT, SL-LIMIT; DAY, IOC',
      'order.rate.exchange': '10 a second',
      'order.priceBand.NSE': '±40 % of the reference, at least 2000 paise',
      'expiry.weekly': 'Tuesday',
      'expiry.monthly': 'Tuesday',
      freeze: '3510 units',
      strikeStep: '50 points',
      'tick.option': '5 paise',
      'tick.future': '10 paise',
      'lot.2026-10-06': '65 units',
    });
  });

  test('every fact of every month has a source, and topics are unique', () => {
    const days = tradingDays(day('2019-01-01'), day('2026-12-31')).filter((_, i) => i % 97 === 0);
    for (const date of days)
      for (const underlying of UNDERLYINGS) {
        const facts = rulesOn(date, underlying).facts;
        expect(new Set(facts.map((f) => f.topic)).size).toBe(facts.length);
        expect(facts.filter((f) => f.source === '')).toEqual([]);
      }
  });

  test('a closed day says why, a special session and a disruption are told', () => {
    expect(values('2026-01-15').get('day.holiday')).toBe('Municipal corporation elections, Maharashtra');
    expect(values('2026-11-08').get('day.session')).toBe('Muhurat trading 18:15-19:15');
    expect(values('2021-02-24').get('day.disruption')).toContain('NSE outage');
    expect(rulesOn(day('2026-01-15'), 'NIFTY').session).toBeNull();
  });

  test('an index without weeklies says so', () => {
    const facts = rulesOn(day('2026-01-12'), 'BANKNIFTY').facts;
    expect(facts.find((f) => f.topic === 'expiry.weekly')).toMatchObject({
      value: 'none',
      source: expect.stringContaining('NSE/FAOP/64506'),
    });
  });
});

describe('what changed between two days', () => {
  test('1 April 2026: taxes and the frame for programs', () => {
    const changes = rulesDiff(day('2026-03-31'), day('2026-04-01'), 'NIFTY');
    expect(changes.map((c) => `${c.topic}: ${c.before?.value ?? '-'} -> ${c.after?.value ?? '-'}`)).toEqual(
      expect.arrayContaining([
        'charge.stt-sell: 0.1 % -> 0.15 %',
        'charge.stt-exercise: 0.125 % -> 0.15 %',
        'charge.stt-future-sell: 0.02 % -> 0.05 %',
        'order.rate.exchange: - -> 10 a second',
      ]),
    );
  });

  test('the closing auction of 2026-08-03 changes the hours only', () => {
    const topics = rulesDiff(day('2026-07-31'), day('2026-08-03'), 'NIFTY').map((c) => c.topic);
    expect(topics).toEqual(['hours.ordinary']);
  });

  test('a day does not differ from itself', () => {
    expect(rulesDiff(day('2026-07-31'), day('2026-07-31'), 'SENSEX')).toEqual([]);
  });
});

describe('the review', () => {
  test('dates after it get a notice', () => {
    expect(LAST_REVIEWED).toBe('2026-10-07');
    expect(defaultRulebook().reviewNotice(day('2026-10-07'))).toBeNull();
    expect(defaultRulebook().reviewNotice(day('2026-11-02'))).toBe(
      'rules were last reviewed on 2026-10-07; law made after that day may be missing for 2026-11-02',
    );
  });
});
