import { parseIstDate } from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';
import fc from 'fast-check';
import { classifyMinutes, countClasses, noMinutes, type MinuteQuestion } from './minute-class.js';

const day = parseIstDate('2026-01-12');
const option = optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-13'), strike: 25700, right: 'CE' });
const bars = { seen: [], isChain: false };
const question = (more: Partial<MinuteQuestion>): MinuteQuestion => ({
  contract: option,
  day,
  shown: [],
  answers: [],
  pageMinutes: 10,
  ...more,
});
const counts = (more: Partial<MinuteQuestion>) => {
  const found = noMinutes();
  countClasses(found, classifyMinutes(question(more)));
  return Object.fromEntries(Object.entries(found).filter(([, n]) => n > 0));
};
const OPEN = 9 * 60 + 15;

describe('the class of a minute', () => {
  it('comes from what was seen, else from the last word, else it is missing', () => {
    const shown = [{ ...bars, traded: [OPEN + 1, OPEN + 2], quoted: [OPEN + 2, OPEN + 3] }];
    expect(counts({ shown })).toEqual({ traded: 2, 'quoted-no-trade': 1, missing: 372 });
    expect(counts({ shown, answers: ['complete'] })).toEqual({ traded: 2, 'quoted-no-trade': 1, 'no-quote': 372 });
    expect(counts({ answers: ['not-listed'] })).toEqual({ 'not-listed': 375 });
    expect(counts({ answers: ['not-listed', 'complete'] })).toEqual({ 'no-quote': 375 });
    expect(counts({})).toEqual({ missing: 375 });
  });

  it('is that of the minute before a bar’s close; the first of a session closes at 09:16', () => {
    const first = classifyMinutes(question({ shown: [{ ...bars, traded: [OPEN + 1], quoted: [] }] }));
    expect(first.slice(0, 2)).toEqual(['traded', 'missing']);
    expect(counts({ shown: [{ ...bars, traded: [OPEN], quoted: [] }] })).toEqual({ missing: 375 });
  });

  it('no last word explains a hole in an index', () => {
    const contract = indexContract('NIFTY');
    expect(counts({ contract, answers: ['complete'] })).toEqual({ missing: 375 });
  });

  it('a contract is not listed after its expiry', () => {
    expect(counts({ day: parseIstDate('2026-01-14') })).toEqual({ 'not-listed': 375 });
  });

  it('a chain page stands for ten minutes, its trade for one', () => {
    const shown = [{ traded: [OPEN + 5], quoted: [OPEN + 30], seen: [OPEN + 60], isChain: true }];
    expect(counts({ shown })).toEqual({ traded: 1, 'quoted-no-trade': 9 + 10, 'no-quote': 10, missing: 345 });
    expect(counts({ shown, pageMinutes: 1 })).toEqual({ traded: 1, 'quoted-no-trade': 1, 'no-quote': 1, missing: 372 });
  });

  it('a halt is no hole: 2021-02-24 stood still from 11:40 and traded again in the evening', () => {
    const halted = optionContract({
      underlying: 'NIFTY',
      expiry: parseIstDate('2021-02-25'),
      strike: 14700,
      right: 'PE',
    });
    const found = counts({ contract: halted, day: parseIstDate('2021-02-24') });
    expect(found).toEqual({ halted: 230, missing: 375 + 75 - 230 });
  });

  it('is exactly one for every minute of the session, whatever was seen', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { maxLength: 400 });
    const shown = fc.array(fc.record({ traded: minutes, quoted: minutes, seen: minutes, isChain: fc.boolean() }), {
      maxLength: 3,
    });
    const answers = fc.array(fc.constantFrom('complete' as const, 'not-listed' as const), { maxLength: 2 });
    fc.assert(
      fc.property(shown, answers, fc.integer({ min: 1, max: 30 }), (seen, said, pageMinutes) => {
        const found = noMinutes();
        countClasses(found, classifyMinutes(question({ shown: seen, answers: said, pageMinutes })));
        expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBe(375);
      }),
    );
  });
});
