import { readdir } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { AppError, daysBetween, istDateOf, isUnderlying, parseIstDate } from '@sos/domain';
import type { EpochMs, IstDate, OptionContract } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { asCorruptFile } from '../files/corrupt-file.js';
import { firstText } from '../files/first-bytes.js';
import { jsonArray } from '../files/json-array.js';

const MASTER_NAME = /^upstox.*?(\d{4}-\d{2}-\d{2}).*\.(json|csv)(\.gz)?$/;
const MASTER_FOLDER = 'upstox-masters';

interface MasterRow {
  readonly instrument_key?: unknown;
  readonly underlying_symbol?: unknown;
  readonly instrument_type?: unknown;
  readonly expiry?: unknown;
  readonly strike_price?: unknown;
}

function contractOf(row: MasterRow): OptionContract | null {
  const { underlying_symbol: underlying, instrument_type: right, expiry, strike_price: strike } = row;
  if (typeof underlying !== 'string' || !isUnderlying(underlying) || (right !== 'CE' && right !== 'PE')) return null;
  if (typeof expiry !== 'number' || typeof strike !== 'number') return null;
  return optionContract({ underlying, expiry: istDateOf(expiry as EpochMs), strike, right });
}

async function readJsonMaster(file: string, wanted: ReadonlySet<string>): Promise<Map<string, OptionContract>> {
  const found = new Map<string, OptionContract>();
  for await (const batch of jsonArray(file, () => undefined)) {
    for (const item of batch as MasterRow[]) {
      const key = item.instrument_key;
      if (typeof key !== 'string' || !wanted.has(key)) continue;
      const contract = contractOf(item);
      if (contract) found.set(key, contract);
    }
  }
  return found;
}

const CSV_SYMBOL = /^(BANKNIFTY|FINNIFTY|MIDCPNIFTY|NIFTY|SENSEX)\d/;

function csvContract(cell: (name: string) => string): OptionContract | null {
  const underlying = CSV_SYMBOL.exec(cell('tradingsymbol'))?.[1] ?? '';
  const right = cell('option_type');
  if (cell('instrument_type') !== 'OPTIDX' || !isUnderlying(underlying) || (right !== 'CE' && right !== 'PE'))
    return null;
  return optionContract({
    underlying,
    expiry: parseIstDate(cell('expiry')),
    strike: Number(cell('strike')),
    right,
  });
}

async function readCsvMaster(file: string, wanted: ReadonlySet<string>): Promise<Map<string, OptionContract>> {
  const found = new Map<string, OptionContract>();
  const source = createReadStream(file);
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => text.destroy(error));
  let header: readonly string[] | null = null;
  try {
    for await (const item of text.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true }))) {
      const cells = item as string[];
      header ??= cells;
      const names = header;
      const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
      if (!wanted.has(cell('instrument_key'))) continue;
      const contract = csvContract(cell);
      if (contract) found.set(cell('instrument_key'), contract);
    }
  } catch (error) {
    throw asCorruptFile(file, 'an Upstox instrument master', error);
  }
  return found;
}

/**
 * The option contracts behind Upstox instrument keys, from one published master (JSON or CSV, gzip or plain), read as a stream.
 * Keys of anything but index options, or unknown to the master, are absent from the answer.
 */
export async function contractsOfKeys(
  master: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, OptionContract>> {
  const isJson = (await firstText(master, 4096)).trimStart().startsWith('[');
  return isJson ? readJsonMaster(master, wanted) : readCsvMaster(master, wanted);
}

async function mastersIn(folder: string): Promise<{ readonly file: string; readonly date: IstDate }[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    const date = MASTER_NAME.exec(name)?.[1];
    return date ? [{ file: path.join(folder, name), date: parseIstDate(date) }] : [];
  });
}

/**
 * The instrument master to use for ticks of a day: the one given, else the one nearest in time in the data's own folder or in a folder
 * `upstox-masters` beside it. Instrument keys are used again after expiry, so that a master of another month would name other contracts.
 * @throws SOS_INPUT when there is none within 31 days
 */
export async function masterFor(folder: string, date: IstDate, given: string | undefined): Promise<string> {
  if (given !== undefined) return path.resolve(given);
  const found = [
    ...(await mastersIn(folder)),
    ...(await mastersIn(path.join(folder, MASTER_FOLDER))),
    ...(await mastersIn(path.join(path.dirname(folder), MASTER_FOLDER))),
  ];
  const near = found
    .map(({ file, date: at }) => ({ file, apart: Math.abs(daysBetween(at, date)) }))
    .filter(({ apart }) => apart <= 31)
    .sort((a, b) => a.apart - b.apart || (a.file < b.file ? -1 : 1));
  const best = near[0];
  if (best) return best.file;
  const where = `in ${folder} or in a folder ${MASTER_FOLDER} beside it`;
  throw new AppError(
    'SOS_INPUT',
    `expected an Upstox instrument master of within 31 days of ${date} (give one with --master FILE), found none ${where}`,
  );
}
