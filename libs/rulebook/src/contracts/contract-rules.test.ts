import { day } from '../dated/ist-day.js';
import { freezeQuantity, lotSize, maxLotsPerOrder, strikeStep, tickSize } from '../index.js';

describe('lots', () => {
  test.each([
    ['NIFTY', '2021-07-22', 75],
    ['NIFTY', '2021-07-29', 50],
    ['NIFTY', '2024-05-02', 25],
    ['NIFTY', '2025-01-23', 75],
    ['NIFTY', '2025-01-30', 25],
    ['NIFTY', '2025-12-30', 75],
    ['NIFTY', '2026-01-06', 65],
    ['BANKNIFTY', '2020-07-23', 20],
    ['BANKNIFTY', '2020-07-30', 25],
    ['BANKNIFTY', '2023-07-20', 25],
    ['BANKNIFTY', '2023-07-27', 15],
    ['BANKNIFTY', '2025-01-30', 15],
    ['BANKNIFTY', '2025-06-26', 30],
    ['BANKNIFTY', '2025-12-30', 35],
    ['BANKNIFTY', '2026-01-27', 30],
    ['FINNIFTY', '2024-07-23', 40],
    ['FINNIFTY', '2024-07-30', 25],
    ['FINNIFTY', '2026-01-27', 60],
    ['MIDCPNIFTY', '2024-07-22', 75],
    ['MIDCPNIFTY', '2025-07-31', 140],
    ['SENSEX', '2024-12-27', 10],
    ['SENSEX', '2025-01-07', 20],
  ] as const)('%s expiring %s traded in lots of %s on its last day', (underlying, expiry, lot) => {
    expect(lotSize(underlying, day(expiry), day(expiry))).toBe(lot);
  });

  test.each([
    ['NIFTY', '2026-03-31', '2025-12-30', 75],
    ['NIFTY', '2026-03-31', '2025-12-31', 65],
    ['NIFTY', '2025-03-27', '2024-12-26', 25],
    ['NIFTY', '2025-03-27', '2024-12-27', 75],
    ['NIFTY', '2024-05-02', '2024-04-25', 50],
    ['NIFTY', '2024-05-02', '2024-04-26', 25],
    ['BANKNIFTY', '2025-09-24', '2024-12-24', 15],
    ['BANKNIFTY', '2025-09-24', '2025-04-24', 30],
    ['BANKNIFTY', '2025-09-25', '2025-04-25', 35],
  ] as const)('%s %s changed its lot during its life: on %s it was %s', (underlying, expiry, on, lot) => {
    expect(lotSize(underlying, day(expiry), day(on))).toBe(lot);
  });
});

describe('orders', () => {
  test('the old trap: 1,800 units are not a whole number of lots of 65', () => {
    expect(freezeQuantity('NIFTY', day('2026-10-04'))).toBe(1_800);
    expect(maxLotsPerOrder('NIFTY', day('2026-10-06'), day('2026-10-04'))).toBe(27);
  });

  test('from 2026-10-05 freeze quantities are whole lots (NSE/FAOP/76693)', () => {
    const on = day('2026-10-05');
    const expiry = day('2026-10-27');
    expect(
      (['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY'] as const).map((u) => [
        freezeQuantity(u, on),
        maxLotsPerOrder(u, expiry, on),
      ]),
    ).toEqual([
      [3_510, 54],
      [1_440, 48],
      [3_240, 54],
      [5_760, 48],
    ]);
  });

  test('BANKNIFTY was 900 in September-October 2025 and April-June 2026', () => {
    const at = (d: string) => freezeQuantity('BANKNIFTY', day(d));
    expect(
      [
        '2025-08-29',
        '2025-09-01',
        '2025-11-02',
        '2025-11-03',
        '2026-03-31',
        '2026-04-01',
        '2026-06-30',
        '2026-07-01',
      ].map(at),
    ).toEqual([600, 900, 900, 600, 600, 900, 900, 600]);
  });

  test('ticks and strike steps', () => {
    expect(tickSize('option', 'NIFTY', day('2026-01-12'))).toBe(5);
    expect(tickSize('future', 'BANKNIFTY', day('2026-01-12'))).toBe(20);
    expect(tickSize('future', 'BANKNIFTY', day('2024-10-08'))).toBe(5);
    expect((['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'] as const).map((u) => strikeStep(u))).toEqual([
      50, 100, 50, 25, 100,
    ]);
  });
});
