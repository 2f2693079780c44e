import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { IstDate } from '@sos/domain';
import { sharedData } from '../../fixtures/shared-data.js';
import {
  InstrumentHistory,
  loadUpstoxMaster,
  parseContractId,
  parseUpstoxTradingSymbol,
  parseZerodhaSymbol,
  upstoxTradingSymbol,
  zerodhaSymbol,
  type InstrumentMaster,
} from '../../index.js';

const folder = sharedData('upstox-masters');
const files = folder === null ? [] : readdirSync(folder).filter((f) => f.endsWith('.gz'));
const suite = folder === null ? describe.skip : describe;
// Index options and futures of the five underlyings, counted by an independent reader, plus the indices themselves.
const ROWS: Readonly<Record<string, number>> = {
  'upstox_NSE_2024-09-14.csv.gz': 5_626 + 4,
  'upstox_NSE_2025-12-23.json.gz': 3_545 + 4,
  'upstox_NSE_2026-01-13.json.gz': 3_378 + 4,
  'upstox_NSE_2026-07-08.json.gz': 3_838 + 4,
  'upstox_NSE_2026-07-17.json.gz': 4_006 + 4,
  'upstox_complete_2024-06-13.csv.gz': 8_601 + 5,
  'upstox_complete_2024-07-07.csv.gz': 8_761 + 5,
  'upstox_complete_2024-07-31.csv.gz': 8_170 + 5,
  'upstox_complete_2024-09-14.csv.gz': 7_951 + 5,
  'upstox_complete_2024-10-08.csv.gz': 8_983 + 5,
};

function dayOf(file: string): IstDate {
  return (/\d{4}-\d\d-\d\d/.exec(file)?.[0] ?? '') as IstDate;
}

function unpacked(file: string): AsyncIterable<string> {
  return createReadStream(file)
    .pipe(createGunzip({ chunkSize: 65_536 }))
    .setEncoding('utf8');
}

/** Trading symbols in the file's own words, by key: an independent, slow reading for the round trip. */
async function symbolsOf(file: string): Promise<Map<string, string>> {
  let text = '';
  for await (const chunk of unpacked(file)) text += chunk;
  const pattern = file.includes('.json')
    ? /"instrument_key":"([NB]SE_FO\|\d+)".*?"trading_symbol":"([^"]*)"/g
    : /^"([NB]SE_FO\|\d+)","\d+","([^"]*)"/gm;
  const symbols = new Map<string, string>();
  for (const m of text.matchAll(pattern)) symbols.set(m[1] ?? '', m[2] ?? '');
  return symbols;
}

suite('every index option and future of the ten masters (skipped without recorded data)', () => {
  const masters = new Map<string, InstrumentMaster>();

  beforeAll(async () => {
    for (const file of files)
      masters.set(file, await loadUpstoxMaster(unpacked(join(folder ?? '', file)), dayOf(file)));
  });

  test('all rows are there', () => {
    const sizes = Object.fromEntries([...masters].map(([file, master]) => [file, master.size]));
    expect(sizes).toEqual(ROWS);
  });

  test.each(Object.keys(ROWS))('%s: key -> id -> key without collision', (file) => {
    const master = masters.get(file);
    const instruments = [...(master?.instruments() ?? [])];
    const ids = new Set(instruments.map((i) => i.id));
    const broken = instruments.filter((i) => {
      const back = parseContractId(i.id);
      return back !== i.contract || master?.byId(back.id)?.key !== i.key || master.byKey(i.key) !== i;
    });
    expect([ids.size, broken]).toEqual([ROWS[file], []]);
  });

  test.each(Object.keys(ROWS))("%s: the vendor's own trading symbol is written and read", async (file) => {
    const symbols = await symbolsOf(join(folder ?? '', file));
    const json = file.includes('.json');
    const wrong: string[] = [];
    for (const { key, contract } of masters.get(file)?.instruments() ?? []) {
      if (contract.kind === 'index') continue;
      const symbol = symbols.get(key) ?? '';
      const written = json ? upstoxTradingSymbol(contract) : zerodhaSymbol(contract);
      const read = json ? parseUpstoxTradingSymbol(symbol) : parseZerodhaSymbol(symbol, { knownOn: dayOf(file) });
      if (written !== symbol || read !== contract)
        wrong.push(`${key} ${symbol} -> ${read.id}, ${contract.id} -> ${written}`);
    }
    expect(wrong).toEqual([]);
  });

  test('as of a day: a key of 2024 and of 2026 is not the same contract', () => {
    const history = new InstrumentHistory();
    for (const master of masters.values()) history.add(master);
    const reused = [...(masters.get('upstox_NSE_2026-07-17.json.gz')?.instruments() ?? [])].filter((i) => {
      const before = history.byKey(i.key, '2024-10-08' as IstDate);
      return i.contract.kind !== 'index' && before !== null && before.id !== i.id;
    });
    expect(reused.length).toBeGreaterThan(100);
    expect(reused.every((i) => history.byKey(i.key, '2026-07-17' as IstDate) === i)).toBe(true);
  });

  test('as of a day: the March 2026 monthly was re-dated under the same key', () => {
    const history = new InstrumentHistory();
    for (const master of masters.values()) history.add(master);
    const then = masters.get('upstox_NSE_2025-12-23.json.gz')?.byId('NIFTY31MAR2625000CE');
    expect(then).toMatchObject({ lot: 75 });
    const key = then?.key ?? '';
    expect(history.byKey(key, '2025-12-23' as IstDate)?.id).toBe('NIFTY31MAR2625000CE');
    expect(history.byKey(key, '2026-01-13' as IstDate)).toMatchObject({ id: 'NIFTY30MAR2625000CE', lot: 65 });
  });
});
