import {
  AppError,
  UNDERLYINGS,
  isUnderlying,
  type Contract,
  type ContractId,
  type IstDate,
  type Right,
  type Underlying,
} from '@sos/domain';
import { dateFrom } from './day-month-year.js';
import { STRIKE_PATTERN } from './strike-text.js';
import { futureContract, indexContract, optionContract } from './contract-pool.js';
import { suggestUnderlying } from './underlying-name.js';

/** What a contract id says: an index, a dated future or a dated option. */
export type ContractParts =
  | { readonly kind: 'index'; readonly underlying: Underlying }
  | { readonly kind: 'future'; readonly underlying: Underlying; readonly expiry: IstDate }
  | {
      readonly kind: 'option';
      readonly underlying: Underlying;
      readonly expiry: IstDate;
      readonly strike: number;
      readonly right: Right;
    };

const DERIVATIVE = new RegExp(
  `^(${UNDERLYINGS.join('|')})(\\d{2})([A-Z]{3})(\\d{2})(?:(FUT)|(${STRIKE_PATTERN})(CE|PE))$`,
);
const SHAPE = /^([A-Z&-]+?)(\d{2}[A-Z]{3}\d{2}(?:FUT|[\d.]+(?:CE|PE)))?$/i;

/**
 * The canonical id: `NIFTY`, `NIFTY27JAN26FUT`, `NIFTY20JAN2625700CE` (the OpenAlgo grammar with the real expiry date).
 * @throws SOS_INPUT for a strike that is not above 0 or has more than two decimals, or a malformed date
 */
export function formatContractId(parts: ContractParts): ContractId {
  if (parts.kind === 'index') return indexContract(parts.underlying).id;
  if (parts.kind === 'future') return futureContract(parts.underlying, parts.expiry).id;
  return optionContract(parts).id;
}

/**
 * Reads a canonical id; the exact inverse of `formatContractId`. Equal ids give the same object.
 * @throws SOS_UNKNOWN_SYMBOL with the nearest spelling
 */
export function parseContractId(text: string): Contract {
  if (isUnderlying(text)) return indexContract(text);
  const m = DERIVATIVE.exec(text);
  const expiry = m === null ? null : dateFrom(m[2] ?? '', m[3] ?? '', m[4] ?? '');
  if (m === null || expiry === null) throw unknownSymbol(text);
  const underlying = m[1] as Underlying;
  if (m[5] === 'FUT') return futureContract(underlying, expiry);
  return optionContract({ underlying, expiry, strike: Number(m[6]), right: m[7] as Right });
}

function correction(text: string): string {
  const upper = text.trim().toUpperCase();
  if (upper !== text && (isUnderlying(upper) || DERIVATIVE.test(upper))) return ` (did you mean ${upper}?)`;
  const m = SHAPE.exec(upper);
  const hint = suggestUnderlying(m?.[1] ?? upper);
  const nearest = /did you mean ([A-Z]+)/.exec(hint)?.[1];
  if (nearest === undefined || m?.[2] === undefined) return hint;
  return ` (did you mean ${nearest}${m[2]}?)`;
}

function unknownSymbol(text: string): AppError {
  return new AppError(
    'SOS_UNKNOWN_SYMBOL',
    `expected a contract like NIFTY20JAN2625700CE, NIFTY27JAN26FUT or NIFTY, found "${text}"${correction(text)}`,
    { context: { text } },
  );
}
