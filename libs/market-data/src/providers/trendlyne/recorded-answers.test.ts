import { readFileSync } from 'node:fs';
import path from 'node:path';
import { istInstant, parseIstDate } from '@sos/domain';
import { bandSum, buildupName, buildupOf, maxPain, oiWalls, pcrOpenInterest, strikeBand } from '@sos/math-engine';
import { futureContract } from '@sos/symbol-master';
import { SHARED_DATA, describeRecorded } from '../../importers/fixtures/shared-data.js';
import { mapBuildups } from './buildup-mapper.js';
import { mapLiveOi } from './live-oi-mapper.js';
import { Buildups, LiveOi } from './trendlyne-schema.js';

const day = parseIstDate;

describeRecorded('trendlyne-2026-01', (folder) => {
  // Read when the tests run: values of seed-systems.md §3.3, worked out from the answer by hand.
  const real = () => {
    const file = path.join(folder, 'trendlyne_live_oi_NIFTY_2026-01-23_exp2026-01-27.json');
    const answer = LiveOi.parse(JSON.parse(readFileSync(file, 'utf8')));
    const expiry = day('2026-01-27');
    const receivedAt = istInstant(day('2026-01-23'), '15:41');
    return { answer, snapshot: mapLiveOi(answer, { underlying: 'NIFTY', expiry, receivedAt, at: null }) };
  };

  test('the whole answer of 2026-01-23: sums of strikes, not the swapped totals', () => {
    const { snapshot, answer } = real();
    const { tape, callChange, putChange } = snapshot;
    expect(tape.strikes).toHaveLength(51);
    expect([bandSum(callChange, 0, 51), bandSum(putChange, 0, 51)]).toEqual([72_938_970, 2_439_320]);
    expect(answer.body.overallData).toMatchObject({ totalCallOiChange: 2_439_320, totalPutOiChange: 72_938_970 });
    expect(pcrOpenInterest(tape.call.openInterest, tape.put.openInterest, 0, 51)).toBeCloseTo(0.642053, 6);
    for (const side of [tape.call, tape.put]) expect(side.openInterest.every((oi) => oi % 65 === 0)).toBe(true);
    expect([tape.eventTime[0], tape.availableAt[0]].map((t) => new Date(t ?? 0).toISOString())).toEqual([
      '2026-01-23T10:00:00.000Z',
      '2026-01-23T10:11:00.000Z',
    ]);
  });

  test.each([
    [1, 1.441],
    [3, 1.193],
    [5, 1.001],
    [7, 0.876],
    [10, 0.747],
  ])('the put-call ratio of ±%i strikes is %f', (reach, ratio) => {
    const { tape } = real().snapshot;
    const { from, to } = strikeBand(tape.strikes, 25050, { reach });
    expect(pcrOpenInterest(tape.call.openInterest, tape.put.openInterest, from, to)).toBeCloseTo(ratio, 3);
  });

  test('walls, largest changes and max pain', () => {
    const { tape, callChange, putChange } = real().snapshot;
    const { call, put, strikes } = tape;
    expect(oiWalls(strikes, call.openInterest, put.openInterest, 25048.65)).toEqual({
      callStrike: 25500,
      callOi: 17_697_160,
      putStrike: 24000,
      putOi: 10_253_880,
    });
    const largest = (changes: Float64Array): number[] => {
      const i = changes.indexOf(Math.max(...changes));
      return [strikes[i] ?? Number.NaN, changes[i] ?? Number.NaN];
    };
    expect([largest(callChange), largest(putChange)]).toEqual([
      [25300, 8_642_335],
      [24700, 2_604_160],
    ]);
    expect(maxPain(strikes, call.openInterest, put.openInterest)).toBe(25200);
  });

  test('the window that was not looked at on 2026-01-23 is refused', () => {
    const { answer } = real();
    const context = {
      underlying: 'NIFTY' as const,
      expiry: day('2026-01-27'),
      receivedAt: istInstant(day('2026-01-23'), '15:41'),
    };
    expect(() => mapLiveOi(answer, { ...context, at: istInstant(day('2026-01-23'), '09:15') })).toThrow(
      /09:15 to 15:30/,
    );
  });

  test('the site’s words of real rows are those of our own rule on price and open interest', () => {
    const file = path.join(SHARED_DATA, '../spec/payloads/trendlyne_buildup5.json');
    const { rows } = (JSON.parse(readFileSync(file, 'utf8')) as { body: { rows: (string | number | null)[][] } }).body;
    const data_v2 = rows.map(
      ([interval, buildup, price_range, , , close_price, oi, oi_change_gross, volume_gross]) => ({
        interval,
        buildup,
        price_range,
        close_price,
        oi,
        oi_change_gross,
        volume_gross,
      }),
    );
    const answer = Buildups.parse({ body: { data_v2 } });
    const contract = futureContract('BANKNIFTY', day('2026-01-27'));
    const found = mapBuildups(answer.body.data_v2, { contract, minutes: 5 }, istInstant(day('2026-01-12'), '18:00'));
    expect(found).toHaveLength(6);
    for (let i = 1; i < found.length; i++) {
      const [now, before] = [found[i], found[i - 1]];
      if (now === undefined || before === undefined) throw new Error('unreachable');
      expect(now.openInterest - before.openInterest).toBe(now.openInterestChange);
      const dPrice = now.close - before.close;
      expect(buildupName(buildupOf(dPrice, now.openInterestChange, { priceBand: 0, oiBand: 0 }))).toBe(now.buildup);
      // Units: every open interest is whole lots of 30.
      expect(now.openInterest % 30).toBe(0);
    }
    expect(found.at(-1)).toMatchObject({ low: 58794.8, high: 58850, close: 58854.8, volumeToday: 1_301_430 });
  });
});
