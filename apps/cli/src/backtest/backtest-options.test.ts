import { planBacktest, type BacktestOptions } from './backtest-options.js';

const OPTIONS: BacktestOptions = {
  symbol: 'NIFTY',
  fromDate: '2026-01-12',
  toDate: '2026-01-16',
  source: 'auto',
  premiums: 'recorded',
  capital: '500000',
  seed: '1',
};
const plan = (changes: Partial<BacktestOptions>) => () => planBacktest({ ...OPTIONS, ...changes });

describe('what a backtest is asked for', () => {
  it('knows the trading days: 2026-01-15 was a holiday', () => {
    expect(plan({})()).toMatchObject({
      underlyings: ['NIFTY'],
      days: ['2026-01-12', '2026-01-13', '2026-01-14', '2026-01-16'],
      capital: 50_000_000,
      seed: 1,
    });
  });

  it('takes several symbols in any case, each once', () => {
    expect(plan({ symbol: 'nifty, BANKNIFTY,NIFTY' })().underlyings).toEqual(['NIFTY', 'BANKNIFTY']);
  });

  it('takes an age of the chain', () => {
    expect(plan({})().chain.maxAgeMinutes).toBe(10);
    expect(plan({ chainMaxAge: '25' })().chain.maxAgeMinutes).toBe(25);
  });

  it('takes a capital with grouping', () => {
    expect(plan({ capital: '10,00,000.50' })().capital).toBe(100_000_050);
  });

  it.each([
    ['an unknown symbol', { symbol: 'NIFTTY' }, 'SOS_UNKNOWN_SYMBOL', /found "NIFTTY" \(did you mean NIFTY/],
    ['no symbol', { symbol: ' , ' }, 'SOS_INPUT', /at least one underlying/],
    ['no first day', { fromDate: undefined }, 'SOS_INPUT', /expected --from-date <day>, found nothing/],
    [
      'a malformed day',
      { fromDate: '12-01-2026' },
      'SOS_INPUT',
      /expected --from-date as YYYY-MM-DD, found "12-01-2026"/,
    ],
    ['a day that does not exist', { toDate: '2026-02-30' }, 'SOS_INPUT', /expected --to-date as YYYY-MM-DD/],
    ['a reversed range', { fromDate: '2026-01-17' }, 'SOS_DATE_RANGE', /found 2026-01-17 after 2026-01-16/],
    ['a holiday', { fromDate: '2026-01-15', toDate: '2026-01-15' }, 'SOS_DATE_RANGE', /found a holiday \(/],
    [
      'a weekend',
      { fromDate: '2026-01-17', toDate: '2026-01-18' },
      'SOS_DATE_RANGE',
      /found only weekends and holidays/,
    ],
    ['days before the calendar', { fromDate: '1999-01-04', toDate: '1999-01-05' }, 'SOS_DATE_RANGE', /1999-01-04/],
    ['a mistyped kind of premiums', { premiums: 'modeled' }, 'SOS_INPUT', /did you mean modelled/],
    [
      'modelled premiums on a simulated index',
      { premiums: 'modelled', source: 'simulated' },
      'SOS_INPUT',
      /recorded index/,
    ],
    ['no capital', { capital: '0' }, 'SOS_INPUT', /rupees above 0, found "0"/],
    ['a capital in words', { capital: '5 lakh' }, 'SOS_INPUT', /found "5 lakh"/],
    ['a fractional seed', { seed: '1.5' }, 'SOS_INPUT', /whole number from 0 to 4294967295, found "1.5"/],
    ['an age of nothing', { chainMaxAge: '0' }, 'SOS_INPUT', /minutes above 0, at most 375, found "0"/],
    ['an age in words', { chainMaxAge: '25m' }, 'SOS_INPUT', /found "25m"/],
  ])('refuses %s', (_, changes, code, message) => {
    expect(plan(changes as Partial<BacktestOptions>)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
