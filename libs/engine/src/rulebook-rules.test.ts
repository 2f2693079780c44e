import { formatIst, istInstant, paise, parseIstDate } from '@sos/domain';
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
