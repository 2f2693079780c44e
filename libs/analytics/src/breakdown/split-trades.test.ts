import { addDays, istInstant, paise, parseIstDate, type EpochMs, type IstDate } from '@sos/domain';
import { dayBootstrap } from '../resampling/day-bootstrap.js';
import type { SplitTrade } from './split-dimension.js';
import { splitTrades, type SplitOptions } from './split-trades.js';

const MONDAY = parseIstDate('2026-01-12');
const TUESDAY = parseIstDate('2026-01-13');
const WEDNESDAY = parseIstDate('2026-01-14');
const OPTIONS: SplitOptions = { sessions: [MONDAY, TUESDAY, WEDNESDAY], seed: 7, draws: 500 };

let seq = 0;
function trade(date: IstDate, clock: string, net: number, extra: Partial<SplitTrade> = {}): SplitTrade {
  const entryTime = istInstant(date, clock);
  return {
    seq: seq++,
    gate: 'A',
    regime: 'BULLISH',
    entryTime,
    exitTime: (entryTime + 60_000) as EpochMs,
    exitReason: net > 0 ? 'target' : 'stop',
    net: paise(net),
    expiry: TUESDAY,
    ...extra,
  };
}

const TRADES = [
  trade(MONDAY, '09:29:59', 1000),
  trade(MONDAY, '09:30', -400, { regime: 'COMPLETE_BULLISH' }),
  trade(TUESDAY, '15:14', 300, { gate: 'B', expiry: null }),
  trade(TUESDAY, '09:20', -100, { exitReason: 'square-off', expiry: parseIstDate('2026-01-27') }),
];
const shown = (...dimensions: Parameters<typeof splitTrades>[1]): unknown[] =>
  splitTrades(TRADES, dimensions, OPTIONS).map((c) => [...c.labels, c.trades, c.wins, c.netPaise]);

describe('splits of a run', () => {
  test.each<[Parameters<typeof splitTrades>[1][number], unknown[]]>([
    [
      'gate',
      [
        ['A', 3, 1, 500],
        ['B', 1, 1, 300],
      ],
    ],
    [
      'regime',
      [
        ['COMPLETE_BULLISH', 1, 0, -400],
        ['BULLISH', 3, 2, 1200],
      ],
    ],
    [
      'weekday',
      [
        ['Monday', 2, 1, 600],
        ['Tuesday', 2, 1, 200],
      ],
    ],
    [
      'slot',
      [
        ['09:15', 2, 1, 900],
        ['09:30', 1, 0, -400],
        ['15:00', 1, 1, 300],
      ],
    ],
    [
      'daysToExpiry',
      [
        ['1', 2, 1, 600],
        ['14', 1, 0, -100],
        ['unknown', 1, 1, 300],
      ],
    ],
    [
      'exitReason',
      [
        ['stop', 1, 0, -400],
        ['target', 2, 2, 1300],
        ['square-off', 1, 0, -100],
      ],
    ],
  ])('by %s, in natural order', (dimension, cells) => {
    expect(shown(dimension)).toEqual(cells);
  });

  test('by two dimensions: only combinations that traded, the first dimension leads', () => {
    expect(shown('weekday', 'gate')).toEqual([
      ['Monday', 'A', 2, 1, 600],
      ['Tuesday', 'A', 1, 0, -100],
      ['Tuesday', 'B', 1, 1, 300],
    ]);
    expect(shown('gate', 'weekday').map((c) => (c as unknown[]).slice(0, 2))).toEqual([
      ['A', 'Monday'],
      ['A', 'Tuesday'],
      ['B', 'Tuesday'],
    ]);
  });

  test('a cell carries its rates with their intervals', () => {
    const [a] = splitTrades(TRADES, ['gate'], OPTIONS);
    expect(a?.winRate).toEqual({ value: 1 / 3, reason: null });
    // Wilson 95 % of 1 in 3: centre (p + z²/2n)/(1 + z²/n), z = 1.959963984540054
    expect(a?.winRateInterval?.low).toBeCloseTo(0.061491944720396, 12);
    expect(a?.winRateInterval?.high).toBeCloseTo(0.792340399197952, 12);
    expect(a?.expectancyPaise).toEqual({ value: 500 / 3, reason: null });
    expect(a?.tradedSessions).toBe(2);
  });

  test('the interval of the expectancy resamples all sessions, also those without a trade', () => {
    const [a] = splitTrades(TRADES, ['gate'], { ...OPTIONS, confidence: 0.9, meanBlockDays: 2 });
    const days = [[1000, -400], [-100], []];
    const mean = (sample: readonly number[][]): number => {
      const all = sample.flat();
      return all.reduce((x, y) => x + y, 0) / all.length;
    };
    const own = dayBootstrap(days, mean, { seed: 7, draws: 500, confidence: 0.9, meanBlockDays: 2 });
    expect(own?.undefinedDraws).toBeGreaterThan(0);
    expect(a?.expectancyInterval).toEqual({ interval: own, reason: null });
  });

  test('draws 2,000 times at 95 % unless told otherwise', () => {
    const [a] = splitTrades(TRADES, ['gate'], { sessions: OPTIONS.sessions, seed: 1 });
    expect(a?.expectancyInterval.interval).toMatchObject({ draws: 2000, confidence: 0.95, seed: 1 });
  });

  test('a cell of one session has no interval, and says why', () => {
    const [, b] = splitTrades(TRADES, ['gate'], OPTIONS);
    expect(b?.expectancyInterval).toEqual({ interval: null, reason: 'needs trades on at least 2 sessions' });
  });

  test('no draw may hold a trade', () => {
    const sessions = Array.from({ length: 200 }, (_, i) => addDays(MONDAY, i));
    const [cell] = splitTrades([trade(MONDAY, '10:00', 1), trade(TUESDAY, '10:00', 1)], ['gate'], {
      sessions,
      seed: SEED_WITHOUT_TRADE,
      draws: 1,
    });
    expect(cell?.expectancyInterval).toEqual({ interval: null, reason: 'no draw held a trade' });
  });

  test('no trades, no cells', () => {
    expect(splitTrades([], ['gate'], OPTIONS)).toEqual([]);
  });

  test.each([
    ['no dimension', [], 'expected each dimension once, found none'],
    ['a repeated dimension', ['gate', 'gate'], 'expected each dimension once, found gate, gate'],
  ] as const)('refuses %s', (_, dimensions, message) => {
    expect(() => splitTrades(TRADES, dimensions, OPTIONS)).toThrow(message);
  });

  test('refuses a trade of a session that was not given', () => {
    expect(() => splitTrades(TRADES, ['gate'], { ...OPTIONS, sessions: [MONDAY] })).toThrow(
      'expected trades of the given sessions only, found one of 2026-01-13',
    );
  });
});

// Of 200 drawn days none is one of the two that traded: probability (198/200)^200 = 13 %.
const SEED_WITHOUT_TRADE = 4;
