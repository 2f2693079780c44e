import { makeBarColumns, sliceBars } from './bar-columns.js';
import { makeChainTape } from './chain-tape.js';
import { weakestSource } from './series-source.js';
import { isUnderlying } from './underlying.js';
import { parseIstDate } from '../time/ist.js';

describe('market words', () => {
  test('what is not known of a bar is NaN, never zero', () => {
    const bars = makeBarColumns(2);
    expect([bars.open[0], bars.volume[1], bars.openInterest[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
  test('a slice shares memory and keeps its rows', () => {
    const bars = makeBarColumns(4);
    bars.close[2] = 7;
    const part = sliceBars(bars, 1, 3);
    expect(part.length).toBe(2);
    expect(part.close[1]).toBe(7);
    part.close[0] = 5;
    expect(bars.close[1]).toBe(5);
  });
  test('a chain tape has one cell per snapshot and strike', () => {
    const tape = makeChainTape({
      underlying: 'NIFTY',
      expiry: parseIstDate('2026-01-13'),
      source: 'recorded',
      strikes: Float64Array.of(25000, 25050),
      length: 3,
    });
    expect(tape.call.openInterest).toHaveLength(6);
    expect(tape.put.bid.every(Number.isNaN)).toBe(true);
    expect(tape.spot).toHaveLength(3);
  });
  test('a mixture carries the label of its weakest part', () => {
    expect(weakestSource(['recorded', 'modelled', 'derived'])).toBe('modelled');
    expect(weakestSource([])).toBe('recorded');
    expect(weakestSource(['recorded', 'simulated'])).toBe('simulated');
  });
  test('only canonical names are underlyings', () => {
    expect(isUnderlying('NIFTY')).toBe(true);
    expect(isUnderlying('Nifty 50')).toBe(false);
  });
});
