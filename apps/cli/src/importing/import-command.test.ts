import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseIstDate } from '@sos/domain';
import { openStore } from '@sos/store';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(60_000);

const HEADER = 'Datetime,Open,High,Low,Close,Volume';

/** Bars of one session, stamped at their starts. */
function sessionCsv(minutes: number): string {
  const lines = [HEADER];
  for (let at = 9 * 60 + 15; at < 15 * 60 + 30; at += minutes) {
    const clock = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    lines.push(`2026-01-12 ${clock}:00+05:30,25700,25710,25690,25705,0`);
  }
  return `${lines.join('\n')}\n`;
}

const MAPPING = {
  format: 'csv',
  rows: 'bars',
  minutes: 1,
  contract: 'NIFTY',
  time: { column: 'at', format: 'iso', zone: 'IST', stamp: 'end' },
  columns: { open: 'o', high: 'h', low: 'l', close: 'c' },
};

describe('sos import', () => {
  const { folder, env } = sharedDatabase();
  const sos = (argv: readonly string[], input?: string) =>
    runInMemory([...argv, '--data-dir', folder()], { cwd: folder(), env: env(), input });
  const write = (name: string, text: string): string => {
    const file = path.join(folder(), name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return path.dirname(file);
  };

  it('leaves files of longer bars out, says so each time, and keeps the others', async () => {
    write('mixed/nifty_1m.csv', sessionCsv(1));
    const data = write('mixed/nifty_5m.csv', sessionCsv(5));
    const { code, out, err } = await sos(['import', 'index-bars', data]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/│ files imported +│ +1 │/);
    expect(out).toMatch(/│ files left out \(bars longer than a minute\) +│ +1 │/);
    expect(out).toMatch(/│ bars +│ +375 │/);
    expect(out).toMatch(/│ mixed\/nifty_5m\.csv +│ NIFTY +│ +5 │ +75 │/);
    const again = JSON.parse((await sos(['import', 'index-bars', data, '--json'])).out);
    expect(again.units).toEqual({ total: 2, imported: 0, skipped: 1, failed: 0, leftOut: 1 });
    expect(again.leftOut).toEqual([
      { unit: 'mixed/nifty_5m.csv', series: 'NIFTY', minutes: 5, bars: 75, wholly: true },
    ]);
    expect(again.written.bars).toBe(0);
  });

  it('reads standard input', async () => {
    const mapping = path.join(write('stream.json', JSON.stringify(MAPPING)), 'stream.json');
    const csv =
      'at,o,h,l,c\n2026-01-13T09:16:00,25700,25710,25690,25705\n2026-01-13T09:17:00,25705,25712,25700,25711\n';
    const argv = ['import', 'files', '-', '--mapping', mapping, '--dataset', 'piped', '--json'];
    const first = await sos(argv, csv);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({ dataset: 'piped', written: { bars: 2 }, units: { imported: 1 } });
    expect(JSON.parse((await sos(argv, csv)).out).units).toMatchObject({ imported: 0, skipped: 1 });
  });

  it('stores what a vendor says of the whole market, with its spot', async () => {
    const data = write(
      'vendor/pcr.csv',
      'symbol,date,time,pcr,spot\nNIFTY,2026-01-12,10:00,0.83,25701.5\nNIFTY,2026-01-12,10:03,0.85,25705\n',
    );
    const outcome = await sos(['import', 'trendlyne-oi', data, '--json']);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(outcome.out).written.statRows).toBe(2);
    const store = await openStore({ url: env()['DATABASE_URL'] ?? '' });
    const stats = await store.readMarketStats({
      underlying: 'NIFTY',
      date: parseIstDate('2026-01-12'),
      filter: 'imported',
    });
    await store.close();
    expect(stats.map((s) => [s.band, s.pcr, s.spot, s.maxPain])).toEqual([
      ['vendor', 0.83, 25701.5, null],
      ['vendor', 0.85, 25705, null],
    ]);
  });

  it.each([
    ['an unknown underlying', ['--underlying', 'NIFTI'], /found "NIFTI" \(did you mean NIFTY/],
    ['an expiry that is no day', ['--expiry', '2019-02-30'], /found "2019-02-30"/],
    [
      'a mapping that is not there',
      ['--mapping', 'nowhere.json'],
      /a file after --mapping, found nothing at "nowhere\.json"/,
    ],
    ['a master that is not there', ['--master', 'nowhere.gz'], /a file after --master, found nothing at "nowhere\.gz"/],
  ])('refuses %s', async (_, options, message) => {
    const data = write('refused/bars.csv', 'at,o,h,l,c\n');
    const outcome = await sos(['import', 'files', data, ...options]);
    expect(failureLines(outcome).error).toMatch(message);
    expect(outcome).toMatchObject({ code: 2, out: '' });
  });
});
