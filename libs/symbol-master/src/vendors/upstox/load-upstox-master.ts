import { AppError, type IstDate } from '@sos/domain';
import { InstrumentMaster } from '../../instruments/instrument-master.js';
import type { Instrument } from '../../instruments/instrument.js';
import { CsvRowScanner } from './csv-rows.js';
import { JsonRowScanner } from './json-rows.js';
import { toInstrument, type MasterRow } from './master-row.js';

interface RowScanner {
  readonly rows: number;
  push(chunk: string, take: (row: MasterRow) => void): void;
  end(take: (row: MasterRow) => void): void;
}

function scannerFor(text: string): RowScanner {
  const first = text.trimStart()[0];
  if (first === '[') return new JsonRowScanner();
  if (first === '"' || first === 'i') return new CsvRowScanner();
  throw new AppError(
    'SOS_DATA_CORRUPT',
    `expected an instrument master as a JSON array or as CSV, found "${text.slice(0, 40)}"`,
  );
}

/**
 * Reads an Upstox instrument master (JSON since 2025, CSV before) from pieces of its unpacked text, keeping only index options, index futures
 * and indices of known underlyings; nothing but those rows stays in memory.
 * @param chunks the text in any pieces, for example a gunzip stream with an encoding
 * @param asOf the day whose master it is
 * @throws SOS_DATA_CORRUPT for another layout, a truncated file, a malformed row of ours, or two rows for one contract
 */
export async function loadUpstoxMaster(
  chunks: AsyncIterable<string> | Iterable<string>,
  asOf: IstDate,
): Promise<InstrumentMaster> {
  const instruments: Instrument[] = [];
  const take = (row: MasterRow): void => {
    const instrument = toInstrument(row);
    if (instrument !== null) instruments.push(instrument);
  };
  let scanner: RowScanner | null = null;
  for await (const chunk of chunks) {
    if (chunk === '') continue;
    scanner ??= scannerFor(chunk);
    scanner.push(chunk, take);
  }
  if (scanner === null) throw new AppError('SOS_DATA_CORRUPT', 'expected an instrument master, found no text');
  scanner.end(take);
  const kept = instruments.length;
  return new InstrumentMaster(asOf, instruments, { rows: scanner.rows, kept, skipped: scanner.rows - kept });
}
