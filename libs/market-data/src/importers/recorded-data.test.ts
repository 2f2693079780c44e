import { formatIst, istDateOf, type BarColumns, type EpochMs } from '@sos/domain';
import { describeRecorded, someOf } from './fixtures/shared-data.js';
import type { ImportSummary } from './import-summary.js';
import { MemorySink } from './memory-sink.js';
import { runImport } from './run-import.js';

/** Imports a recorded set, or some of its files, once for all its tests. */
function imported(kind: string, path: string, isWanted: (name: string) => boolean = () => true) {
  const sink = new MemorySink();
  let summary: ImportSummary | undefined;
  beforeAll(async () => {
    const some = someOf(path, isWanted);
    summary = await runImport({ kind, path: some.folder, sink });
    some.remove();
  }, 60_000);
  return {
    sink,
    get summary(): ImportSummary {
      if (!summary) throw new Error('expected the import to have run');
      return summary;
    },
  };
}

const clock = (time: number): string => formatIst(time as EpochMs);

function barsPerDay(bars: BarColumns): Map<string, number> {
  const days = new Map<string, number>();
  for (const time of bars.time) {
    const date = istDateOf(time as EpochMs);
    days.set(date, (days.get(date) ?? 0) + 1);
  }
  return days;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

describeRecorded('index-1m-2021-2023', (path) => {
  const set = imported('index-bars', path, (name) => /^(2021 (FEB|NOV)|2022 OCT|2023 JAN) NIFTY/.test(name));

  test('four months with the outage, two Muhurat evenings and the cut row', () => {
    expect(set.summary.rowsRead).toBe(29_225);
    expect(set.summary.written.bars).toBe(28_989);
    expect(set.summary.quarantined).toEqual({
      'before-session': 80,
      'after-close': 154,
      'between-sessions': 1,
      'truncated-row': 1,
    });
    expect(set.summary.repaired).toEqual({});
    const days = new Map(set.sink.candles.flatMap((c) => [...barsPerDay(c.bars)]));
    const short = [...days].filter(([, bars]) => bars !== 375).sort();
    expect(short).toEqual([
      ['2021-02-24', 128],
      ['2021-11-01', 371],
      ['2021-11-04', 60],
      ['2022-10-24', 60],
      ['2023-01-31', 245],
    ]);
  });
});

describeRecorded('chain-1m-2025-08-29', (path) => {
  const set = imported('nse-chain', path, (name) => /^NIFTY_20250829_(11|12)/.test(name));

  test('109 pages of two hours: six repeats of the page time, four of them identical', () => {
    expect(set.summary.rowsRead).toBe(83_276);
    expect(set.summary.quarantined).toEqual({ 'stale-page': 3056, 'repeated-page-time': 1528 });
    expect(set.sink.quarantined.map((q) => q.reason).sort()).toEqual([
      ...Array.from({ length: 2 }, () => 'repeated-page-time'),
      ...Array.from({ length: 4 }, () => 'stale-page'),
    ]);
    expect(set.summary.repaired).toEqual({ 'never-traded': 74_862, 'volume-fell': 5, 'fraction-of-lot': 5822 });
    const [near] = set.sink.tapes;
    expect([set.sink.tapes.length, near?.expiry, near?.length, near?.strikes.length]).toEqual([
      18,
      '2025-09-02',
      103,
      86,
    ]);
  });
});

describeRecorded('chain-20m-2025-10', (path) => {
  const set = imported('nse-chain', path, (name) => /_2025-10-(21|22|23)_/.test(name));

  test('the Muhurat day, the holiday after it and an ordinary day', () => {
    expect(set.summary.rowsRead).toBe(26_530);
    expect(set.summary.quarantined).toEqual({ 'before-session': 4860, 'stale-page': 805, 'no-session': 9660 });
    expect(set.summary.written).toMatchObject({ chainRows: 11_205, derivedBars: 12 });
  });
});

describeRecorded('index-1m-2021-2023', (path) => {
  const set = imported('index-bars', path);

  test('388,685 lines: every one is a bar or set aside with its reason', () => {
    expect(set.summary.units).toEqual({ total: 50, imported: 50, skipped: 0, failed: 0 });
    expect(set.summary.rowsRead).toBe(388_685);
    expect(set.summary.written.bars).toBe(385_634);
    // 517 sessions of two indices: one pre-open print each; one or two close prints each; the 15:38 print of the outage day; one cut row.
    expect(set.summary.quarantined).toEqual({
      'before-session': 1034,
      'after-close': 2014,
      'between-sessions': 2,
      'truncated-row': 1,
    });
    expect(set.summary.repaired).toEqual({});
    expect(set.summary.ignored).toEqual([]);
  });

  test('short days are real: the outage, two Muhurat evenings, partial days, the cut end', () => {
    const days = (id: string): Map<string, number> =>
      new Map(set.sink.candles.filter((c) => c.contract.id === id).flatMap((c) => [...barsPerDay(c.bars)]));
    const nifty = days('NIFTY');
    expect(nifty.size).toBe(517);
    expect([...nifty].filter(([, bars]) => bars !== 375).sort()).toEqual([
      ['2021-02-24', 128],
      ['2021-07-23', 334],
      ['2021-11-01', 371],
      ['2021-11-04', 60],
      ['2022-01-21', 362],
      ['2022-03-07', 335],
      ['2022-10-24', 60],
      ['2023-01-31', 245],
    ]);
    expect(days('BANKNIFTY').get('2021-02-24')).toBe(129);
    expect(days('BANKNIFTY').get('2023-01-31')).toBe(375);
    expect(set.summary.gaps.length).toBe(27);
  });

  test('the cut row is named with its file and line', () => {
    expect(set.sink.quarantined.filter((q) => q.reason === 'truncated-row')).toEqual([
      expect.objectContaining({
        file: '2023 JAN NIFTY.txt',
        line: 7806,
        sample: 'NIFTY,20230131,13:21,17669.60,17674.90,17665.60,17665.6',
      }),
    ]);
  });
});

describeRecorded('index-1m-2026-08', (path) => {
  const set = imported('index-bars', path);

  test('bar starts become closes, 32-bit noise is mended, three lengths of bars are kept apart', () => {
    expect(set.summary.rowsRead).toBe(12_480);
    expect(set.summary.written.bars).toBe(12_480);
    expect(set.summary.quarantined).toEqual({});
    expect(set.summary.repaired).toEqual({ 'float-noise': 12_398 });
    expect(set.sink.candles.map((c) => [c.minutes, c.bars.length])).toEqual([
      [1440, 109],
      [1, 7121],
      [5, 5250],
    ]);
    const minutes = set.sink.candles[1]?.bars;
    expect(clock(minutes?.time[0] ?? 0)).toBe('2026-07-28 09:16:00');
    expect(minutes?.close[0]).toBe(24002.1);
    // 371 bars on 2026-07-28: four minutes are missing.
    expect(set.summary.gaps.map((g) => [clock(g.from), clock(g.to)])).toEqual([
      ['2026-07-28 12:05:00', '2026-07-28 12:09:00'],
    ]);
  });
});

describeRecorded('index-5m-2025', (path) => {
  const set = imported('index-bars', path);

  test('spot and January future in five-minute bars, nothing missing but the holiday', () => {
    expect(set.summary.rowsRead).toBe(22_587);
    expect(set.summary.written.bars).toBe(22_587);
    expect(set.summary.gaps).toEqual([]);
    expect(set.sink.candles.map((c) => [c.contract.id, c.minutes, c.bars.length])).toEqual([
      ['NIFTY27JAN26FUT', 5, 4125],
      ['NIFTY', 5, 18_462],
    ]);
    expect(set.sink.candles[0]?.bars.openInterest[4124]).toBe(16_866_785);
    const spot = set.sink.candles[1]?.bars;
    const days = spot ? barsPerDay(spot) : new Map<string, number>();
    expect([days.get('2025-10-21'), days.has('2026-01-15')]).toEqual([12, false]);
  });
});

describeRecorded('chain-1m-2025-08-29', (path) => {
  const set = imported('nse-chain', path);

  test('611 pages of two underlyings: 33 repeats of the page time are set aside, two holes are found', () => {
    expect(set.summary.units.imported).toBe(2);
    // 233,762 rows of NIFTY and 130,271 of BANKNIFTY; 14 and 19 pages repeat the page time, 15 of the 33 with other values.
    expect(set.summary.rowsRead).toBe(233_762 + 130_271);
    expect(set.summary.quarantined).toEqual({ 'stale-page': 13_274, 'repeated-page-time': 5532 });
    expect(set.summary.written.chainRows).toBe(364_033 - 13_274 - 5532);
    const pages = (reason: string): number => set.sink.quarantined.filter((q) => q.reason === reason).length;
    expect(pages('stale-page') + pages('repeated-page-time')).toBe(14 + 19);
    expect(set.summary.gaps.map((g) => [g.series, clock(g.from).slice(11), clock(g.to).slice(11)])).toEqual([
      ['BANKNIFTY chain', '09:15:00', '09:22:45'],
      ['BANKNIFTY chain', '10:14:47', '10:34:17'],
      ['NIFTY chain', '09:15:00', '09:22:45'],
      ['NIFTY chain', '10:15:47', '10:34:17'],
    ]);
  });

  test('faults are mended or unknown, and counted', () => {
    expect(set.summary.repaired).toEqual({
      'available-before-event': 1,
      'never-traded': 374_802,
      'fraction-of-lot': 20_631,
      'volume-fell': 15,
      'interest-vanished': 38,
    });
    const [near] = set.sink.tapes.filter((t) => t.underlying === 'NIFTY');
    expect([near?.expiry, near?.length, near?.strikes.length]).toEqual(['2025-09-02', 292, 86]);
    expect(set.sink.tapes.filter((t) => t.underlying === 'NIFTY').length).toBe(18);
    const disorder = set.sink.tapes.flatMap((tape) =>
      [...tape.availableAt].filter(
        (at, i) => at < (tape.eventTime[i] ?? Number.NaN) || (i > 0 && at <= (tape.availableAt[i - 1] ?? Number.NaN)),
      ),
    );
    expect(disorder).toEqual([]);
  });

  test('values in units: 24700 CE on the first page', () => {
    const [near] = set.sink.tapes.filter((t) => t.underlying === 'NIFTY');
    const at = near?.strikes.indexOf(24_700) ?? -1;
    // OI 100,172 and volume 200,938 lots of 75, LTP 54.8, 54.65 x 2325, 54.8 x 1500 on the page of 09:22:45.
    expect([near?.call.openInterest[at], near?.call.volume[at], near?.call.ltp[at]]).toEqual([
      7_512_900, 15_070_350, 54.8,
    ]);
    expect([near?.call.bid[at], near?.call.bidQty[at], near?.call.ask[at], near?.call.askQty[at]]).toEqual([
      54.65, 2325, 54.8, 1500,
    ]);
  });

  test('the parity forward follows the recorded five-minute spot, late by the lag of the page', async () => {
    const spot = new MemorySink();
    await runImport({ kind: 'index-bars', path: `${path}/../index-5m-2025/nifty_spot_5min.csv`, sink: spot });
    const derived = set.sink.candles.find((c) => c.contract.id === 'NIFTY');
    expect([derived?.source, derived?.bars.length]).toEqual(['derived', 292]);
    const known = new Map<number, number>();
    derived?.bars.time.forEach((time, i) => known.set(time, derived.bars.close[i] ?? Number.NaN));
    const basis: number[] = [];
    const bars = spot.candles[0]?.bars;
    bars?.time.forEach((time, i) => {
      const forward = known.get(time + 120_000);
      if (forward !== undefined) basis.push(forward - (bars.close[i] ?? Number.NaN));
    });
    const mean = sum(basis) / basis.length;
    const deviation = Math.sqrt(sum(basis.map((b) => (b - mean) ** 2)) / basis.length);
    // Four days of carry on 24,450 points, and what an index moves in the seconds between page and bar.
    expect(basis.length).toBe(54);
    expect(mean).toBeGreaterThan(25);
    expect(mean).toBeLessThan(36);
    expect(deviation).toBeLessThan(8);
  });
});

describeRecorded('chain-20m-2025-10', (path) => {
  const set = imported('nse-chain', path);

  test('312 pages: holidays, mornings, empty and stale pages are set aside', () => {
    expect(set.summary.rowsRead).toBe(247_565);
    expect(set.summary.quarantined).toEqual({
      'empty-page': 5 * 775,
      'before-session': 7168,
      'stale-page': 5511,
      'no-session': 20_229,
    });
    expect(set.summary.written.chainRows).toBe(210_782);
    const pages = (reason: string): number => set.sink.quarantined.filter((q) => q.reason === reason).length;
    // 12 pages of 2025-10-22 and 13 of 11-05; 3 mornings before 09:18 and 6 before the Muhurat session.
    expect([pages('no-session'), pages('before-session'), pages('empty-page'), pages('stale-page')]).toEqual([
      25, 9, 5, 7,
    ]);
    expect(set.summary.repaired['event-time-unknown']).toBe(312 - 25 - 9 - 5 - 7);
    expect(set.summary.repaired['side-missing']).toBe(47_435);
  });

  test('the Muhurat day has its one page inside the session and one after it', () => {
    const tapes = set.sink.tapes.filter((t) => istDateOf((t.eventTime[0] ?? 0) as EpochMs) === '2025-10-21');
    expect([...(tapes[0]?.availableAt ?? [])].map(clock)).toEqual(['2025-10-21 14:26:59', '2025-10-21 15:13:06']);
    expect([...(tapes[0]?.eventTime ?? [])].map(clock)).toEqual(['2025-10-21 14:26:59', '2025-10-21 14:45:00']);
    expect([...(tapes[0]?.spot ?? [])]).toEqual([25_885.35, 25_826.25]);
  });
});

describeRecorded('chain-1m-2026-08-19', (path) => {
  const set = imported('nse-chain', path);

  test('51,170 quotes in 112 minutes, with the printed spot and the session to 15:40', () => {
    expect(set.summary.rowsRead).toBe(46_502 + 4198 + 470);
    expect(set.summary.written).toMatchObject({ chainRows: 51_170, derivedBars: 112 });
    expect(set.summary.quarantined).toEqual({});
    expect(clock(set.summary.gaps[1]?.to ?? 0)).toBe('2026-08-19 15:40:00');
  });
});
