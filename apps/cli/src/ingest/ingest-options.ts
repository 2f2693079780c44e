import { AppError, type IstDate, type Underlying } from '@sos/domain';
import { parseUnderlying } from '@sos/symbol-master';
import { parseDateRange } from '../options/dates.js';
import { parseList } from '../options/lists.js';

/** Options of `sos ingest` as given. */
export interface IngestOptions {
  readonly symbol?: string;
  readonly fromDate?: string;
  readonly toDate?: string;
  readonly provider?: string;
  readonly fullOptions?: boolean;
  readonly json?: boolean;
}

/** What is to be ingested, checked. */
export interface IngestPlan {
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  /** Empty = those of the settings. */
  readonly providers: readonly string[];
  readonly fullOptions: boolean;
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new AppError('SOS_INPUT', `expected ${option}, found nothing`);
}

/** Checks what can be checked without data. @throws SOS_UNKNOWN_SYMBOL, SOS_DATE_RANGE, SOS_INPUT */
export function planIngest(options: IngestOptions): IngestPlan {
  const names = parseList(required('--symbol <names>', options.symbol));
  if (names.length === 0) throw new AppError('SOS_INPUT', 'expected --symbol with at least one underlying, found none');
  const range = parseDateRange(
    required('--from-date <day>', options.fromDate),
    required('--to-date <day>', options.toDate),
  );
  return {
    underlyings: [...new Set(names.map(parseUnderlying))],
    ...range,
    providers: options.provider === undefined ? [] : parseList(options.provider),
    fullOptions: options.fullOptions === true,
  };
}
