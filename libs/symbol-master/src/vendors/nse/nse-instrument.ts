import { isUnderlying, parseIstDate, type Contract, type IstDate, type Right } from '@sos/domain';
import { futureContract, optionContract } from '../../contracts/contract-pool.js';
import { dateFrom, dateParts } from '../../contracts/day-month-year.js';
import { unknownVendorSymbol } from '../../contracts/unknown-symbol.js';

/** The naming columns of a UDiFF bhavcopy row (since 2024-07-08), as text. */
export interface UdiffNames {
  /** `IDO` index option, `IDF` index future. */
  readonly FinInstrmTp: string;
  readonly TckrSymb: string;
  /** `YYYY-MM-DD` */
  readonly XpryDt: string;
  readonly StrkPric: string;
  readonly OptnTp: string;
}

/** The naming columns of a bhavcopy row of the old format (to 2024-07-05), as text. */
export interface LegacyBhavNames {
  /** `OPTIDX` or `FUTIDX`. */
  readonly INSTRUMENT: string;
  readonly SYMBOL: string;
  /** `25-Jul-2024` */
  readonly EXPIRY_DT: string;
  readonly STRIKE_PR: string;
  readonly OPTION_TYP: string;
}

interface Names {
  readonly symbol: string;
  readonly expiry: IstDate | null;
  readonly strike: string;
  readonly right: string;
  readonly option: boolean;
  readonly future: boolean;
}

function contractOf(names: Names, describe: string): Contract {
  const { symbol, expiry, strike, right } = names;
  if (!isUnderlying(symbol) || expiry === null)
    throw unknownVendorSymbol('NSE', 'IDO NIFTY 2026-01-20 25000 CE', describe);
  if (names.future) return futureContract(symbol, expiry);
  if (!names.option || !isRight(right) || !/^\d+(\.\d+)?$/.test(strike))
    throw unknownVendorSymbol('NSE', 'IDO NIFTY 2026-01-20 25000 CE', describe);
  return optionContract({ underlying: symbol, expiry, strike: Number(strike), right });
}

function isRight(text: string): text is Right {
  return text === 'CE' || text === 'PE';
}

function isoDate(text: string): IstDate | null {
  try {
    return parseIstDate(text);
  } catch {
    return null;
  }
}

/** `25-Jul-2024` and `25-JUL-2024`. */
export function parseNseDate(text: string): IstDate | null {
  const m = /^(\d{2})-([A-Za-z]{3})-20(\d{2})$/.exec(text.trim());
  return m === null ? null : dateFrom(m[1] ?? '', (m[2] ?? '').toUpperCase(), m[3] ?? '');
}

/** `25-Jul-2024`, as NSE writes dates in the old bhavcopy and in its option chain. */
export function formatNseDate(date: IstDate): string {
  const d = dateParts(date);
  return `${d.day}-${d.monthName[0] ?? ''}${d.monthName.slice(1).toLowerCase()}-${d.year4}`;
}

/** The contract of a UDiFF bhavcopy row. @throws SOS_UNKNOWN_SYMBOL for other instruments */
export function contractOfUdiff(row: UdiffNames): Contract {
  return contractOf(
    {
      symbol: row.TckrSymb,
      expiry: isoDate(row.XpryDt),
      strike: row.StrkPric,
      right: row.OptnTp,
      option: row.FinInstrmTp === 'IDO',
      future: row.FinInstrmTp === 'IDF',
    },
    `${row.FinInstrmTp} ${row.TckrSymb} ${row.XpryDt} ${row.StrkPric} ${row.OptnTp}`,
  );
}

/** The contract of a bhavcopy row of the old format. @throws SOS_UNKNOWN_SYMBOL for other instruments */
export function contractOfLegacyBhav(row: LegacyBhavNames): Contract {
  return contractOf(
    {
      symbol: row.SYMBOL,
      expiry: parseNseDate(row.EXPIRY_DT),
      strike: row.STRIKE_PR,
      right: row.OPTION_TYP,
      option: row.INSTRUMENT === 'OPTIDX',
      future: row.INSTRUMENT === 'FUTIDX',
    },
    `${row.INSTRUMENT} ${row.SYMBOL} ${row.EXPIRY_DT} ${row.STRIKE_PR} ${row.OPTION_TYP}`,
  );
}

/** The naming columns of a contract in a UDiFF bhavcopy; an index has none (null). */
export function udiffNames(contract: Contract): UdiffNames | null {
  if (contract.kind === 'index') return null;
  const option = contract.kind === 'option';
  return {
    FinInstrmTp: option ? 'IDO' : 'IDF',
    TckrSymb: contract.underlying,
    XpryDt: contract.expiry,
    StrkPric: option ? contract.strike.toFixed(2) : '',
    OptnTp: option ? contract.right : '',
  };
}

/** The naming columns of a contract in an old bhavcopy; an index has none (null). */
export function legacyBhavNames(contract: Contract): LegacyBhavNames | null {
  if (contract.kind === 'index') return null;
  const option = contract.kind === 'option';
  return {
    INSTRUMENT: option ? 'OPTIDX' : 'FUTIDX',
    SYMBOL: contract.underlying,
    EXPIRY_DT: formatNseDate(contract.expiry),
    STRIKE_PR: option ? String(contract.strike) : '0',
    OPTION_TYP: option ? contract.right : 'XX',
  };
}
