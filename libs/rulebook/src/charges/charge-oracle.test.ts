import { CHARGE_HEADS, addDays, type ChargeBreakdown, type IstDate, type Paise, type Side } from '@sos/domain';
import fc from 'fast-check';
import { day } from '../dated/ist-day.js';
import { chargeScheduleOn, chargesFor, contractNote, exerciseStt } from '../index.js';

// An independent model: rates as decimal fractions copied from the acts and circulars (not from the tables), exact rational arithmetic in BigInt.
type Rates = readonly (readonly [from: string, rate: string])[];
const STT_SELL: Rates = [
  ['2016-06-01', '0.0005'],
  ['2023-04-01', '0.000625'],
  ['2024-10-01', '0.001'],
  ['2026-04-01', '0.0015'],
];
const STT_EXERCISE: Rates = [
  ['2016-06-01', '0.00125'],
  ['2026-04-01', '0.0015'],
];
const NSE_TRANSACTION: Rates = [
  ['2019-01-01', '0.0005'],
  ['2021-01-01', '0.00053'],
  ['2023-04-01', '0.0005'],
  ['2024-04-01', '0.000495'],
  ['2024-10-01', '0.0003503'],
  ['2026-03-01', '0.0003552'],
];
const NSE_IPFT: Rates = [
  ['2019-01-01', '0.0000001'],
  ['2023-04-01', '0'],
  ['2024-10-01', '0.000005'],
  ['2026-03-01', '0.0000001'],
];
const BSE_TRANSACTION: Rates = [['2024-10-01', '0.000325']];
const SEBI: Rates = [
  ['2019-01-01', '0.0000015'],
  ['2019-04-01', '0.000001'],
  ['2020-06-01', '0.0000005'],
  ['2021-04-01', '0.000001'],
];
const STAMP: Rates = [
  ['2019-01-01', '0'],
  ['2020-07-01', '0.00003'],
];
const NONE: Rates = [['2019-01-01', '0']];
const SCALE = 10n ** 9n;

function rateOn(rates: Rates, date: string): bigint {
  const text = rates.findLast(([from]) => from <= date)?.[1];
  if (text === undefined) throw new Error(`expected a rate on ${date}`);
  const [whole = '0', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(9, '0'));
}

/** base x rate to the nearest whole number, halves up. */
function share(base: bigint, rate: bigint): bigint {
  return (2n * base * rate + SCALE) / (2n * SCALE);
}

interface Case {
  readonly date: string;
  readonly side: Side;
  readonly premium: bigint;
  readonly exchange: 'NSE' | 'BSE';
}

function oracle({ date, side, premium, exchange }: Case): Record<string, number> {
  const nse = exchange === 'NSE';
  const heads: Record<string, bigint> = {
    brokerage: 2_000n,
    stt: side === 'SELL' ? share(premium, rateOn(STT_SELL, date)) : 0n,
    exchange: share(premium, rateOn(nse ? NSE_TRANSACTION : BSE_TRANSACTION, date)),
    ipft: share(premium, rateOn(nse ? NSE_IPFT : NONE, date)),
    sebi: share(premium, rateOn(SEBI, date)),
    stamp: side === 'BUY' ? share(premium, rateOn(STAMP, date)) : 0n,
  };
  const { brokerage = 0n, exchange: transaction = 0n, ipft = 0n, sebi = 0n } = heads;
  heads['gst'] = share(brokerage + transaction + ipft + sebi, 180_000_000n);
  heads['total'] = Object.values(heads).reduce((a, b) => a + b, 0n);
  return Object.fromEntries(Object.entries(heads).map(([k, v]) => [k, Number(v)]));
}

const BOUNDARIES = [
  ...new Set([STT_SELL, NSE_TRANSACTION, NSE_IPFT, SEBI, STAMP].flatMap((rates) => rates.map(([from]) => from))),
].filter((d) => d > '2019-01-01');
const DATES = ['2019-01-01', ...BOUNDARIES.flatMap((d) => [addDays(day(d), -1), d]), '2026-12-31'];
// 1 paisa, the odd lots of real fills, exact half-paise of several heads, Rs 50,000, a crore, a hundred crore.
const PREMIUMS = [1n, 333n, 487_505n, 1_000_000n, 5_000_000n, 1_000_000_000n, 100_000_000_000n];
const nseCases: Case[] = DATES.flatMap((date) =>
  PREMIUMS.flatMap((premium) =>
    (['BUY', 'SELL'] as const).map((side) => ({ date, side, premium, exchange: 'NSE' as const })),
  ),
);
const bseCases: Case[] = ['2024-10-01', '2026-02-28', '2026-03-31', '2026-04-01', '2026-12-31'].flatMap((date) =>
  PREMIUMS.flatMap((premium) =>
    (['BUY', 'SELL'] as const).map((side) => ({ date, side, premium, exchange: 'BSE' as const })),
  ),
);

function actual(c: Case): ChargeBreakdown {
  return chargesFor({ side: c.side, premium: Number(c.premium) as Paise, on: day(c.date), exchange: c.exchange });
}

describe('charges to the paisa against exact rational arithmetic', () => {
  test('there are more than 200 cases and they touch both sides of every effective date', () => {
    expect(BOUNDARIES.sort()).toEqual([
      '2019-04-01',
      '2020-06-01',
      '2020-07-01',
      '2021-01-01',
      '2021-04-01',
      '2023-04-01',
      '2024-04-01',
      '2024-10-01',
      '2026-03-01',
      '2026-04-01',
    ]);
    expect(nseCases.length + bseCases.length).toBe(378);
  });

  test.each(DATES)('every NSE case of %s', (date) => {
    const cases = nseCases.filter((c) => c.date === date);
    expect(cases.map(actual)).toEqual(cases.map(oracle));
  });

  test('every BSE case', () => {
    expect(bseCases.map(actual)).toEqual(bseCases.map(oracle));
  });

  test('any day, side and premium', () => {
    const anyCase = fc.record({
      date: fc.integer({ min: 0, max: 2921 }).map((n) => addDays(day('2019-01-01'), n) as string),
      side: fc.constantFrom<Side[]>('BUY', 'SELL'),
      premium: fc.bigInt({ min: 0n, max: 500_000_000_000n }),
      exchange: fc.constant('NSE' as const),
    });
    fc.assert(
      fc.property(anyCase, (c) => {
        expect(actual(c)).toEqual(oracle(c));
      }),
      { numRuns: 500 },
    );
  });
});

describe('laws of a breakdown', () => {
  const fill = fc.tuple(fc.constantFrom<Side[]>('BUY', 'SELL'), fc.integer({ min: 0, max: 10_000_000_000 }));

  test('the total is the sum of the heads, and no head is negative', () => {
    fc.assert(
      fc.property(fill, ([side, premium]) => {
        const c = chargeScheduleOn(day('2026-01-12')).charges(side, premium as Paise);
        expect(CHARGE_HEADS.reduce((sum, head) => sum + c[head], 0)).toBe(c.total);
        expect(CHARGE_HEADS.every((head) => c[head] >= 0 && Number.isSafeInteger(c[head]))).toBe(true);
      }),
    );
  });

  test('more premium never costs less', () => {
    fc.assert(
      fc.property(fill, fc.integer({ min: 0, max: 1_000_000 }), ([side, premium], more) => {
        const schedule = chargeScheduleOn(day('2026-01-12'));
        const dearer = schedule.charges(side, (premium + more) as Paise);
        expect(dearer.total).toBeGreaterThanOrEqual(schedule.charges(side, premium as Paise).total);
      }),
    );
  });

  test('slices pay brokerage each', () => {
    const one = chargesFor({ side: 'BUY', premium: 5_000_000 as Paise, on: day('2026-01-12') });
    const three = chargesFor({ side: 'BUY', premium: 5_000_000 as Paise, on: day('2026-01-12'), orders: 3 });
    expect([one.brokerage, three.brokerage, three.gst - one.gst]).toEqual([2_000, 6_000, 720]);
  });
});

describe('a day on a contract note', () => {
  const fills = [
    { side: 'BUY', premium: 5_000_000 as Paise, order: 'a', contract: 'NIFTY06OCT2625000CE' },
    { side: 'SELL', premium: 5_000_000 as Paise, order: 'b', contract: 'NIFTY06OCT2625000CE' },
  ] as const;

  // facts/charges.json total_example: the same total in an independent worksheet.
  test('a round trip of Rs 50,000 on 2026-10-01 costs Rs 165.74', () => {
    const note = contractNote({ date: day('2026-10-01'), fills, rounding: 'exact' });
    expect(note.charges).toEqual({
      brokerage: 4_000,
      stt: 7_500,
      exchange: 3_552,
      ipft: 1,
      sebi: 10,
      stamp: 150,
      gst: 1_361,
      total: 16_574,
    });
    expect(note).toMatchObject({ orders: 2, bought: 5_000_000, sold: 5_000_000, net: -16_574 });
  });

  test('as billed: STT and stamp duty in whole rupees, GST as two halves', () => {
    const { charges } = contractNote({ date: day('2026-10-01'), fills });
    expect([charges.stt, charges.stamp, charges.gst, charges.total]).toEqual([7_500, 200, 1_362, 16_625]);
  });

  test('halves of a rupee go up, fills of one order pay brokerage once, STT is taken per contract', () => {
    const sold = (premium: number, contract: string) =>
      ({ side: 'SELL', premium: premium as Paise, order: 'x', contract }) as const;
    // 0.1 % of Rs 249.50 + Rs 249.50 = 24.95 + 24.95 paise -> 25 + 25 = 50 paise -> one rupee.
    const note = contractNote({ date: day('2025-06-02'), fills: [sold(24_950, 'A'), sold(24_950, 'B')] });
    expect([note.orders, note.charges.brokerage, note.charges.stt]).toEqual([1, 2_000, 100]);
    // As one contract 49.9 paise are 50 paise and a rupee too; below the half it is nothing.
    const less = contractNote({ date: day('2025-06-02'), fills: [sold(24_400, 'A'), sold(24_400, 'A')] });
    expect(less.charges.stt).toBe(0);
  });

  test('the note never differs from the fills by more than its roundings', () => {
    const premium = fc.integer({ min: 1, max: 50_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(premium, fc.boolean()), { minLength: 1, maxLength: 12 }), (legs) => {
        const dealt = legs.map(([p, buy], i) => ({
          side: buy ? ('BUY' as const) : ('SELL' as const),
          premium: p as Paise,
          order: String(i),
          contract: String(i % 3),
        }));
        const note = contractNote({ date: day('2026-05-04'), fills: dealt });
        const single = dealt.reduce((sum, f) => sum + chargesFor({ ...f, on: day('2026-05-04') }).total, 0);
        // Up to half a paisa per head and fill, a paisa of GST per fill, half a rupee each for STT and stamp duty.
        expect(Math.abs(note.charges.total - single)).toBeLessThanOrEqual(102 + 4 * legs.length);
      }),
    );
  });

  test('a note without fills is refused', () => {
    expect(() => contractNote({ date: day('2026-10-01'), fills: [] })).toThrow('expected at least one fill');
  });
});

describe('exercise', () => {
  const call = { right: 'CE', strike: 25_000, settlement: 25_123.45, units: 65 } as const;

  test.each(['2019-09-01', '2026-03-31', '2026-04-01', '2026-12-31'])('STT on the intrinsic value on %s', (on) => {
    const expected = share(802_425n, rateOn(STT_EXERCISE, on));
    expect(exerciseStt({ ...call, on: day(on) })).toBe(Number(expected));
  });

  test('before 2019-09-01 it was taken on the settlement value', () => {
    const expected = share(163_302_425n, rateOn(STT_EXERCISE, '2019-08-29'));
    expect(exerciseStt({ ...call, on: day('2019-08-29') })).toBe(Number(expected));
  });

  test('a put uses the other side, a worthless option pays nothing', () => {
    expect(exerciseStt({ right: 'PE', strike: 25_200, settlement: 25_123.45, units: 65, on: day('2026-04-07') })).toBe(
      746,
    );
    expect(exerciseStt({ ...call, strike: 25_123.45, on: day('2026-04-07') })).toBe(0);
    expect(exerciseStt({ ...call, right: 'PE', on: day('2026-04-07') })).toBe(0);
  });

  test('nonsense is refused', () => {
    expect(() => exerciseStt({ ...call, settlement: 0, on: day('2026-04-07') })).toThrow(
      'expected strike, settlement and units',
    );
  });
});

describe('plans and gaps', () => {
  test('a flat plan and the named plans', () => {
    const brokerage = (brokeragePlan: 'zerodha' | 'upstox' | { flatPaise: number }) =>
      chargesFor({ side: 'BUY', premium: 100 as Paise, on: day('2026-11-02'), brokeragePlan }).brokerage;
    expect([brokerage('zerodha'), brokerage('upstox'), brokerage({ flatPaise: 1_000 })]).toEqual([2_000, 2_000, 1_000]);
    expect(() => brokerage({ flatPaise: 0.5 })).toThrow('expected a brokerage as whole paise');
  });

  test('what is not established is an error, not a zero', () => {
    const bse = () => chargesFor({ side: 'BUY', premium: 100 as Paise, on: day('2024-09-30'), exchange: 'BSE' });
    expect(bse).toThrow('expected a known exchange rate at BSE on 2024-09-30, found none');
  });

  test('stamp duty before 2020-07-01 is named as not modelled', () => {
    expect(chargeScheduleOn(day('2020-06-30')).unmodelled).toEqual(['stamp']);
    expect(chargeScheduleOn(day('2020-07-01')).unmodelled).toEqual([]);
  });

  test('a base beyond exact arithmetic is refused', () => {
    const schedule = chargeScheduleOn(day('2026-10-01'));
    expect(() => schedule.charges('SELL', 1e13 as Paise)).toThrow('expected a charge base');
    expect(() => schedule.charges('SELL', -1 as Paise)).toThrow('expected a charge base');
    expect(() => schedule.charges('SELL', Number.NaN as Paise)).toThrow('expected a charge base');
  });

  test('schedules are kept per day, exchange and plan', () => {
    const date = '2026-10-01' as IstDate;
    expect(chargeScheduleOn(date)).toBe(chargeScheduleOn(date));
    expect(chargeScheduleOn(date, { exchange: 'BSE' })).not.toBe(chargeScheduleOn(date));
  });
});
