import { AppError, type IstDate } from '@sos/domain';
import { InstrumentHistory, loadUpstoxMaster, type InstrumentMaster } from '../../index.js';

const AS_OF = '2026-01-13' as IstDate;
const EXPIRY = Date.UTC(2026, 0, 20, 18, 29, 59);

function option(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    weekly: true,
    segment: 'NSE_FO',
    name: 'NIFTY',
    exchange: 'NSE',
    expiry: EXPIRY,
    instrument_type: 'CE',
    underlying_symbol: 'NIFTY',
    instrument_key: 'NSE_FO|47572',
    lot_size: 65,
    freeze_quantity: 1755,
    exchange_token: '47572',
    tick_size: 5,
    trading_symbol: 'NIFTY 25000 CE 20 JAN 26',
    strike_price: 25000,
    ...over,
  };
}
const INDEX = {
  segment: 'NSE_INDEX',
  name: 'Nifty 50',
  instrument_type: 'INDEX',
  instrument_key: 'NSE_INDEX|Nifty 50',
  exchange_token: '26000',
  trading_symbol: 'NIFTY',
};
const SHARE = {
  segment: 'NSE_EQ',
  name: 'NIFTY } , { BEES',
  instrument_type: 'EQ',
  instrument_key: 'NSE_EQ|X',
  exchange_token: '1',
};
const HEADER =
  '"instrument_key","exchange_token","tradingsymbol","name","last_price","expiry","strike","tick_size","lot_size","instrument_type","option_type","exchange"';
const CSV = [
  HEADER,
  '"NSE_EQ|INE1","7","A, B","A ""quoted"", name","1.0","",,"0.05","1","EQUITY",,"NSE_EQ"',
  '"NSE_INDEX|Nifty 50","17",,"Nifty 50","24000","",,"",,"INDEX",,"NSE_INDEX"',
  '"NSE_FO|35217","35217","NIFTY24DEC30000CE",,"16.3","2024-12-26","30000.0","0.05","25","OPTIDX","CE","NSE_FO"',
  '"NSE_FO|35000","35000","NIFTY24SEPFUT",,"25247.8","2024-09-26","0.0","0.05","25","FUTIDX","FF","NSE_FO"',
  '"BSE_FO|9","9","SENSEX5024613FUT",,"","2024-06-13","0","0.05","25","FUTIDX","FF","BSE_FO"',
].join('\r\n');

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

async function load(text: string, size = 7, asOf = AS_OF): Promise<InstrumentMaster> {
  return loadUpstoxMaster(pieces(text, size), asOf);
}

async function errorOf(text: string): Promise<string> {
  try {
    await load(text, 1_000);
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing thrown';
}

describe('the JSON master', () => {
  test.each([1, 7, 64, 100_000])('is read in pieces of %s characters', async (size) => {
    const master = await load(JSON.stringify([SHARE, option(), INDEX]), size);
    expect(master.report).toEqual({ rows: 3, kept: 2, skipped: 1 });
    expect(master.byKey('NSE_FO|47572')).toMatchObject({
      id: 'NIFTY20JAN2625000CE',
      token: '47572',
      lot: 65,
      tickPaise: 5,
      freeze: 1_755,
      contract: { expiry: '2026-01-20', strike: 25_000, right: 'CE' },
    });
    expect(master.byId('NIFTY')).toMatchObject({ key: 'NSE_INDEX|Nifty 50', lot: null, tickPaise: null, freeze: null });
  });

  test('white space between rows does not matter', async () => {
    const master = await load(JSON.stringify([INDEX, option()], null, 2));
    expect(master.report).toEqual({ rows: 2, kept: 2, skipped: 0 });
  });

  test('futures, other underlyings and other segments', async () => {
    const future = option({ instrument_type: 'FUT', instrument_key: 'NSE_FO|1', strike_price: 0, tick_size: 10 });
    const other = option({ underlying_symbol: 'NIFTYNXT50', instrument_key: 'NSE_FO|2' });
    const currency = option({ segment: 'NCD_FO', instrument_key: 'NCD_FO|3' });
    const vix = { ...INDEX, name: 'Nifty VIX', instrument_key: 'NSE_INDEX|India VIX' };
    const master = await load(JSON.stringify([future, other, currency, vix]));
    expect([...master.instruments()].map((i) => i.id)).toEqual(['NIFTY20JAN26FUT']);
    expect(master.report).toEqual({ rows: 4, kept: 1, skipped: 3 });
  });

  test.each([
    ['truncated', JSON.stringify([option(), INDEX]).slice(0, -30), /expected the master to end with "\]" after row 1/],
    [
      'two rows for one key',
      JSON.stringify([option(), option({ strike_price: 25_050 })]),
      /expected one row per contract/,
    ],
    [
      'two keys for one contract',
      JSON.stringify([option(), option({ instrument_key: 'NSE_FO|9' })]),
      /expected one row per contract/,
    ],
    [
      'no lot',
      JSON.stringify([option({ lot_size: undefined })]),
      /expected expiry, strike, lot and tick in the row of NSE_FO\|47572/,
    ],
    ['no expiry', JSON.stringify([option({ expiry: 'soon' })]), /found no expiry/],
    ['no JSON', `[{"NIFTY": ${'x'.repeat(11_000)}}]`, /expected a JSON object as row 1 of the master/],
    ['another file', '<html>', /expected an instrument master as a JSON array or as CSV, found "<html>"/],
    ['empty', '', /expected an instrument master, found no text/],
  ])('a file that is corrupt (%s) is refused', async (_name, text, message) => {
    const error = await errorOf(text);
    expect(error).toMatch(/^SOS_DATA_CORRUPT/);
    expect(error).toMatch(message);
  });
});

describe('the legacy CSV master', () => {
  test.each([1, 13, 100_000])('is read in pieces of %s characters', async (size) => {
    const master = await load(CSV, size);
    expect(master.report).toEqual({ rows: 5, kept: 3, skipped: 2 });
    expect(master.byId('NIFTY26DEC2430000CE')).toMatchObject({
      key: 'NSE_FO|35217',
      lot: 25,
      tickPaise: 5,
      freeze: null,
    });
    expect(master.byKey('NSE_FO|35000')?.contract).toMatchObject({ kind: 'future', expiry: '2024-09-26' });
    expect(master.byKey('BSE_FO|9')).toBeNull();
  });

  test.each([
    ['truncated', CSV.slice(0, -40), /expected 12 fields in row 5 of the master, found/],
    ['other columns', CSV.replace('lot_size', 'lots'), /found none of lot_size/],
    ['a row without expiry', CSV.replace('2024-12-26', ''), /found no expiry/],
  ])('a file that is corrupt (%s) is refused', async (_name, text, message) => {
    const error = await errorOf(text);
    expect(error).toMatch(/^SOS_DATA_CORRUPT/);
    expect(error).toMatch(message);
  });
});

describe('look-up', () => {
  test('an unknown contract suggests the nearest listed one', async () => {
    const master = await load(JSON.stringify([option()]));
    expect(master.instrumentOf('NIFTY20JAN2625000CE').key).toBe('NSE_FO|47572');
    expect(() => master.instrumentOf('NIFTY20JAN2625005CE')).toThrow(
      'expected a contract listed on 2026-01-13, found "NIFTY20JAN2625005CE" (did you mean NIFTY20JAN2625000CE?)',
    );
    expect([master.byId('x'), master.byKey('x'), master.size]).toEqual([null, null, 1]);
  });

  test('expired rows of a master are not live', async () => {
    const master = await load(JSON.stringify([option(), INDEX]));
    expect(master.live('2026-01-20' as IstDate)).toHaveLength(2);
    expect(master.live('2026-01-21' as IstDate).map((i) => i.id)).toEqual(['NIFTY']);
  });
});

describe('keys over time', () => {
  const on = (date: string) => date as IstDate;

  async function history(): Promise<InstrumentHistory> {
    const first = await load(JSON.stringify([option()]), 1_000, on('2026-01-13'));
    const reused = option({ expiry: Date.UTC(2026, 1, 24, 18, 29, 59), strike_price: 26_000 });
    const second = await load(JSON.stringify([reused]), 1_000, on('2026-01-28'));
    const all = new InstrumentHistory();
    // Later masters first: the order of adding must not matter.
    all.add(second);
    all.add(first);
    return all;
  }

  test('a key means another contract after the first one expired', async () => {
    const all = await history();
    const meaning = (date: string) => all.byKey('NSE_FO|47572', on(date))?.id ?? null;
    expect(meaning('2026-01-13')).toBe('NIFTY20JAN2625000CE');
    expect(meaning('2026-01-20')).toBe('NIFTY20JAN2625000CE');
    expect(meaning('2026-01-28')).toBe('NIFTY24FEB2626000CE');
    expect(meaning('2026-02-24')).toBe('NIFTY24FEB2626000CE');
    expect(meaning('2026-02-25')).toBeNull();
    expect(all.byKey('NSE_FO|1', on('2026-01-13'))).toBeNull();
  });

  test('before the first sighting the rulebook says whether the contract was listed', async () => {
    const all = await history();
    expect(all.byKey('NSE_FO|47572', on('2026-01-05'))?.id).toBe('NIFTY20JAN2625000CE');
    expect(all.byKey('NSE_FO|47572', on('2025-10-01'))).toBeNull();
  });

  test('a contract knows its key on a day', async () => {
    const all = await history();
    expect(all.byId('NIFTY24FEB2626000CE', on('2026-02-10'))?.key).toBe('NSE_FO|47572');
    expect(all.byId('NIFTY20JAN2625000CE', on('2026-01-21'))).toBeNull();
  });
});
