import { AppError } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import { createRulebook, defaultRulebook, parseRuleRows } from '../index.js';

const sure = { confidence: 'high', source: 'my circular' } as const;

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing thrown';
}

describe('rows added by the user', () => {
  test('a new year extends the calendar, and its holidays close days', () => {
    const rows = parseRuleRows(
      {
        rows: [
          { table: 'coverage', from: '2027-01-01', to: '2027-12-31', ...sure },
          {
            table: 'holiday',
            date: '2027-01-26',
            name: 'Republic Day',
            closed: true,
            knownFrom: '2027-01-01',
            ...sure,
          },
        ],
      },
      '2027.json',
    );
    const book = createRulebook(rows);
    expect(book.knownDates).toEqual(['2019-01-01', '2027-12-31']);
    expect(book.isTradingDay(day('2027-01-25'))).toBe(true);
    expect(book.isTradingDay(day('2027-01-26'))).toBe(false);
    // Tuesday 2027-01-26 is the monthly: it moves to Monday.
    expect(book.listedExpiries('NIFTY', day('2027-01-22'))[0]?.date).toBe('2027-01-25');
  });

  test('of two rows the later wins: hours, lots, charges, freeze quantity and a holiday taken back', () => {
    const from2027 = { from: '2026-12-01', to: null, ...sure };
    const rows = parseRuleRows(
      {
        $schema: './rulebook.schema.json',
        rows: [
          {
            table: 'tradingHours',
            ...from2027,
            value: { open: '09:15', close: '15:45', indexUsableUntil: null, settlementFixed: '15:30' },
          },
          {
            table: 'lot',
            underlying: 'NIFTY',
            lot: 50,
            weeklyFrom: '2026-12-08',
            monthlyFrom: '2026-12-29',
            switchAfter: null,
            switches: 'long-dated',
            ...sure,
          },
          { table: 'chargeRate', head: 'stt-sell', exchange: null, rupeesPerCrore: 20_000, ...from2027 },
          { table: 'freeze', underlying: 'NIFTY', units: 4_000, ...from2027 },
          { table: 'holiday', date: '2026-12-25', name: 'Christmas', closed: false, knownFrom: '2026-12-01', ...sure },
        ],
      },
      'winter.json',
    );
    const book = createRulebook(rows);
    const [before, on] = [day('2026-11-30'), day('2026-12-01')];
    expect([book.sessionOf(before)?.minutes, book.sessionOf(on)?.minutes]).toEqual([385, 390]);
    expect([book.lotSize('NIFTY', day('2026-12-01'), on), book.lotSize('NIFTY', day('2026-12-08'), on)]).toEqual([
      65, 50,
    ]);
    expect([book.chargeScheduleOn(before).rates.sttSell, book.chargeScheduleOn(on).rates.sttSell]).toEqual([
      15_000, 20_000,
    ]);
    expect([book.freezeQuantity('NIFTY', before), book.freezeQuantity('NIFTY', on)]).toEqual([3_510, 4_000]);
    expect([book.isTradingDay(day('2026-12-25')), book.holidayOn(day('2026-12-25'))]).toEqual([true, null]);
  });

  test('the default rulebook is untouched by added rows', () => {
    createRulebook([{ table: 'freeze', underlying: 'NIFTY', from: day('2026-01-01'), to: null, units: 65, ...sure }]);
    expect(defaultRulebook().freezeQuantity('NIFTY', day('2026-01-12'))).toBe(1_800);
  });

  test('rows for every table are read', () => {
    const period = { from: '2026-12-01', to: '2026-12-31', ...sure };
    const chase = {
      bufferPoints: 0.5,
      bufferShare: 0.01,
      stepTicks: 1,
      intervalMs: 1000,
      maxChase: 2,
      escalation: 1,
      collarShare: 0.1,
      bandPoints: 1,
      bandShare: 0.02,
      quoteMaxAgeMs: 60_000,
    };
    const rows = [
      {
        table: 'specialSession',
        date: '2026-12-05',
        name: 'Drill',
        kind: 'special',
        windows: [['09:15', '10:00']],
        ...sure,
      },
      { table: 'disruption', date: '2026-12-07', what: 'halt', ...sure },
      {
        table: 'expiryWeekday',
        underlying: 'SENSEX',
        cycle: 'weekly',
        expiryFrom: '2026-12-01',
        weekday: null,
        knownFrom: '2026-11-01',
        ...sure,
      },
      {
        table: 'listing',
        underlying: 'NIFTY',
        value: { weeklies: 5, months: 3, quarters: 3, halfYears: 8 },
        ...period,
      },
      { table: 'tick', underlying: 'NIFTY', kind: 'option', paise: 10, ...period },
      { table: 'strikeStep', underlying: 'NIFTY', step: 100, ...period },
      { table: 'brokerage', plan: 'upstox', flatPaise: 1_000, ...period },
      { table: 'orderType', types: ['LIMIT'], validities: ['DAY'], ...period },
      {
        table: 'orderRate',
        scope: 'upstox',
        perSecond: 5,
        perMinute: null,
        perHalfHour: null,
        perDay: null,
        modificationsPerOrder: null,
        ...period,
      },
      { table: 'priceProtection', exchange: 'NSE', percent: 20, minimumPaise: 1_000, ...period },
      { table: 'squareOff', minutesBeforeClose: 30, ...period },
      { table: 'execution', entry: chase, exit: { ...chase, maxChase: 9 }, noEntryBeforeExpiryMinutes: 5, ...period },
    ];
    const book = createRulebook(parseRuleRows({ rows }, 'all.json'));
    const on = day('2026-12-07');
    expect(book.isTradingDay(day('2026-12-05'))).toBe(true);
    expect(book.sessionOf(on)).toMatchObject({ disruption: 'halt' });
    expect(book.listedExpiries('SENSEX', on).filter((e) => e.kind === 'weekly')).toEqual([]);
    expect(book.listedExpiries('NIFTY', on).filter((e) => e.kind === 'weekly')).toHaveLength(5);
    expect([book.tickSize('option', 'NIFTY', on), book.strikeStep('NIFTY', on)]).toEqual([10, 100]);
    expect(book.chargeScheduleOn(on).rates.brokerage).toBe(1_000);
    expect([
      book.allowedOrderTypes(on).types,
      book.orderRateLimits(on).find((r) => r.scope === 'upstox')?.perSecond,
    ]).toEqual([['LIMIT'], 5]);
    expect(book.limitPriceBand({ referencePaise: 10_000, on })).toEqual({ lowest: 8_000, highest: 12_000 });
    expect(book.executionDefaults(on)).toMatchObject({ noEntryBeforeExpiryMinutes: 5, exit: { maxChase: 9 } });
    expect(book.sessionOf(on)?.squareOff).toBe((book.sessionOf(on)?.close ?? 0) - 30 * 60_000);
  });

  test.each([
    [{}, 'f.json: rows: '],
    [{ rows: [{ table: 'frezze' }] }, 'f.json: rows.0.table: '],
    [
      { rows: [{ table: 'freeze', underlying: 'NIFTY', from: '2026-02-30', to: null, units: 1, ...sure }] },
      'f.json: rows.0.from: expected a date as YYYY-MM-DD',
    ],
    [
      { rows: [{ table: 'freeze', underlying: 'NIFTY', from: '2026-02-20', to: null, units: 1.5, ...sure }] },
      'f.json: rows.0.units: ',
    ],
    [
      { rows: [{ table: 'freeze', underlying: 'NIFTY', from: '2026-02-20', to: null, units: 1, unit: 1, ...sure }] },
      'f.json: rows.0: Unrecognized key: "unit"',
    ],
    [[], 'f.json: (root): '],
  ])('a malformed file is refused with its path (%#)', (json, message) => {
    expect(messageOf(() => parseRuleRows(json, 'f.json'))).toContain(`SOS_CONFIG: ${message}`);
  });
});
