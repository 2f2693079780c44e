import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildReport } from '@sos/analytics';
import { PLAIN } from '../fixtures/plain-palette.js';
import { smallRun } from '../fixtures/small-run.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { writeRunFolder } from './write-run-folder.js';

describe('the folder of a run', () => {
  const folder = tempFolder();
  const write = (
    between: () => Promise<void> = async () => undefined,
    source: 'recorded' | 'simulated' = 'recorded',
  ) => {
    const result = smallRun(source);
    return writeRunFolder(
      folder(),
      { result, report: buildReport(result), config: { seed: 7 } },
      { plain: PLAIN, between },
    );
  };
  const FILES = [
    'config.json',
    'costs.csv',
    'decisions.csv',
    'dossier.json',
    'fill-quality.csv',
    'fills.csv',
    'orders.csv',
    'report.json',
    'report.txt',
    'splits.csv',
    'trades.csv',
    'trades.json',
  ];

  it('holds everything that the run says', async () => {
    const run = await write();
    expect(readdirSync(run).sort()).toEqual(FILES);
    const read = (file: string): string => readFileSync(path.join(run, file), 'utf8');
    expect(JSON.parse(read('config.json'))).toMatchObject({
      seed: 7,
      dataHash: 'd'.repeat(64),
      rulebookVersion: '2026.11.20-1',
    });
    expect(JSON.parse(read('trades.json'))).toMatchObject({
      data: 'recorded',
      trades: [{ gate: 'BRF_SHORT', net: 68_515 }],
    });
    const [header, trade, end] = read('trades.csv').split('\n');
    expect(header?.split(',')).toHaveLength(trade?.match(/("[^"]*"|[^,]*)(,|$)/g)?.filter((c) => c !== '').length ?? 0);
    expect(trade).toContain(',2026-01-12T10:05:00.000+05:30,2026-01-12T10:15:00.000+05:30,');
    expect(trade).toContain('"chain.pcr = 0.71; spot > vwap, by 3",recorded');
    expect(end).toBe('');
    expect(read('decisions.csv')).toContain('"a ""quoted"", detail",recorded\n');
    expect(read('orders.csv').split('\n')).toHaveLength(4);
    expect(read('fills.csv')).toContain('SELL,75,11000,9990,10000,10,0,4000,1125,521,1,2,22,814,6485,recorded');
  });

  it('says SIMULATED in every file', async () => {
    const run = await write(undefined, 'simulated');
    for (const file of FILES) expect(readFileSync(path.join(run, file), 'utf8')).toContain('SIMULATED');
  });

  it('replaces a folder of the same run, and a partial one left by a killed process', async () => {
    mkdirSync(path.join(folder(), '.partial-20260112-101500-abcdef123456'));
    await write();
    writeFileSync(path.join(folder(), '20260112-101500-abcdef123456', 'stale'), '');
    expect(readdirSync(await write()).sort()).toEqual(FILES);
    expect(readdirSync(folder())).toEqual(['20260112-101500-abcdef123456']);
  });

  it('leaves nothing behind when the run could not be recorded', async () => {
    const refused = write(() => Promise.reject(new Error('database is down')));
    await expect(refused).rejects.toThrow('database is down');
    expect(readdirSync(folder())).toEqual([]);
    expect(existsSync(folder())).toBe(true);
  });
});
