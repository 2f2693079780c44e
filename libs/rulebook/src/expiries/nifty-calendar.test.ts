import { readFileSync } from 'node:fs';
import { formatIst, type EpochMs, type IstDate } from '@sos/domain';
import { sharedData } from '../fixtures/shared-data.js';
import { expiryInstant, holidayOn, isMonthlyExpiry, listedExpiries, lotSize, tradingDays } from '../index.js';

interface CalendarRow {
  readonly actual_expiry_date: IstDate;
  readonly actual_expiry_timestamp_ist: string;
  readonly original_scheduled_expiry: IstDate;
  readonly expiry_type: 'weekly' | 'monthly';
  readonly expiry_holiday_adjusted: boolean;
  readonly contract_lot_size: number;
}

const file = sharedData('pricing-reference', 'nse_actual_expiry_calendar.json');
const rows = file === null ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { rows: CalendarRow[] }).rows;
const suite = file === null ? describe.skip : describe;

/** Every NIFTY expiry that was the nearest on some day, by its final date. */
function derivedExpiries(): Set<string> {
  const days = tradingDays('2021-01-01' as IstDate, '2026-09-30' as IstDate);
  return new Set(days.flatMap((d) => listedExpiries('NIFTY', d).slice(0, 1)).map((e) => e.finalDate));
}

suite('296 NIFTY expiries proved by bhavcopies 2021-01..2026-09 (skipped without recorded data)', () => {
  test('all are derived from the rules', () => {
    const derived = derivedExpiries();
    expect(rows).toHaveLength(296);
    expect(rows.map((r) => r.actual_expiry_date).filter((d) => !derived.has(d))).toEqual([]);
  });

  test('the derived expiries that the calendar lacks lie after its last bhavcopy (2026-07-15)', () => {
    const proved = new Set<string>(rows.map((r) => r.actual_expiry_date));
    const missing = [...derivedExpiries()].filter((d) => !proved.has(d));
    expect(missing).toEqual(['2026-09-01', '2026-09-08', '2026-09-15', '2026-09-22', '2026-10-06']);
  });

  test('weekly or monthly, and the lot on the last day, of every row', () => {
    const wrong = rows.filter((r) => {
      const kind = isMonthlyExpiry('NIFTY', r.actual_expiry_date) ? 'monthly' : 'weekly';
      const lot = lotSize('NIFTY', r.actual_expiry_date, r.actual_expiry_date);
      return kind !== r.expiry_type || lot !== r.contract_lot_size;
    });
    expect(wrong).toEqual([]);
  });

  test('a shifted expiry was scheduled on a holiday, an unshifted one was not', () => {
    const wrong = rows.filter((r) => r.expiry_holiday_adjusted !== (holidayOn(r.original_scheduled_expiry) !== null));
    expect(wrong).toEqual([]);
  });

  test('the mislabelled one: 2023-06-28 is called 29-Jun-2023 in archives, its day before Bakri Id was moved', () => {
    const row = rows.find((r) => r.original_scheduled_expiry === '2023-06-29');
    expect(row).toMatchObject({ actual_expiry_date: '2023-06-28', expiry_type: 'monthly', contract_lot_size: 50 });
    const listed = (on: string) => listedExpiries('NIFTY', on as IstDate)[0];
    expect(listed('2023-06-26')).toEqual({ date: '2023-06-29', kind: 'monthly', finalDate: '2023-06-28' });
    expect(listed('2023-06-27')).toEqual({ date: '2023-06-28', kind: 'monthly', finalDate: '2023-06-28' });
  });

  test('the last trade is at 15:30; five rows after 2026-08-03 carry that clock although options trade to 15:40', () => {
    const differing = rows.filter(
      (r) => expiryInstant(r.actual_expiry_date) !== Date.parse(r.actual_expiry_timestamp_ist),
    );
    expect(differing.map((r) => r.actual_expiry_date)).toEqual([
      '2026-08-04',
      '2026-08-11',
      '2026-08-18',
      '2026-08-25',
      '2026-09-29',
    ]);
    expect(differing.map((r) => formatIst(expiryInstant(r.actual_expiry_date) as EpochMs).slice(11))).toEqual(
      Array.from({ length: 5 }, () => '15:40:00'),
    );
  });
});
