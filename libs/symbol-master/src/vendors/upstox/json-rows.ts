import { AppError } from '@sos/domain';
import { expiryOfEpoch, type MasterRow } from './master-row.js';

interface JsonRow {
  readonly segment?: unknown;
  readonly instrument_type?: unknown;
  readonly instrument_key?: unknown;
  readonly exchange_token?: unknown;
  readonly underlying_symbol?: unknown;
  readonly expiry?: unknown;
  readonly strike_price?: unknown;
  readonly lot_size?: unknown;
  readonly tick_size?: unknown;
  readonly freeze_quantity?: unknown;
}

// Only rows that name an index we know are worth parsing: one in twenty.
const WORTH_PARSING = /NIFTY|SENSEX|Nifty/;
const LONGEST_ROW = 10_000;
const TYPES: ReadonlySet<unknown> = new Set(['CE', 'PE', 'FUT']);

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function rowOf(json: JsonRow): MasterRow | null {
  const segment = asText(json.segment);
  const derivative = (segment === 'NSE_FO' || segment === 'BSE_FO') && TYPES.has(json.instrument_type);
  const index = (segment === 'NSE_INDEX' || segment === 'BSE_INDEX') && json.instrument_type === 'INDEX';
  if (!derivative && !index) return null;
  return {
    key: asText(json.instrument_key),
    token: asText(json.exchange_token),
    underlying: asText(json.underlying_symbol),
    type: json.instrument_type as MasterRow['type'],
    expiry: expiryOfEpoch(asNumber(json.expiry)),
    strike: asNumber(json.strike_price),
    lot: asNumber(json.lot_size),
    tickPaise: asNumber(json.tick_size),
    freeze: json.freeze_quantity === undefined ? null : asNumber(json.freeze_quantity),
  };
}

/** Takes the flat objects out of a JSON array that arrives in pieces. */
export class JsonRowScanner {
  #rest = '';
  rows = 0;

  /** Hands over the rows that became complete with this piece of text. @throws SOS_DATA_CORRUPT for a malformed row */
  push(chunk: string, take: (row: MasterRow) => void): void {
    const text = this.#rest + chunk;
    let done = 0;
    for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', done)) {
      const end = this.#takeRow(text, start, take);
      if (end < 0) break;
      done = end;
    }
    this.#rest = text.slice(done);
  }

  // Returns where the row ends, or -1 when it is not complete yet.
  #takeRow(text: string, start: number, take: (row: MasterRow) => void): number {
    let end = rowEnd(text, start);
    let json = end < 0 ? undefined : parseWorthy(text.slice(start, end));
    // A brace inside a quoted name looks like the end of a row until the text before it turns out to be no JSON.
    while (json === undefined && end >= 0) {
      end = rowEnd(text, end);
      if (end > start + LONGEST_ROW) throw this.#malformed(text.slice(start, start + 60));
      json = end < 0 ? undefined : parseWorthy(text.slice(start, end));
    }
    if (end < 0 && text.length - start > LONGEST_ROW) throw this.#malformed(text.slice(start, start + 60));
    if (end < 0 || json === undefined) return -1;
    this.rows += 1;
    const row = json === null ? null : rowOf(json);
    if (row !== null) take(row);
    return end;
  }

  #malformed(found: string): AppError {
    return new AppError(
      'SOS_DATA_CORRUPT',
      `expected a JSON object as row ${this.rows + 1} of the master, found ${found}`,
      {
        context: { row: this.rows + 1 },
      },
    );
  }

  /** @throws SOS_DATA_CORRUPT when the array was not closed, as in a truncated file */
  end(): void {
    if (!/^[\s,]*\]\s*$/.test(this.#rest))
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected the master to end with "]" after row ${this.rows}, found "${this.#rest.slice(0, 40)}"`,
        { context: { rows: this.rows } },
      );
  }
}

/** Index after a brace that can end a row: one followed by a comma, a bracket or white space; −1 when there is none yet. */
function rowEnd(text: string, from: number): number {
  for (let brace = text.indexOf('}', from); brace >= 0; brace = text.indexOf('}', brace + 1)) {
    const next = text.charCodeAt(brace + 1);
    if (next === 44 || next === 93 || next === 10 || next === 13 || next === 32) return brace + 1;
  }
  return -1;
}

/** The row's object, null when it is not worth parsing, undefined when it is no JSON. */
function parseWorthy(text: string): JsonRow | null | undefined {
  if (!WORTH_PARSING.test(text)) return null;
  try {
    return JSON.parse(text) as JsonRow;
  } catch {
    return undefined;
  }
}
