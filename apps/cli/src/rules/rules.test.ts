import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';

describe('sos rules', () => {
  const folder = tempFolder();
  const run = (...argv: string[]) => runInMemory(['rules', ...argv, '--data-dir', folder()], { cwd: folder() });
  function ownRows(name: string, content: unknown): void {
    mkdirSync(path.join(folder(), 'rulebook.d'), { recursive: true });
    writeFileSync(
      path.join(folder(), 'rulebook.d', name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }

  it('prints the law of a day', async () => {
    const { code, out, err } = await run('--date', '2026-08-03');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(
      '2026-08-03: regular session 09:15–15:40 IST (385 minutes), index usable until 15:15, square-off from 15:15',
    );
    expect(out).toContain('NIFTY expiries listed: 2026-08-04 (weekly), 2026-08-11 (weekly)');
    expect(out).toMatch(/charge\.stt-sell +│ 0\.15 % +│ 2026-04-01 …/);
    expect(out).not.toContain('Source');
  });

  it('says why a day has no session, and explains with sources', async () => {
    const { out } = await run('--date', '2026-01-15', '--explain');
    expect(out).toContain('2026-01-15: closed');
    expect(out).toMatch(/Confidence +│ Source/);
  });

  it('prints what changed between two days, and that nothing did', async () => {
    const { code, out } = await run('diff', '2026-07-31', '2026-08-03');
    expect(code).toBe(0);
    expect(out).toMatch(/hours\.ordinary +│ 09:15-15:30.*│ 09:15-15:40/);
    expect((await run('diff', '2026-08-05', '2026-08-06')).out).toBe(
      'no rule of NIFTY differs between 2026-08-05 and 2026-08-06\n',
    );
    const json = JSON.parse((await run('diff', '2026-09-30', '2026-10-05', '--underlying', 'BANKNIFTY', '--json')).out);
    expect(json.map((c: { topic: string }) => c.topic)).toContain('freeze');
  });

  it('applies rows of the user and says so', async () => {
    ownRows('2026.json', {
      rows: [
        {
          table: 'holiday',
          date: '2026-12-01',
          name: 'Test closure',
          closed: true,
          knownFrom: '2026-11-01',
          confidence: 'high',
          source: 'my circular',
        },
      ],
    });
    const { out, err } = await run('--date', '2026-12-01');
    expect(out).toContain('2026-12-01: closed');
    expect(err).toContain('note: with your rows of rulebook.d/2026.json');
  });

  it.each([
    ['not json', /^error: expected rulebook\.d\/x\.json to be JSON, found: /],
    [{ rows: [{ table: 'holidays' }] }, /^error: rulebook\.d\/x\.json: rows\.0\.table: /],
  ])('refuses a broken file %j with its place', async (content, message) => {
    ownRows('x.json', content);
    const outcome = await run('--date', '2026-12-01');
    expect(outcome.code).toBe(1);
    expect(failureLines(outcome).error).toMatch(message);
  });

  it.each([
    [['--date', 'tomorrow'], 'error: expected --date as YYYY-MM-DD, found "tomorrow"'],
    [['--underlying', 'NFTY'], '(did you mean NIFTY?)'],
    [['diff', '2026-08-03', 'x'], 'error: expected the second day as YYYY-MM-DD, found "x"'],
    [['diff', '2026-08-03'], 'error: expected two days, found 1'],
    [['--date', '2031-01-01'], 'error: '],
  ])('refuses %j with exit 2', async (argv, message) => {
    const outcome = await run(...argv);
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toContain(message);
  });
});
