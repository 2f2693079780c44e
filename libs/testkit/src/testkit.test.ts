import fc from 'fast-check';
import { istInstant, parseIstDate } from '@sos/domain';
import * as testkit from './index.js';
import { arbitraryBars, barsFrom, recordedData } from './index.js';

const open = istInstant(parseIstDate('2026-01-12'), '09:15');

describe('testkit', () => {
  test('bars close at the end of their minute', () => {
    const bars = barsFrom(open, [
      [1, 2, 0.5, 1.5, 10],
      [1.5, 1.5, 1.5, 1.5],
    ]);
    expect([bars.time[0], bars.volume[0], bars.volume[1]]).toEqual([open + 60_000, 10, Number.NaN]);
  });

  test('arbitrary bars are sane', () => {
    fc.assert(
      fc.property(arbitraryBars(open, { min: 1, max: 50 }), (bars) => {
        for (let i = 0; i < bars.length; i++) {
          const [o, h, l, c] = [bars.open[i] ?? 0, bars.high[i] ?? 0, bars.low[i] ?? 0, bars.close[i] ?? 0];
          expect(l <= Math.min(o, c) && Math.max(o, c) <= h).toBe(true);
        }
      }),
    );
  });

  test('recorded data stand outside the checkout', () => {
    expect(recordedData('messy')).toMatch(/messy$/);
  });

  test('the public names of the library', () => {
    expect(Object.keys(testkit).sort()).toEqual([
      'arbitraryBars',
      'barsFrom',
      'deepTest',
      'describeWithRecordedData',
      'recordedData',
      'recordedDataFolder',
    ]);
  });
});
