import { formatIst, type EpochMs } from '@sos/domain';
import { describeRecorded, someOf } from './fixtures/shared-data.js';
import type { ImportSummary } from './import-summary.js';
import { MemorySink } from './memory-sink.js';
import { runImport } from './run-import.js';

/** Imports a recorded set, or some of its files, once for all its tests. */
function imported(kind: string, folder: string, isWanted: (name: string) => boolean = () => true) {
  const sink = new MemorySink();
  let summary: ImportSummary | undefined;
  beforeAll(async () => {
    const some = someOf(folder, isWanted);
    const options = { master: `${folder}/../upstox-masters/upstox_NSE_2025-12-23.json.gz` };
    summary = await runImport({ kind, path: some.folder, sink, options });
    some.remove();
  }, 120_000);
  return {
    sink,
    get summary(): ImportSummary {
      if (!summary) throw new Error('expected the import to have run');
      return summary;
    },
  };
}

const clock = (time: number): string => formatIst(time as EpochMs);

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

describeRecorded('upstox-ticks-2025-12-15', (path) => {
  const set = imported('upstox-ticks', path, (name) => /51507|51510/.test(name));
  const snapshots = imported('mongo-snapshots', path, (name) => /51507|51510/.test(name));

  test('the pair at 59,900: repeats of the last trade, silences and minutes mended by the vendor’s candles are counted', () => {
    expect(set.summary.rowsRead).toBe(42_325);
    expect(set.summary.quarantined).toEqual({});
    expect(set.summary.repaired).toEqual({
      'book-only': 33_746,
      'partial-minute': 2,
      'feed-gap': 5,
      'outside-session': 43,
      'vendor-candle': 32,
    });
    expect(set.sink.series.map((s) => [s.contract.id, s.length, sum(s.volume)])).toEqual([
      ['BANKNIFTY30DEC2559900CE', 358, 837_585],
      ['BANKNIFTY30DEC2559900PE', 358, 237_615],
    ]);
    expect(set.sink.candles.map((c) => [c.contract.id, c.source, c.bars.length])).toEqual([
      ['BANKNIFTY', 'derived', 355],
    ]);
  });

  test('the same messages as a collection of documents are the same bars, chain and underlying', () => {
    expect(snapshots.sink.series).toEqual(set.sink.series);
    expect(snapshots.sink.tapes).toEqual(set.sink.tapes);
    expect(snapshots.sink.candles).toEqual(set.sink.candles);
    expect(snapshots.summary.repaired).toEqual(set.summary.repaired);
  });
});

describeRecorded('messy', (path) => {
  const set = imported('mongo-snapshots', path, (name) => name.startsWith('upstox_v3'));

  test('a trimmed message: shares are not ours, the two options have a quote and a price but no dated trade', () => {
    expect(set.summary.rowsRead).toBe(1);
    expect(set.summary.quarantined).toEqual({ 'unknown-contract': 9 });
    expect(set.summary.repaired).toEqual({ 'trade-undated': 2, 'partial-minute': 2 });
    const [tape] = set.sink.tapes;
    expect([tape?.underlying, tape?.expiry, [...(tape?.strikes ?? [])]]).toEqual(['NIFTY', '2025-12-30', [26_150]]);
    expect([tape?.call.ltp[0], tape?.call.bid[0], tape?.call.ask[0], tape?.call.volume[0]]).toEqual([
      32.3, 32.2, 32.3, 153_141_000,
    ]);
    expect([tape?.put.ltp[0], tape?.put.bid[0], tape?.put.ask[0], tape?.put.volume[0]]).toEqual([
      123.3, 123, 123.2, 128_761_125,
    ]);
    expect([tape?.call.openInterest[0], set.sink.series[0]?.close[0]]).toEqual([Number.NaN, Number.NaN]);
    expect(clock(tape?.availableAt[0] ?? 0)).toBe('2025-12-26 12:54:00');
  });
});

describeRecorded('upstox-ticks-2025-12-15', (path) => {
  const set = imported('upstox-ticks', path);

  test('226,723 messages: repeats of the last trade, falls of the count and silences are counted', () => {
    expect(set.summary.rowsRead).toBe(226_723);
    expect(set.summary.quarantined).toEqual({});
    expect(set.summary.repaired).toEqual({
      // 62.6 % of messages repeat `ltt` with the same count.
      'book-only': 141_980,
      'volume-fell': 2 + 0 + 1 + 1 + 2 + 1 + 0 + 0 + 5,
      'partial-minute': 9,
      'feed-gap': 29,
      'outside-session': 225,
      'vendor-candle': 90,
    });
    expect(set.summary.gaps.map((g) => [clock(g.from).slice(11), clock(g.to).slice(11)])).toEqual([
      ['09:15:00', '09:32:49'],
      ['10:56:07', '10:56:45'],
      ['10:57:56', '10:59:59'],
      ['11:02:56', '11:04:25'],
      ['15:26:23', '15:27:36'],
    ]);
  });

  test('nine contracts of BANKNIFTY in one-minute bars with open interest and spread', () => {
    expect(set.sink.series.map((s) => s.contract.id)).toEqual([
      'BANKNIFTY30DEC2559000CE',
      'BANKNIFTY30DEC2559200CE',
      'BANKNIFTY30DEC2559400CE',
      'BANKNIFTY30DEC2559400PE',
      'BANKNIFTY30DEC2559600PE',
      'BANKNIFTY30DEC2559800PE',
      'BANKNIFTY30DEC2559900CE',
      'BANKNIFTY30DEC2559900PE',
      'BANKNIFTY30DEC2560000CE',
    ]);
    const [first] = set.sink.series;
    const row = first ? [...first.time].findIndex((t) => clock(t) === '2025-12-15 09:34:00') : -1;
    expect([first?.open[row], first?.high[row], first?.low[row], first?.close[row]]).toEqual([
      765, 772.2, 759.15, 760.1,
    ]);
    expect([first?.volume[row], first?.bid[row], first?.ask[row]]).toEqual([8925, 757.85, 759.75]);
    const faults = set.sink.series.flatMap((series) =>
      [...series.time].filter((_, i) => {
        const volume = series.volume[i] ?? Number.NaN;
        const isWhole = Number.isNaN(volume) || (volume >= 0 && volume % 35 === 0);
        const isQuoted = !((series.ask[i] ?? 0) <= (series.bid[i] ?? 0));
        const interest = series.openInterest[i] ?? Number.NaN;
        return !isWhole || !isQuoted || !(Number.isNaN(interest) || interest % 35 === 0);
      }),
    );
    expect(faults).toEqual([]);
    expect(set.sink.series.map((s) => s.length)).toEqual([359, 358, 358, 358, 358, 359, 358, 358, 358]);
    // What was traded after the first message, less what was traded in minutes not seen whole of which no candle came either.
    expect(set.sink.series.map((s) => sum(s.volume))).toEqual([
      1_806_280, 1_857_800, 2_409_540, 2_407_755, 1_240_925, 525_770, 837_585, 237_615, 3_521_350,
    ]);
  });

  test('the chain of nine contracts and the derived underlying have the same minutes but one', () => {
    const [tape] = set.sink.tapes;
    const [index] = set.sink.candles;
    expect([tape?.expiry, tape?.length, index?.source, index?.bars.length]).toEqual([
      '2025-12-30',
      356,
      'derived',
      355,
    ]);
    // In the last second of a silence only one contract spoke: no pair, no forward.
    const known = new Set(index?.bars.time);
    const without = [...(tape?.availableAt ?? [])].filter((time) => !known.has(time));
    expect(without.map(clock)).toEqual(['2025-12-15 11:00:00']);
    expect(Math.min(...(index?.bars.low ?? []))).toBeGreaterThan(59_000);
    expect(Math.max(...(index?.bars.high ?? []))).toBeLessThan(60_000);
  });
});
