import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseIstDate } from '@sos/domain';
import type { DeskRecord } from '@sos/engine';
import { MORNING } from '../fixtures/plain-law.js';
import { removeTempFolders, tempFolder } from '../fixtures/temp-folder.js';
import { exportTrail, journalDates, openJournal, readJournal } from './journal-file.js';

afterEach(removeTempFolders);

const DAY = parseIstDate('2026-11-20');
const NEXT = parseIstDate('2026-11-23');
const kill = (reason: string): DeskRecord => ({ kind: 'kill', time: MORNING, reason });

async function written(folder: string, reasons: readonly string[], date = DAY): Promise<string> {
  const { journal } = await openJournal({ folder, date, now: MORNING });
  await journal.append(reasons.map(kill));
  await journal.close();
  return path.join(folder, `desk-${date}.journal`);
}

const trail = async (folder: string, from = DAY, to = NEXT): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of exportTrail(folder, { from, to })) lines.push(line);
  return lines;
};

describe('the journal of a day', () => {
  test('is there again after a restart, and goes on', async () => {
    const folder = tempFolder();
    await written(folder, ['first']);
    await written(folder, ['second']);
    const { state, torn, journal } = await openJournal({ folder, date: DAY, now: MORNING });
    await journal.close();
    expect([state.killed, state.records, torn]).toEqual(['second', 3, 0]);
  });

  test('loses a torn tail and nothing else', async () => {
    const folder = tempFolder();
    const file = await written(folder, ['kept', 'torn ₹']);
    const { length } = readFileSync(file);
    truncateSync(file, length - 5);
    const { state, torn, journal } = await openJournal({ folder, date: DAY, now: MORNING });
    expect(state.killed).toBe('kept');
    expect(torn).toBeGreaterThan(60);
    await journal.append([kill('after')]);
    await journal.close();
    expect((await readJournal(folder, DAY)).state.killed).toBe('after');
  });

  test('that somebody changed is not traded on', async () => {
    const folder = tempFolder();
    const file = await written(folder, ['one', 'two', 'three']);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"two"', '"TWO"'));
    await expect(openJournal({ folder, date: DAY, now: MORNING })).rejects.toMatchObject({
      code: 'SOS_DATA_CORRUPT',
      context: { line: 3 },
    });
  });

  test('goes on from the day before: a day that was exchanged is found', async () => {
    const folder = tempFolder();
    await written(folder, ['friday']);
    await written(folder, ['monday'], NEXT);
    expect(await journalDates(folder)).toEqual([DAY, NEXT]);
    expect(
      (await trail(folder)).map((line) => JSON.parse(line) as { date: string; line: number; kind: string }),
    ).toMatchObject([
      { date: DAY, line: 1, kind: 'day', previous: '0'.repeat(64) },
      { date: DAY, line: 2, kind: 'kill', reason: 'friday' },
      { date: NEXT, line: 1, kind: 'day' },
      { date: NEXT, line: 2, kind: 'kill', reason: 'monday' },
    ]);
    expect(await trail(folder, NEXT, NEXT)).toHaveLength(2);
    const other = tempFolder();
    const file = await written(other, ['another friday']);
    writeFileSync(path.join(folder, `desk-${DAY}.journal`), readFileSync(file));
    await expect(trail(folder)).rejects.toThrow(`expected the journal of ${NEXT} to go on from the day before`);
  });

  test('takes nothing more after a write that failed', async () => {
    const { journal } = await openJournal({ folder: tempFolder(), date: DAY, now: MORNING });
    await journal.close();
    await expect(journal.append([kill('lost')])).rejects.toMatchObject({ code: 'SOS_DATA_FOLDER' });
    await expect(journal.append([kill('again')])).rejects.toThrow('found a failed write before');
  });

  test('with bytes that are no journal is refused', async () => {
    const folder = tempFolder();
    const file = await written(folder, []);
    appendFileSync(file, 'not a line\n');
    await expect(openJournal({ folder, date: DAY, now: MORNING })).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT' });
  });
});
