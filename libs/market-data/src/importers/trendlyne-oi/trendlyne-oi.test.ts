import { gzipSync } from 'node:zlib';
import { formatIst, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { describeRecorded } from '../fixtures/shared-data.js';
import { sqliteBytes } from '../fixtures/sqlite-bytes.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import type { ImportSink } from '../import-sink.js';
import type { ImportSummary } from '../import-summary.js';
import { MemorySink } from '../memory-sink.js';
import { runImport } from '../run-import.js';
import { sessionWindows } from '../session-windows.js';
import { utcStamps } from './recorded-clock.js';

const DAY = parseIstDate('2026-01-12');
const clock = (time: number | undefined): string => formatIst((time ?? Number.NaN) as EpochMs).slice(11, 16);

async function importFolder(files: Record<string, string | Uint8Array>) {
  const temp = tempFolder('trendlyne', files);
  const sink = new MemorySink();
  try {
    return { sink, summary: await runImport({ kind: 'trendlyne-oi', path: temp.folder, sink }) };
  } finally {
    temp.remove();
  }
}

/** Strike, call and put open interest of the strikes of a snapshot. */
type Strikes = readonly (readonly [strike: number, call: number, put: number])[];

function detailsOf(snapshots: readonly (readonly [date: string, clock: string, Strikes])[]) {
  const details = snapshots.flatMap(([date, at, strikes]) =>
    strikes.map(([strike, call, put]) => `NIFTY,${date},${at},${strike}.0,${call},${put},1,1`),
  );
  const totals = snapshots.map(([date, at]) => `NIFTY,${date},${at},2026-01-13,1,1,1.0`);
  return {
    'option_chain_details.csv': ['symbol,date,timestamp,strike,call_oi,put_oi,call_oi_chg,put_oi_chg', ...details].join(
      '\n',
    ),
    'option_aggregates.csv': ['symbol,date,timestamp,expiry,call_oi,put_oi,pcr', ...totals].join('\n'),
  };
}

const A: Strikes = [
  [25600, 650, 1300],
  [25700, 1950, 65],
];
const B: Strikes = [
  [25600, 715, 1300],
  [25700, 1950, 65],
];

test('publications become a tape of open interest in units: repeats are stale, absent strikes unknown', async () => {
  const { sink, summary } = await importFolder(
    detailsOf([
      ['2026-01-12', '10:00', A],
      ['2026-01-12', '10:01', A],
      ['2026-01-12', '10:04', B],
      ['2026-01-12', '10:05', [...B, [25800, 130, 195]]],
      ['2026-01-12', '10:06', B],
    ]),
  );
  const [tape] = sink.tapes;
  expect([tape?.underlying, tape?.expiry, [...(tape?.strikes ?? [])]]).toEqual([
    'NIFTY',
    '2026-01-13',
    [25600, 25700, 25800],
  ]);
  // A minute is when the answer was fetched: it could be used from the minute's end.
  expect([...(tape?.availableAt ?? [])].map(clock)).toEqual(['10:01', '10:05', '10:06', '10:07']);
  const unknown = Number.NaN;
  expect([...(tape?.call.openInterest ?? [])]).toEqual([
    650,
    1950,
    unknown,
    715,
    1950,
    unknown,
    715,
    1950,
    130,
    715,
    1950,
    unknown,
  ]);
  expect([tape?.put.openInterest[8], tape?.call.ltp[0], tape?.call.volume[0]]).toEqual([195, unknown, unknown]);
  expect(summary.quarantined).toEqual({ 'stale-page': 2 });
  expect([summary.rowsRead, summary.written.chainRows, summary.repaired]).toEqual([11, 9, { 'event-time-unknown': 4 }]);
});

test('UTC in a column of Indian time, weekends, evenings and mornings are set aside with their reason', async () => {
  const { sink, summary } = await importFolder(
    detailsOf([
      ['2026-01-10', '18:13', A],
      ['2026-01-12', '04:39', A],
      ['2026-01-12', '04:45', B],
      ['2026-01-12', '13:28', A],
      ['2026-01-12', '18:02', B],
      ['2026-01-13', '09:11', A],
      ['2026-01-13', '09:16', A],
      ['2026-01-13', '09:20', B],
      ['2026-01-15', '10:00', A],
    ]),
  );
  expect(summary.quarantined).toEqual({ 'no-session': 4, 'clock-mix': 4, 'after-close': 2, 'before-session': 4 });
  expect(sink.tapes.map((tape) => [...tape.availableAt].map(clock))).toEqual([['13:29'], ['09:21']]);
  expect(sink.quarantined.find((q) => q.reason === 'clock-mix')?.sample).toBe(
    'NIFTY 2026-01-12 04:39 open interest of 2 strikes',
  );
});

describe('a run of stamps is UTC', () => {
  const windows = sessionWindows(DAY);
  const found = (...clocks: string[]): string[] =>
    [
      ...utcStamps(
        clocks.map((c) => istInstant(DAY, c)),
        windows,
      ),
    ].map(clock);

  test('where it is out of the session as written and within it five and a half hours later', () => {
    expect(found('04:39', '04:50', '06:42', '13:28', '13:29')).toEqual(['04:39', '04:50', '06:42']);
  });
  test('but not where it leads into the session', () => {
    expect(found('09:05', '09:11', '09:16')).toEqual([]);
  });
  test('nor where its true times would overlap a run that is right', () => {
    expect(found('08:00', '08:05', '13:20', '13:32')).toEqual([]);
  });
  test('nor where it lies outside either way', () => {
    expect(found('02:00', '18:02')).toEqual([]);
  });
});

const ANSWER = {
  head: { status: '0' },
  body: {
    // The server swaps the totals of the changes; nothing of them is read.
    overallData: {
      totalCallOi: 1,
      totalPutOi: 1,
      totalCallOiChange: 9,
      totalPutOiChange: 7,
      totalPCR: 9,
      spotPrice: 25048.65,
    },
    oiData: {
      '25100': { putOi: 130, putPrevOi: 65, callOi: 650, callPrevOi: 0 },
      '25050': { putOi: 4277260, putPrevOi: 2204605, callOi: 2297620, callPrevOi: 604240 },
    },
    inputData: {
      tradingDate: '2026-01-23',
      lastUpdatedDateTime: '2026-01-23T15:40:00+05:30',
      minTime: '09:15',
      maxTime: '15:30',
      expDateList: ['2026-01-27'],
    },
  },
};

test('a live-oi-data answer is a snapshot as of the end of the window that was served', async () => {
  const { sink } = await importFolder({ 'live_NIFTY.json': JSON.stringify(ANSWER, null, 1) });
  const [tape] = sink.tapes;
  expect([tape?.expiry, [...(tape?.strikes ?? [])], tape?.spot[0]]).toEqual(['2026-01-27', [25050, 25100], 25048.65]);
  expect([clock(tape?.eventTime[0]), clock(tape?.availableAt[0])]).toEqual(['15:30', '15:40']);
  expect([...(tape?.call.openInterest ?? []), ...(tape?.put.openInterest ?? [])]).toEqual([2297620, 650, 4277260, 130]);
});

test.each([
  ['a name that tells no index', 'live.json', ANSWER],
  [
    'several expiries added up',
    'NIFTY.json',
    {
      ...ANSWER,
      body: { ...ANSWER.body, inputData: { ...ANSWER.body.inputData, expDateList: ['2026-01-27', '2026-02-03'] } },
    },
  ],
  ['no strikes', 'NIFTY.json', { ...ANSWER, body: { ...ANSWER.body, oiData: null } }],
])('an answer with %s is a corrupt file', async (_, name, answer) => {
  const { summary } = await importFolder({ [name]: JSON.stringify(answer) });
  expect(summary.failures.map((f) => f.code)).toEqual(['SOS_DATA_CORRUPT']);
});

const TABLES = `
  create table option_chain_details (symbol text, date text, timestamp text, strike real, call_oi integer, put_oi integer);
  create table option_aggregates (symbol text, date text, timestamp text, expiry text);
  create table upstox_pcr_history (symbol text, date text, time text, pcr real, spot real);
  insert into option_chain_details values ('NIFTY', '2026-01-12', '10:00', 25700, 650, null);
  insert into option_chain_details values ('NIFTY', '2026-01-12', '10:10', 25700, 715, 65);
  insert into option_chain_details values ('NIFTYX', '2026-01-12', '10:00', 25700, 650, 65);
  insert into option_aggregates values ('NIFTY', '2026-01-12', '10:00', '2026-01-13');
  insert into upstox_pcr_history values ('NIFTY', '2026-01-12', '09:15', 0.5167, 25613.2);
  insert into upstox_pcr_history values ('NIFTY', '2026-01-12', '09:18', 0, 25594.15);`;

test('a database holds the same tables; a snapshot without its expiry is not guessed; ratios are points, not bars', async () => {
  const bytes = await sqliteBytes(TABLES);
  // As a recorder in write-ahead mode leaves it.
  bytes.set([2, 2], 18);
  const { sink, summary } = await importFolder({ 'a.db': bytes, 'other.db': 'no database' });
  const [tape] = sink.tapes;
  expect([tape?.length, tape?.call.openInterest[0], tape?.put.openInterest[0]]).toEqual([1, 650, Number.NaN]);
  expect(summary.quarantined).toEqual({ 'unknown-contract': 2, 'bad-number': 1 });
  expect(sink.stats.map((s) => [s.underlying, clock(s.time[0]), s.pcr[0], s.spot[0], s.length])).toEqual([
    ['NIFTY', '09:15', 0.5167, 25613.2, 1],
  ]);
  expect([summary.written.statRows, summary.written.bars, sink.candles.length]).toEqual([1, 0, 0]);
});

test('a sink without a place for statistics has them in quarantine, and a damaged database is named', async () => {
  const temp = tempFolder('trendlyne', {
    'upstox_pcr_history.csv': 'symbol,date,time,pcr,spot\nNIFTY,2026-01-12,09:15,0.5167,25613.2\nNIFTY,2026-01-12\n',
    'cut.db': (await sqliteBytes(TABLES)).subarray(0, 5000),
  });
  const memory = new MemorySink();
  const sink: ImportSink = {
    isImported: (unit) => memory.isImported(unit),
    importUnit: (unit, work) => memory.importUnit(unit, (to) => work({ ...to, marketStats: undefined })),
  };
  const summary = await runImport({ kind: 'trendlyne-oi', path: temp.folder, sink });
  temp.remove();
  expect(summary.quarantined).toEqual({ 'no-place': 1, 'column-count': 1 });
  expect(summary.failures.map((f) => f.message.slice(0, 46))).toEqual([
    'cut.db: expected a readable SQLite database, f',
  ]);
});

describeRecorded('trendlyne-2026-01', (path) => {
  const sink = new MemorySink();
  let summary: ImportSummary | undefined;
  beforeAll(async () => {
    summary = await runImport({ kind: 'trendlyne-oi', path, sink });
  }, 60_000);

  test('every row of the database and of its CSV is on a tape or set aside: mixed clocks, a Saturday, evenings, repeats', () => {
    expect(summary?.rowsRead).toBe(2 * 27_629 + 2 * 250 + 51);
    expect(summary?.quarantined).toEqual({
      'after-close': 1104,
      'no-session': 2 * (2 * 84 + 2 * 138),
      'clock-mix': 9342,
      'before-session': 2220,
      'stale-page': 3300,
    });
    expect(summary?.written).toMatchObject({ chainRows: 38_455, statRows: 500, bars: 0, derivedBars: 0 });
    expect(38_455 + 500 + 1104 + 888 + 9342 + 2220 + 3300).toBe(summary?.rowsRead);
  });

  test('the snapshots of 04:39 to 06:42 are the ones of the mixed clock', () => {
    const mixed = sink.quarantined.filter((q) => q.reason === 'clock-mix' && q.file.endsWith('.db'));
    const clocks = mixed.map((q) => /\d\d:\d\d/.exec(q.sample)?.[0] ?? '').sort();
    expect([clocks[0], clocks.at(-1), mixed.length]).toEqual(['04:39', '06:42', 85]);
    expect(new Set(mixed.map((q) => q.sample.slice(0, -29).split(' ')[1]))).toEqual(new Set(['2026-01-12']));
  });

  test('51 and 84 strikes share one tape; strikes that a publication lacks are unknown, never 0', () => {
    const tape = sink.tapes.find((t) => t.underlying === 'NIFTY' && t.expiry === '2026-01-13');
    expect([tape?.length, tape?.strikes.length, clock(tape?.availableAt[0])]).toEqual([68, 84, '13:29']);
    const known = (i: number): number =>
      [...(tape?.call.openInterest ?? [])].slice(i * 84, (i + 1) * 84).filter((v) => !Number.isNaN(v)).length;
    const sizes = Array.from({ length: 68 }, (_, i) => known(i));
    expect([...new Set(sizes)].sort()).toEqual([51, 84]);
  });

  test('the answer of 2026-01-23: the strikes add up, the swapped totals are not used', () => {
    const tape = sink.tapes.find((t) => t.expiry === '2026-01-27' && t.underlying === 'NIFTY');
    const total = (values: Float64Array | undefined): number => [...(values ?? [])].reduce((sum, v) => sum + v, 0);
    expect([tape?.length, tape?.strikes.length, tape?.spot[0]]).toEqual([1, 51, 25048.65]);
    expect([total(tape?.call.openInterest), total(tape?.put.openInterest)]).toEqual([199_082_845, 127_821_720]);
  });
});

test('a gzipped CSV reads like a plain one', async () => {
  const files = detailsOf([['2026-01-12', '10:00', A]]);
  const plain = await importFolder(files);
  const { 'option_chain_details.csv': details, ...rest } = files;
  const packed = await importFolder({ ...rest, 'option_chain_details.csv.gz': gzipSync(details) });
  expect(packed.sink.tapes).toEqual(plain.sink.tapes);
  expect(plain.sink.tapes.length).toBe(1);
});
