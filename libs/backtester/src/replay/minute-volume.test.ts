import { makeChainTape, parseIstDate, type ChainTape } from '@sos/domain';
import { paperDay } from '../fixtures/paper-market.js';
import { paperRequest } from '../fixtures/run-paper.js';
import { MinuteVolume } from './minute-volume.js';
import { OptionBandVolume } from './option-band-volume.js';

/** Thirteen strikes 100 apart; each row of `totals` is the cumulative count of every call, puts are unknown. */
function chainOf(totals: readonly number[], gapMs = 60_000): ChainTape {
  const strikes = Float64Array.from({ length: 13 }, (_, k) => 24_400 + 100 * k);
  const shape = { underlying: 'NIFTY' as const, expiry: parseIstDate('2026-01-13'), source: 'recorded' as const };
  const chain = makeChainTape({ ...shape, strikes, length: totals.length });
  totals.forEach((total, s) => {
    chain.eventTime[s] = s * gapMs;
    chain.call.volume.fill(total, s * 13, (s + 1) * 13);
  });
  return chain;
}

/** Volumes after each snapshot, with the index where the test says. */
function volumes(chain: ChainTape, spots: readonly number[]): number[] {
  const band = new OptionBandVolume(chain);
  return spots.map((spot, s) => {
    band.snapshot(s, spot);
    return band.take();
  });
}

describe('volume of the option band', () => {
  it('is the growth of the cumulative count of 11 strikes, unknown at the first snapshot', () => {
    expect(volumes(chainOf([100, 150, 150]), [25_000, 25_000, 25_000])).toEqual([Number.NaN, 11 * 50, 0]);
  });

  it('keeps its band when the index moves', () => {
    const chain = chainOf([0, 0]);
    chain.call.volume[13 + 12] = 1000;
    // strike 25,600 is outside 25,000 ± 5 strikes for ever
    expect(volumes(chain, [25_000, 25_600])).toEqual([Number.NaN, 0]);
  });

  it('leaves out a contract whose count fell or is unknown', () => {
    const chain = chainOf([100, 150]);
    chain.call.volume[13 + 6] = 90;
    chain.call.volume[13 + 7] = Number.NaN;
    expect(volumes(chain, [25_000, 25_000])).toEqual([Number.NaN, 9 * 50]);
    expect(volumes(chainOf([100, 50]), [25_000, 25_000])).toEqual([Number.NaN, Number.NaN]);
  });

  it('is unknown over a gap: twenty minutes of trade are not one minute’s', () => {
    expect(volumes(chainOf([100, 150], 1_200_000), [25_000, 25_000])).toEqual([Number.NaN, Number.NaN]);
  });

  it('is told once: a minute without a new snapshot knows nothing', () => {
    const band = new OptionBandVolume(chainOf([100, 150]));
    const told = [0, 1].map((s) => {
      band.snapshot(s, 25_000);
      return band.take();
    });
    expect([...told, band.take()]).toEqual([Number.NaN, 550, Number.NaN]);
  });

  it('loses nothing when two snapshots come within one minute', () => {
    const band = new OptionBandVolume(chainOf([100, 150, 170], 40_000));
    band.snapshot(0, 25_000);
    band.take();
    band.snapshot(1, 25_000);
    band.snapshot(2, 25_000);
    expect(band.take()).toBe(11 * 70);
  });

  it('is unknown while no index level is', () => {
    expect(volumes(chainOf([100, 150]), [Number.NaN, Number.NaN])).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('the source of volume', () => {
  const { from } = paperRequest();

  it('is the future where one was recorded, aligned by time and unknown where its minute is missing', () => {
    const tape = paperDay('NIFTY', from, { hasFuture: true, hasChain: true, minutes: 4 });
    const { future, index } = tape;
    if (!future) throw new Error('expected a future, found none');
    future.time.copyWithin(1, 2);
    future.volume.copyWithin(1, 2);
    const volume = new MinuteVolume({ ...tape, future: { ...future, length: 3 } });
    expect(volume.source).toBe('future');
    expect(Array.from(index.time, (t) => volume.at(t))).toEqual([1000, Number.NaN, 1002, 1003]);
    expect(volume.known).toBe(3);
  });

  it('is the option band of the nearest expiry, else none', () => {
    expect(new MinuteVolume(paperDay('NIFTY', from, { hasChain: true, minutes: 2 })).source).toBe('option-band');
    const none = new MinuteVolume(paperDay('NIFTY', from, { minutes: 2 }));
    expect([none.source, none.at(0)]).toEqual(['none', Number.NaN]);
  });
});
