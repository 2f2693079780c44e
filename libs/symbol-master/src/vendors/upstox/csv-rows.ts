import { AppError, UNDERLYINGS } from '@sos/domain';
import { expiryOfText, type MasterRow } from './master-row.js';

const COLUMNS = [
  'instrument_key',
  'exchange_token',
  'tradingsymbol',
  'name',
  'last_price',
  'expiry',
  'strike',
  'tick_size',
  'lot_size',
  'instrument_type',
  'option_type',
  'exchange',
] as const;
type Column = (typeof COLUMNS)[number];
const WORTH_PARSING = /"(?:OPTIDX|FUTIDX|INDEX)"/;
const FIELD = /"((?:[^"]|"")*)"|([^,]*)/y;
// `SENSEX5024613…` is SENSEX50: the two digits after a base must be a year of this listing, not part of another name.
const BASE = new RegExp(`^(${UNDERLYINGS.join('|')})(?=2\\d(?:[1-9OND]\\d\\d|[A-Z]{3}))`);

/** Splits a line of comma-separated, optionally quoted fields. */
export function csvFields(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    FIELD.lastIndex = at;
    const m = FIELD.exec(line);
    fields.push(m?.[1]?.replaceAll('""', '"') ?? m?.[2] ?? '');
    at = FIELD.lastIndex + 1;
  }
  return fields;
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Reads the lines of a legacy CSV master that arrives in pieces. */
export class CsvRowScanner {
  #rest = '';
  #header: ReadonlyMap<string, number> | null = null;
  rows = 0;

  /** Hands over the rows that became complete with this piece of text. @throws SOS_DATA_CORRUPT for a wrong header or row */
  push(chunk: string, take: (row: MasterRow) => void): void {
    const text = this.#rest + chunk;
    let done = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', done)) {
      this.#takeLine(text.slice(done, end), take);
      done = end + 1;
    }
    this.#rest = text.slice(done);
  }

  /** Hands over a last line without a line end. @throws SOS_DATA_CORRUPT when that line was cut off */
  end(take: (row: MasterRow) => void): void {
    if (this.#rest !== '') this.#takeLine(this.#rest, take);
    this.#rest = '';
    if (this.#header === null)
      throw new AppError('SOS_DATA_CORRUPT', 'expected a header line in the master, found no line');
  }

  #takeLine(line: string, take: (row: MasterRow) => void): void {
    if (this.#header === null) {
      this.#header = headerOf(line);
      return;
    }
    if (line.trim() === '') return;
    this.rows += 1;
    const whole = line.trimEnd().endsWith('"');
    if (whole && !WORTH_PARSING.test(line)) return;
    const fields = csvFields(line.trimEnd());
    if (fields.length !== this.#header.size)
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected ${this.#header.size} fields in row ${this.rows} of the master, found ${fields.length}`,
        { context: { row: this.rows } },
      );
    const row = rowOf(fields, this.#header);
    if (row !== null) take(row);
  }
}

function headerOf(line: string): Map<string, number> {
  const names = csvFields(line.trimEnd());
  const header = new Map(names.map((name, i) => [name.trim(), i]));
  const missing = COLUMNS.filter((name) => !header.has(name));
  if (missing.length > 0)
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected the columns ${COLUMNS.join(', ')}, found none of ${missing.join(', ')}`,
    );
  return header;
}

const DERIVATIVES: ReadonlySet<string> = new Set(['OPTIDX', 'FUTIDX']);

function rowOf(fields: readonly string[], header: ReadonlyMap<string, number>): MasterRow | null {
  const get = (name: Column): string => fields[header.get(name) ?? -1] ?? '';
  const [kind, exchange] = [get('instrument_type'), get('exchange')];
  const index = kind === 'INDEX' && /^[NB]SE_INDEX$/.test(exchange);
  if (!index && !(DERIVATIVES.has(kind) && /^[NB]SE_FO$/.test(exchange))) return null;
  return {
    key: get('instrument_key'),
    token: get('exchange_token'),
    underlying: BASE.exec(get('tradingsymbol'))?.[1] ?? '',
    type: index ? 'INDEX' : kind === 'FUTIDX' ? 'FUT' : get('option_type') === 'CE' ? 'CE' : 'PE',
    expiry: expiryOfText(get('expiry')),
    strike: numberOf(get('strike')),
    lot: numberOf(get('lot_size')),
    tickPaise: Math.round(numberOf(get('tick_size')) * 100),
    freeze: null,
  };
}
