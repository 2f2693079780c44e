import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { AppError, daysBetween, parseIstDate, UNDERLYINGS, type Contract, type IstDate } from '@sos/domain';
import { indexContract, loadUpstoxMaster, upstoxIndexKey, type InstrumentMaster } from '@sos/symbol-master';
import { corruptFile } from '../files/corrupt-file.js';
import { firstBytes } from '../files/first-bytes.js';

const MASTER_NAME = /^upstox[_-][A-Za-z]+[_-](\d{4}-\d{2}-\d{2})\.(json|csv)(\.gz)?$/;
const MASTER_FOLDER = 'upstox-masters';

async function* unpacked(file: string): AsyncGenerator<string> {
  const head = await firstBytes(file, 2);
  const source = createReadStream(file);
  const text = head[0] === 0x1f && head[1] === 0x8b ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => text.destroy(error));
  text.setEncoding('utf8');
  for await (const piece of text) yield piece as string;
}

/** One published instrument master (JSON or CSV, gzip or plain). @throws SOS_DATA_CORRUPT with the file's name */
export async function readMaster(file: string, asOf: IstDate): Promise<InstrumentMaster> {
  try {
    return await loadUpstoxMaster(unpacked(file), asOf);
  } catch (error) {
    throw corruptFile(file, String(error).replace(/^\w*Error: /, ''), error);
  }
}

/** The contract behind a key on a day: listed by the master and not over, or an index by its name; null otherwise. */
export function contractOfKey(master: InstrumentMaster | null, key: string, on: IstDate): Contract | null {
  if (key === '') return null;
  const listed = master?.byKey(key)?.contract;
  if (listed) return listed.kind === 'index' || listed.expiry >= on ? listed : null;
  const underlying = UNDERLYINGS.find((one) => upstoxIndexKey(one) === key);
  return underlying ? indexContract(underlying) : null;
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

/** The error of data none of whose instruments a master names. */
export function noneNamed(keys: readonly string[], master: string): AppError {
  const expected = `expected an instrument master that names ${keys.slice(0, 3).join(', ')} …`;
  const found = `found none of them in ${path.basename(master)} (give one with --master FILE)`;
  return new AppError('SOS_INPUT', `${expected}, ${found}`);
}
