import { makeBarColumns, makeChainTape, MS_PER_MINUTE, parseIstDate, istInstant, type BarColumns } from '@sos/domain';
import { openStore } from '@sos/store';
import { indexContract, optionContract } from '@sos/symbol-master';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';
import { shareOf, type DayCoverage } from './stored-coverage.js';

jest.setTimeout(120_000);

const DAY = parseIstDate('2026-01-12');
const EXPIRY = parseIstDate('2026-01-13');
const OPEN = istInstant(DAY, '09:15');

/** Bars of a flat price in every minute of a session but those left out. */
function bars(price: number, without: (minute: number) => boolean = () => false): BarColumns {
  const minutes = Array.from({ length: 375 }, (_, i) => i).filter((i) => !without(i));
  const made = makeBarColumns(minutes.length);
  minutes.forEach((minute, i) => {
    made.time[i] = OPEN + (minute + 1) * MS_PER_MINUTE;
    for (const name of ['open', 'high', 'low', 'close'] as const) made[name][i] = price;
    made.volume[i] = 65;
  });
  return made;
}

describe('sos coverage', () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]) =>
    runInMemory(['coverage', ...argv, '--data-dir', folder()], {
      cwd: folder(),
      env: { ...env(), SOS_COVERAGE_STRIKES: '0' },
    });
  const strikes = [25700, 25750];
  const upstox = { source: 'recorded', dataset: 'upstox' } as const;

  beforeAll(async () => {
    expect(await sos('--symbol', 'NIFTY')).toMatchObject({ code: 2, out: '' });
    const store = await openStore({ url: env()['DATABASE_URL'] ?? '' });
    const [first, second] = strikes.map((strike) =>
      optionContract({ underlying: 'NIFTY', expiry: EXPIRY, strike, right: 'CE' }),
    );
    if (first === undefined || second === undefined) throw new Error('expected two contracts');
    await store.transaction(async (tx) => {
      const index = bars(25710, (minute) => minute < 5);
      index.volume.fill(Number.NaN);
      await tx.writeCandles(indexContract('NIFTY'), index, upstox);
      await tx.writeCandles(
        first,
        bars(100, (minute) => minute % 2 === 0),
        upstox,
      );
      await tx.writeAnswers([{ contract: first, day: DAY, answer: 'complete' }], upstox);
      await tx.writeAnswers([{ contract: second, day: DAY, answer: 'not-listed' }], upstox);
      const tape = makeChainTape({
        underlying: 'NIFTY',
        expiry: EXPIRY,
        source: 'recorded',
        strikes: Float64Array.from([25700]),
        length: 1,
      });
      tape.eventTime[0] = tape.availableAt[0] = OPEN + 60 * MS_PER_MINUTE;
      tape.put.bid[0] = 99;
      tape.put.volume[0] = 0;
      await tx.writeChains([tape], 'pages');
    });
    await store.close();
  }, 90_000);

  it('counts every contract-minute of the universe exactly once', async () => {
    const { code, out, err } = await sos('--symbol', 'NIFTY', '--month', '2026-01', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [month] = JSON.parse(out);
    expect(month.days).toHaveLength(20);
    const day = month.days.find((d: { day: string }) => d.day === DAY);
    // Index, two strikes, calls and puts, of the weekly and the monthly expiry.
    expect(day.contracts).toBe(1 + 2 * 2 * 2);
    expect(day.counts).toEqual({
      // 370 minutes of the index and every other one of a call.
      traded: 370 + 187,
      // A page with a bid stands for ten minutes.
      'quoted-no-trade': 10,
      // The call was answered for to the end; the page says nothing of the other one’s price.
      'no-quote': 188,
      halted: 0,
      // The index's first five, the rest of one put, one put never seen, and four monthly ones.
      missing: 5 + 365 + 375 + 4 * 375,
      'not-listed': 375,
    });
    expect(Object.values(day.counts as Record<string, number>).reduce((sum, n) => sum + n, 0)).toBe(9 * 375);
    const empty = month.days.find((d: { day: string }) => d.day === '2026-01-14');
    expect(empty).toMatchObject({ contracts: 1, counts: { missing: 375, traded: 0 } });
  });

  it('draws the month as a calendar', async () => {
    const { out } = await sos('--symbol', 'NIFTY');
    expect(out).toContain('NIFTY 2026-01');
    expect(out).toMatch(/│ 12 ▒ 25\.2 +│ 13 · +│ 14 · +│ 15 – +│ 16 · +│/);
    expect(out).toMatch(/│ traded +│ +557 │/);
  });

  it.each([
    [['--symbol', 'NIFTI'], /found "NIFTI" \(did you mean NIFTY/],
    [['--symbol', 'NIFTY', '--month', '2026-13'], /expected --month YYYY-MM, found "2026-13"/],
    [['--symbol', 'BANKNIFTY'], /expected stored data of BANKNIFTY \(imported\), found none/],
  ])('refuses %j', async (argv, message) => {
    const outcome = await sos(...argv);
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toMatch(message);
  });
});

describe('the missing share of a universe', () => {
  const counts = { traded: 0, 'quoted-no-trade': 0, 'no-quote': 0, halted: 0, missing: 0, 'not-listed': 0 };
  const day = (date: string, contracts: number, more: Partial<typeof counts>): DayCoverage => {
    return { underlying: 'NIFTY', day: parseIstDate(date), contracts, counts: { ...counts, ...more } };
  };

  it('leaves out what was not listed, and weighs a day without index as much as the widest day', () => {
    const whole = day('2026-01-12', 9, { traded: 8 * 375, 'not-listed': 375 });
    expect(shareOf([whole])).toEqual({ minutes: 3000, missing: 0, missingPercent: 0 });
    const lost = day('2026-01-13', 1, { missing: 375 });
    expect(shareOf([whole, lost])).toEqual({
      minutes: 3000 + 9 * 375,
      missing: 9 * 375,
      missingPercent: (100 * 3375) / 6375,
    });
    expect(shareOf([])).toEqual({ minutes: 0, missing: 0, missingPercent: 100 });
  });
});
