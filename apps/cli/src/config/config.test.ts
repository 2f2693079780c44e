import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { keyOffset, lineColumn } from './key-position.js';

const PLANTED = 'planted-secret-27182818';

describe('sos config show', () => {
  const folder = tempFolder();
  const write = (text: string): string => {
    const file = path.join(folder(), 'sos.config.json');
    writeFileSync(file, text);
    return file;
  };
  const sos = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runInMemory([...argv, '--data-dir', path.join(folder(), 'data')], { env, cwd: folder() });
  const show = async (env: Readonly<Record<string, string>>) => {
    const { code, out, err } = await sos(['config', 'show', '--json'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const told = JSON.parse(out);
    const settings: { path: string; value: unknown; origin: string }[] = told.settings;
    return { ...told, at: (name: string) => settings.find((s) => s.path === name) };
  };

  it('environment before file before default, each with its origin', async () => {
    const file = write(
      '{ "ingest": { "strikeBand": 4 }, "providers": { "order": ["tradingview"], "simulated": { "seed": 3 } } }',
    );
    const env = { SOS_CONFIG: file, SOS_INGEST_STRIKE_BAND: '6', SOS_PROVIDERS: 'upstox, tradingview' };
    const { at } = await show(env);
    expect(at('ingest.strikeBand')).toEqual({
      path: 'ingest.strikeBand',
      value: 6,
      origin: 'env:SOS_INGEST_STRIKE_BAND',
    });
    expect(at('providers.order')).toMatchObject({ value: ['upstox', 'tradingview'], origin: 'env:SOS_PROVIDERS' });
    expect(at('providers.simulated.seed')).toMatchObject({ value: 3, origin: `${file}:providers.simulated.seed` });
    expect(at('ingest.expiries')).toMatchObject({ value: 2, origin: 'default' });
    expect(at('providers.trendlyne.enabled')).toMatchObject({ value: false, origin: 'default' });
    expect((await show({ SOS_CONFIG: file })).at('ingest.strikeBand')).toMatchObject({ value: 4 });
  });

  it('the data folder of the file lies beside it', async () => {
    const file = write('{ "dataDir": "here" }');
    const { out } = await runInMemory(['config', 'show'], { env: { SOS_CONFIG: file }, cwd: folder() });
    expect(out).toContain(`${path.join(folder(), 'here')}`);
  });

  it('an unknown key is refused with its place and what it is near to', async () => {
    const file = write('{\n  "providers": {\n    "upstox": { "enabeld": true }\n  }\n}');
    const outcome = await sos(['config', 'show'], { SOS_CONFIG: file });
    expect(outcome).toMatchObject({ code: 1, out: '' });
    const { error } = failureLines(outcome);
    expect(error).toContain('unknown key "providers.upstox.enabeld" (did you mean enabled?) at line 3, column 17');
  });

  it.each([
    ['no JSON', '{ "ingest": ', /expected JSON in .*sos\.config\.json, found none at line 1/],
    ['a wrong value', '{ "ingest": { "strikeBand": -1 } }', /ingest\.strikeBand: .* at line 1, column 15/],
    ['an unknown provider', '{ "providers": { "order": ["upstx"] } }', /providers\.order\.0: .* at line 1, column 28/],
    ['a list', '[]', /expected an object of settings/],
  ])('%s is refused', async (_, text, message) => {
    const outcome = await sos(['config', 'show'], { SOS_CONFIG: write(text) });
    expect(failureLines(outcome).error).toMatch(message);
  });

  it('a wrong variable is named, and so is a settings file that is not there', async () => {
    const bad = await sos(['config', 'show'], { SOS_CONFIG: write('{}'), SOS_INGEST_EXPIRIES: 'many' });
    expect(failureLines(bad).error).toBe('error: expected a number in SOS_INGEST_EXPIRIES, found "many"');
    const range = await sos(['config', 'show'], { SOS_CONFIG: write('{}'), SOS_INGEST_EXPIRIES: '0' });
    expect(failureLines(range).error).toMatch(/ingest\.expiries: .* \(from env:SOS_INGEST_EXPIRIES\)/);
    const none = await sos(['config', 'show'], { SOS_CONFIG: 'nowhere.json' });
    expect(failureLines(none).error).toMatch(/expected the settings file that SOS_CONFIG names, found nothing/);
  });

  it('secrets are shown as set and from where, never themselves; a file that others may read is refused with the remedy', async () => {
    const env = {
      SOS_CONFIG: write('{}'),
      SOS_UPSTOX_API_SECRET: PLANTED,
      DATABASE_URL: `postgres://u:${PLANTED}@h/d`,
    };
    const file = path.join(folder(), 'data', 'secrets', 'upstox-token');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, PLANTED, { mode: 0o600 });
    for (const argv of [['config', 'show'], ['config', 'show', '--json'], ['providers'], ['providers', '--json']]) {
      const { code, out, err } = await sos(argv, env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).not.toContain(PLANTED);
    }
    const { out } = await sos(['config', 'show'], env);
    expect(out).toMatch(/│ upstox-api-secret +│ set, from env:SOS_UPSTOX_API_SECRET/);
    expect(out).toContain(`set, from ${file}`);
    expect(out).toMatch(/│ tradingview-token +│ not set/);
    expect(out).toMatch(/│ database-url +│ set, from env:DATABASE_URL/);
    chmodSync(file, 0o644);
    const outcome = await sos(['config', 'show'], env);
    const { error, remedy } = failureLines(outcome);
    expect(error).toContain('readable by its owner only (mode 600), found mode 644');
    expect(remedy).toContain(`chmod 600 ${file}`);
  });
});

describe('the place of a key', () => {
  it('is that of the innermost key of the path that exists', () => {
    const text = '{ "a": { "b": [1, { "c": "},{" }], "a": 2 },\n "d": 3 }';
    const at = (...keys: (string | number)[]): string => text.slice(keyOffset(text, keys)).slice(0, 3);
    expect(at('a', 'b')).toBe('"b"');
    expect(at('a', 'b', 1, 'c')).toBe('"c"');
    expect(at('a', 'a')).toBe('"a"');
    expect(at('a', 'nothing')).toBe('"a"');
    expect(lineColumn(text, keyOffset(text, ['d']))).toBe('line 2, column 2');
    expect(keyOffset(text, ['nothing'])).toBe(0);
  });
});
