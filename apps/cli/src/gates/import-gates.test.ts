import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeGates } from '../fixtures/gate-files.js';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';

const regime = (allow: boolean) => ({ allow_entry: allow, quantity_mod: 1, tp_mult: 2 });
const seed = (condition = 'candle.close > vars.top') => ({
  pattern_id: 'RANGE_BREAK_LONG',
  regime_config: { BULLISH: regime(true), SIDEWAYS: regime(true), BEARISH: regime(false) },
  phases: [
    {
      id: 'SMART_FILTER',
      conditions: ["sentiment.smart_trend in ['Long Buildup', 'Neutral']", 'sentiment.pcr > 0.8'],
      timeout: 0,
    },
    {
      id: 'SETUP',
      conditions: ['candle.close > ema(history, 9, "close")'],
      capture: { top: 'highest(history, 5, "high")' },
      timeout: 0,
    },
    { id: 'TRIGGER', conditions: [condition, 'candle.close > candle.open'], timeout: 5 },
  ],
  execution: { side: 'BUY', entry: 'candle.close', sl: 'lowest(history, 5, "low")', tp: 'entry + 2 * abs(entry - sl)' },
});

describe('sos gates import', () => {
  const folder = tempFolder();
  const run = (...argv: string[]) => runInMemory(['gates', ...argv], { cwd: folder() });
  const out = (): string => path.join(folder(), 'mine');

  it('writes gates that validate, with their schema, and lists the repairs', async () => {
    writeGates(path.join(folder(), 'old'), { a: seed() });
    const { code, out: text } = await run('import', 'old', '--to', 'mine');
    expect(code).toBe(0);
    expect(text).toMatch(/^old\/a\.json → RANGE_BREAK_LONG$/m);
    expect(text).toMatch(/repaired old\/a\.json:\d+:\d+ phases\[0\]: phase SMART_FILTER was asked once/);
    expect(text).toMatch(/1 of 1 strategies written to .*mine, \d+ repairs/);
    expect(readdirSync(out()).sort()).toEqual(['gate.schema.json', 'range-break-long.json']);
    const validated = await run('validate', 'mine');
    expect(validated).toMatchObject({ code: 0, out: '1 files: 1 valid, 0 broken (0 errors, 0 warnings)\n' });
  });

  it('changes nothing the second time, and refuses to replace what was edited', async () => {
    writeGates(path.join(folder(), 'old'), { a: seed() });
    await run('import', 'old', '--to', 'mine');
    const file = path.join(out(), 'range-break-long.json');
    const first = readFileSync(file, 'utf8');
    expect((await run('import', 'old', '--to', 'mine')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(first);
    writeFileSync(file, first.replace('"version": 1', '"version": 2'));
    const refused = await run('import', 'old', '--to', 'mine');
    expect(refused.code).toBe(2);
    expect(failureLines(refused).error).toContain('found another gate there: use --force or another --to');
    expect((await run('import', 'old', '--to', 'mine', '--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(first);
  });

  it('writes nothing of a strategy that it cannot convert whole, and says where it stopped', async () => {
    writeGates(path.join(folder(), 'old'), { bad: seed('candle.close > supertrend(history, 10)') });
    const { code, out: text } = await run('import', 'old', '--to', 'mine');
    expect(code).toBe(2);
    expect(text).toContain('old/bad.json → not written');
    expect(text).toMatch(/^old\/bad\.json:\d+:\d+ phases\[2\]\.conditions\[0\]: unknown function "supertrend"/m);
    expect(existsSync(out())).toBe(false);
    const json = JSON.parse((await run('import', 'old', '--to', 'mine', '--json')).out);
    expect(json.strategies).toMatchObject([
      { id: 'RANGE_BREAK_LONG', written: null, problems: [{ rule: 'untranslatable' }] },
    ]);
  });

  it('refuses two strategies of one name', async () => {
    writeGates(path.join(folder(), 'old'), { a: seed(), b: seed() });
    expect(failureLines(await run('import', 'old')).error).toContain(
      'expected every gate once, found RANGE_BREAK_LONG',
    );
  });
});
