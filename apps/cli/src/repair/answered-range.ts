import { isAppError, parseIstDate, type Contract, type IstDate } from '@sos/domain';
import { parseContractId } from '@sos/symbol-master';

/** One answer of a provider as the ledger names it: `upstox/NIFTY13JAN2625700CE 2026-01-05..2026-01-09`. */
export interface AnsweredRange {
  readonly name: string;
  readonly dataset: string;
  readonly contract: Contract;
  readonly from: IstDate;
  readonly to: IstDate;
}

const NAME = /^(.+)\/(\S+) (\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** Reads the name of a ledger line; null for one that is no answer of a provider. */
export function answeredRange(name: string): AnsweredRange | null {
  const [, dataset = '', id = '', from = '', to = ''] = NAME.exec(name) ?? [];
  if (dataset === '') return null;
  try {
    return { name, dataset, contract: parseContractId(id), from: parseIstDate(from), to: parseIstDate(to) };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** True when an answer to `wide` says everything again that one to `narrow` said. */
export function covers(wide: AnsweredRange, narrow: AnsweredRange): boolean {
  const isSame = wide.contract.id === narrow.contract.id && wide.dataset === narrow.dataset;
  return isSame && wide.from <= narrow.from && wide.to >= narrow.to;
}
