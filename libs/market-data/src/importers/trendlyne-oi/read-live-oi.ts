import { isUnderlying, istInstant, parseIstDate, type EpochMs, type Underlying } from '@sos/domain';
import { child, stampOf } from '../feed/json-fields.js';
import { corruptFile } from '../files/corrupt-file.js';
import { jsonDocuments } from '../files/json-documents.js';
import { seriesName, underlyingNamed } from '../index-bars/bar-layout.js';
import { makePageSide, type ChainPage } from '../nse-chain/chain-page.js';

function numberAt(row: unknown, name: string): number {
  const value = child(row, name);
  return typeof value === 'number' && value >= 0 ? value : Number.NaN;
}

function underlyingOfFile(file: string, named: string | undefined): Underlying {
  const found = named !== undefined && isUnderlying(named) ? named : underlyingNamed(seriesName(file));
  if (found) return found;
  throw corruptFile(
    file,
    'expected the name of an index in the file’s name (the answer itself names none), found none',
  );
}

function singleExpiry(file: string, input: unknown): string {
  const list = child(input, 'expDateList');
  const [only, second] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  if (typeof only === 'string' && second === undefined) return only;
  throw corruptFile(file, 'expected an answer for one expiry, found open interest of several added up, or of none');
}

/** Where an answer comes from, for messages, and which index it is of: the answer itself names none. */
export interface LiveOiOrigin {
  readonly file: string;
  readonly underlying: Underlying;
}

/**
 * A `live-oi-data` answer as a page of open interest in units. It is a snapshot as of the end of the window that the server says it served, which need
 * not be the one that was asked for. The totals are not read: the server swaps those of the changes; sum the strikes.
 * @throws SOS_DATA_CORRUPT
 */
export function pageOfLiveOi(document: unknown, { file, underlying }: LiveOiOrigin): ChainPage {
  const body = child(document, 'body');
  const input = child(body, 'inputData');
  const strikes = child(body, 'oiData');
  const [date, until, updated] = [
    child(input, 'tradingDate'),
    child(input, 'maxTime'),
    child(input, 'lastUpdatedDateTime'),
  ];
  const availableAt = stampOf(updated);
  if (typeof strikes !== 'object' || strikes === null || typeof date !== 'string' || typeof until !== 'string')
    throw corruptFile(file, 'expected a live-oi-data answer with body.oiData and body.inputData, found neither');
  if (Number.isNaN(availableAt))
    throw corruptFile(file, `expected body.inputData.lastUpdatedDateTime as a time, found "${String(updated)}"`);
  const rows = Object.entries(strikes);
  const [call, put] = [makePageSide(rows.length), makePageSide(rows.length)];
  rows.forEach(([, row], i) => {
    call.openInterest[i] = numberAt(row, 'callOi');
    put.openInterest[i] = numberAt(row, 'putOi');
  });
  const expiry = parseIstDate(singleExpiry(file, input));
  return {
    file,
    underlying,
    eventTime: istInstant(parseIstDate(date), until),
    availableAt: availableAt as EpochMs,
    spot: numberAt(child(body, 'overallData'), 'spotPrice'),
    inLots: { volume: false, openInterest: false },
    rows: rows.length,
    inputRows: rows.length,
    expiry: rows.map(() => expiry),
    strike: Float64Array.from(rows, ([strike]) => Number(strike)),
    call,
    put,
  };
}

/** Reads a file with one `live-oi-data` answer; the file's name, or `named`, tells the index. @throws SOS_DATA_CORRUPT */
export async function readLiveOi(file: string, onBytes: (bytes: number) => void, named?: string): Promise<ChainPage> {
  let document: unknown;
  for await (const { documents } of jsonDocuments(file, onBytes)) document ??= documents[0];
  return pageOfLiveOi(document, { file, underlying: underlyingOfFile(file, named) });
}
