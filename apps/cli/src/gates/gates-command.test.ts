import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';

const IDLE = { value: 3, unit: 'ratio', min: 1, max: 5, description: 'Nothing reads it.' };

describe('sos gates', () => {
  const folder = tempFolder();
  const run = (...argv: string[]) => runInMemory(['gates', ...argv], { cwd: folder() });
  const good = () =>
    writeGates(path.join(folder(), 'gates'), { rising: gateObject(), falling: gateObject('FALLING_CLOSE') });

  it('lists gates by id', async () => {
    const { code, out } = await run('list', '--strategies', good());
    expect(code).toBe(0);
    expect(out).toMatch(/FALLING_CLOSE.*\n.*RISING_CLOSE +│ bullish │ ATM CE, nearest expiry │ 09:20–15:00 │ TRIGGER/);
    expect(out).toContain('2 gates in ');
    const json = JSON.parse((await run('list', '--json', '--strategies', good())).out);
    expect(json.map((g: { id: string }) => g.id)).toEqual(['FALLING_CLOSE', 'RISING_CLOSE']);
  });

  it('shows one gate in words', async () => {
    const { code, out } = await run('show', 'RISING_CLOSE', '--strategies', good());
    expect(code).toBe(0);
    expect(out).toContain('Rising close (version 3, test)');
    expect(out).toContain('closes after 30 minutes; break-even stop at 50 % of the way to the target');
    expect(out).toMatch(/1\. TRIGGER\n {6}close > prev\.close\n/);
    expect(out).toContain('  stop   entry - 10');
  });

  it('suggests a gate for a mistyped one', async () => {
    const outcome = await run('show', 'RISING_CLOSES', '--strategies', good());
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toBe(
      'error: expected the id of a gate, found "RISING_CLOSES" (did you mean RISING_CLOSE?)',
    );
  });

  it('validates a folder of sound gates with 0', async () => {
    const { code, out } = await run('validate', good());
    expect({ code, out }).toEqual({ code: 0, out: '2 files: 2 valid, 0 broken (0 errors, 0 warnings)\n' });
  });

  it('reports every problem of every broken file with its place, and ends with 2', async () => {
    writeGates(path.join(folder(), 'broken'), {
      a: '{ "id": "A", ',
      b: { ...gateObject('UNKNOWN_NAME'), phases: [{ id: 'TRIGGER', when: ['clsoe > prev.close'] }] },
      c: { ...gateObject('WRONG_KEY'), biass: 'bullish' },
      d: gateObject('SOUND'),
    });
    const { code, out, err } = await run('validate', 'broken');
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(out).toMatch(/^broken\/a\.json:1:\d+ /m);
    expect(out).toMatch(/^broken\/b\.json:\d+:\d+ phases\[0\]\.when\[0\]: .*clsoe.*did you mean close/m);
    expect(out).toMatch(/^broken\/c\.json:\d+:\d+ biass: unknown key "biass" \(did you mean bias\?\)/m);
    expect(out).toMatch(/4 files: 1 valid, 3 broken/);
    const json = await run('validate', 'broken', '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ files: 4, valid: 1, broken: 3 });
  });

  it('warns of what is legal but cannot be meant, without failing', async () => {
    const twice = ['close > prev.close', 'close > prev.close'];
    const odd = { ...gateObject('ODD'), params: { idle: IDLE }, phases: [{ id: 'TRIGGER', when: twice }] };
    writeGates(path.join(folder(), 'odd'), { odd, sound: gateObject('SOUND') });
    const { code, out, err } = await run('validate', 'odd');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^odd\/odd\.json:\d+:\d+ phases\[0\]\.when\[1\]: warning: says the same .* \[repeated\]$/),
      '    remedy: Delete the repetition.',
      expect.stringMatching(
        /^odd\/odd\.json:\d+:\d+ params\.idle: warning: nothing reads params\.idle \[unused-parameter\]$/,
      ),
      '    remedy: Read the parameter in a condition or level, or delete it.',
      '2 files: 2 valid, 0 broken (0 errors, 2 warnings)',
      '',
    ]);
  });

  it('keeps the shape of its JSON', async () => {
    writeGates(path.join(folder(), 'odd'), { odd: { ...gateObject('ODD'), params: { idle: IDLE } } });
    const { out } = await run('validate', 'odd', '--json');
    expect(JSON.parse(out)).toEqual({
      files: 1,
      valid: 1,
      broken: 0,
      problems: [
        {
          file: 'odd/odd.json',
          gate: 'ODD',
          path: 'params.idle',
          line: expect.any(Number),
          column: expect.any(Number),
          offset: null,
          severity: 'warning',
          rule: 'unused-parameter',
          message: 'nothing reads params.idle',
          remedy: 'Read the parameter in a condition or level, or delete it.',
        },
      ],
    });
  });

  it('refuses a path without gates', async () => {
    const missing = await run('validate', 'nowhere');
    expect(missing.code).toBe(2);
    expect(failureLines(missing).error).toContain('expected a gate file or a folder of gate files, found nothing at ');
    mkdirSync(path.join(folder(), 'empty'));
    expect(failureLines(await run('validate', 'empty')).error).toContain('expected gate files (*.json) in ');
  });
});
