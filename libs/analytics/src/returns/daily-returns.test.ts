import { istInstant, type IstDate } from '@sos/domain';
import { dailyResults } from './daily-returns.js';

const day = (d: number) => `2026-01-${String(d).padStart(2, '0')}` as IstDate;

describe('daily returns', () => {
  it('include zero-trade days and compound the capital at the start of each day', () => {
    const results = [
      { exitTime: istInstant(day(12), '10:00'), net: 10_000 },
      { exitTime: istInstant(day(14), '15:29:59'), net: -5_000 },
      { exitTime: istInstant(day(12), '09:20'), net: -2_000 },
    ];
    expect(dailyResults(results, [day(12), day(13), day(14)], 100_000)).toEqual([
      { date: day(12), net: 8_000, trades: 2, dayReturn: 0.08 },
      { date: day(13), net: 0, trades: 0, dayReturn: 0 },
      { date: day(14), net: -5_000, trades: 1, dayReturn: -5_000 / 108_000 },
    ]);
  });
});
