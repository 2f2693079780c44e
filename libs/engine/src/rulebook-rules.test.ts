import { formatIst, istInstant, paise, parseIstDate } from '@sos/domain';
import { RULEBOOK_VERSION, createRulebook, parseRuleRows } from '@sos/rulebook';
import { rulebookRules } from './rulebook-rules.js';

const rules = rulebookRules();
const day = parseIstDate('2026-01-12');

it('is the dated rulebook: hours, expiry, lot, freeze, tick and strikes of 2026-01-12', () => {
  const session = rules.session('NIFTY', day);
  expect([session.open, session.squareOff, session.close].map(formatIst)).toEqual([
    '2026-01-12 09:15:00',
    '2026-01-12 15:15:00',
    '2026-01-12 15:30:00',
  ]);
  const expiry = rules.expiry('NIFTY', istInstant(day, '10:00'), 'nearest');
  expect(expiry).toBe('2026-01-13');
  expect(formatIst(rules.expiryInstant('NIFTY', expiry))).toBe('2026-01-13 15:30:00');
  // lot 65 from weekly 2026-01-06 (NSE/FAOP/70616); 1,800 / 65 = 27 lots
  expect(rules.terms('NIFTY', expiry, day)).toEqual({ lotSize: 65, maxLotsPerOrder: 27, tick: 5 });
  expect(rules.strikeStep('BANKNIFTY', day)).toBe(100);
});

it('charges a sale of ₹50,000 on 2026-01-12 by the rates of that day', () => {
  // STT 0.1 %, exchange 0.03503 %, IPFT 0.0005 %, SEBI ₹10 a crore, brokerage ₹20, GST 18 % of all but STT
  const charges = rules.charges('NIFTY', day)('SELL', paise(50_000_00));
  expect(charges).toEqual({
    brokerage: 2000,
    stt: 5000,
    exchange: 1752,
    ipft: 25,
    sebi: 5,
    stamp: 0,
    gst: 681,
    total: 9463,
  });
});

it('has no session on the holiday of 2026-01-15 (NSE/FAOP/72262)', () => {
  expect(() => rules.session('NIFTY', parseIstDate('2026-01-15'))).toThrow(
    'expected a trading day, found 2026-01-15, on which the exchange is closed',
  );
});

describe('rows added to the rulebook', () => {
  const sure = { confidence: 'high', source: 'test' };
  const under = (...rows: object[]) => {
    const added = rows.map((row) => ({ ...row, ...sure }));
    return rulebookRules({ rulebook: createRulebook(parseRuleRows({ rows: added }, 'test.json')) });
  };
  const period = { from: '2026-01-01', to: null };

  it('leave no trace when there are none', () => {
    expect(rules.version).toBe(RULEBOOK_VERSION);
    expect(under().version).toBe(RULEBOOK_VERSION);
  });

  it('are named in the version by their number and content', () => {
    const tick = { table: 'tick', underlying: 'NIFTY', kind: 'option', paise: 10, ...period };
    const reversed = Object.fromEntries(Object.entries(tick).reverse());
    expect(under(tick).version).toMatch(
      new RegExp(`^${RULEBOOK_VERSION.replaceAll('.', '\\.')}\\+1-row-[0-9a-f]{16}$`),
    );
    expect(under(reversed).version).toBe(under(tick).version);
    expect(under({ ...tick, paise: 20 }).version).not.toBe(under(tick).version);
    expect(under(tick, { ...tick, paise: 20 }).version).not.toBe(under({ ...tick, paise: 20 }, tick).version);
  });

  it('change hours, expiry, lot, largest order, tick, strikes and charges alike', () => {
    const law = under(
      { table: 'holiday', date: '2026-01-13', name: 'Closed', closed: true, knownFrom: '2026-01-01' },
      { table: 'squareOff', minutesBeforeClose: 30, ...period },
      {
        table: 'lot',
        underlying: 'NIFTY',
        lot: 50,
        weeklyFrom: '2026-01-06',
        monthlyFrom: '2026-01-27',
        switchAfter: null,
        switches: 'all',
      },
      { table: 'freeze', underlying: 'NIFTY', units: 500, ...period },
      { table: 'tick', underlying: 'NIFTY', kind: 'option', paise: 10, ...period },
      { table: 'strikeStep', underlying: 'NIFTY', step: 25, ...period },
      { table: 'chargeRate', head: 'stt-sell', exchange: null, rupeesPerCrore: 20_000, ...period },
      { table: 'brokerage', plan: 'upstox', flatPaise: 1000, ...period },
    );
    expect(formatIst(law.session('NIFTY', day).squareOff)).toBe('2026-01-12 15:00:00');
    expect(() => law.session('NIFTY', parseIstDate('2026-01-13'))).toThrow('on which the exchange is closed');
    // The Tuesday expiry moves to the trading day before the holiday.
    const expiry = law.expiry('NIFTY', istInstant(day, '10:00'), 'nearest');
    expect(expiry).toBe('2026-01-12');
    expect(formatIst(law.expiryInstant('NIFTY', expiry))).toBe('2026-01-12 15:30:00');
    expect(law.terms('NIFTY', expiry, day)).toEqual({ lotSize: 50, maxLotsPerOrder: 10, tick: 10 });
    expect(law.strikeStep('NIFTY', day)).toBe(25);
    // STT 0.2 % of ₹50,000; brokerage ₹10, so ₹1.80 less GST than in the test above
    expect(law.charges('NIFTY', day)('SELL', paise(50_000_00))).toMatchObject({
      brokerage: 1000,
      stt: 10_000,
      exchange: 1752,
      gst: 501,
    });
  });
});
