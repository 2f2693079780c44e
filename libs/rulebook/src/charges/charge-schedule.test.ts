import type { Paise } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import { builtInTables, type RuleTables } from '../rows/rule-tables.js';
import { buildChargeSchedule } from './charge-schedule.js';
import { exerciseSttWith } from './exercise-stt.js';
import { CRORE, shareOf } from './per-crore.js';

// Schedules made anew from tables: the shared rulebook keeps what it made, so that only its first caller would be tested.
const on = day('2026-01-12');
const tables = builtInTables();
const schedule = (change: Partial<RuleTables> = {}, date = on) =>
  buildChargeSchedule({ ...tables, ...change }, date, { brokeragePlan: 'zerodha' });

describe('heads that are not modelled', () => {
  test('stamp duty until 2020-06-30, nothing from the next day on', () => {
    expect(schedule({}, day('2020-06-30')).unmodelled).toEqual(['stamp']);
    expect(schedule({}, day('2020-07-01')).unmodelled).toEqual([]);
  });

  test('each rate names its head on the bill; the rate of exercise is of no fill', () => {
    const chargeRate = tables.chargeRate.map((row) => ({ ...row, unmodelled: true }));
    expect(schedule({ chargeRate }).unmodelled).toEqual(['stt', 'exchange', 'ipft', 'sebi', 'stamp', 'gst']);
  });
});

describe('brokerage', () => {
  test('is that of the plan, not of another plan in the same table', () => {
    const brokerage = tables.brokerage.map((row) => ({ ...row, flatPaise: row.plan === 'zerodha' ? 1_700 : 2_300 }));
    expect(schedule({ brokerage }).rates.brokerage).toBe(1_700);
    expect(schedule({ brokerage: brokerage.toReversed() }).rates.brokerage).toBe(1_700);
  });

  test('of a plan without a row is an error that names plan and day', () => {
    expect(() => schedule({ brokerage: [] })).toThrow(
      expect.objectContaining({
        code: 'SOS_DATE_RANGE',
        message: 'expected a known brokerage of zerodha on 2026-01-12, found none',
      }),
    );
  });

  test('of one figure may be nothing, but neither negative nor a fraction', () => {
    const flat = (flatPaise: number) => buildChargeSchedule(tables, on, { brokeragePlan: { flatPaise } });
    expect(flat(0).charges('BUY', 1_000_000 as Paise).brokerage).toBe(0);
    for (const wrong of [-1, 0.5])
      expect(() => flat(wrong)).toThrow(`expected a brokerage as whole paise ≥ 0, found ${wrong}`);
  });
});

describe('a rate that is not established', () => {
  test('is an error that tells machines head, exchange and day', () => {
    expect(() => buildChargeSchedule(tables, day('2024-09-30'), { exchange: 'BSE' })).toThrow(
      expect.objectContaining({
        code: 'SOS_DATE_RANGE',
        context: { head: 'exchange', exchange: 'BSE', date: '2024-09-30' },
      }),
    );
  });

  test('also where a row says that it is not known', () => {
    const chargeRate = tables.chargeRate.map((row) => (row.head === 'gst' ? { ...row, rupeesPerCrore: null } : row));
    expect(() => schedule({ chargeRate })).toThrow('expected a known gst rate at NSE on 2026-01-12, found none');
  });
});

describe('exercise at the edges', () => {
  const { rates } = schedule();
  const call = { right: 'CE', strike: 25_000, settlement: 25_100, units: 65, on } as const;
  test('at the money and of no units nothing is due', () => {
    expect(exerciseSttWith(rates, { ...call, settlement: 25_000 })).toBe(0);
    expect(exerciseSttWith(rates, { ...call, units: 0 })).toBe(0);
  });

  test.each([{ strike: 0 }, { strike: -1 }, { settlement: 0 }, { units: -1 }, { units: Number.NaN }])(
    'refuses %p',
    (wrong) => {
      expect(() => exerciseSttWith(rates, { ...call, ...wrong })).toThrow('expected strike, settlement and units');
    },
  );
});

test('a share is exact up to the last safe product and refused beyond it', () => {
  const largest = Number.MAX_SAFE_INTEGER - CRORE;
  expect(shareOf(1, largest)).toBe(Number((BigInt(largest) + BigInt(CRORE / 2)) / BigInt(CRORE)));
  expect(() => shareOf(1, largest + 1)).toThrow('expected a charge base from 0 to an exact product');
});
