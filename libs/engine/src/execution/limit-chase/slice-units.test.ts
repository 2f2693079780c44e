import { units } from '@sos/domain';
import { sliceUnits } from './slice-units.js';

it('splits at the freeze quantity, the rest last', () => {
  // NIFTY from 2026-01-06: lot 65, 1,800 units → 27 lots = 1,755 (NSE/FAOP)
  expect(sliceUnits(units(4000), units(1755))).toEqual([1755, 1755, 490]);
  expect(sliceUnits(units(1755), units(1755))).toEqual([1755]);
});

it('refuses nothing and no size', () => {
  expect(() => sliceUnits(units(0), units(65))).toThrow('expected quantities above 0, found 0 in orders of 65');
  expect(() => sliceUnits(units(65), units(0))).toThrow('expected quantities above 0');
});
