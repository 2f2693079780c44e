import { buildReport, type Report, type ReportTrials } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import type { ContractId, IstDate } from '@sos/domain';
import { parseContractId } from '@sos/symbol-master';

/** The expiry that a contract's id names; null for the index itself. */
export function expiryOf(id: ContractId): IstDate | null {
  const contract = parseContractId(id);
  return contract.kind === 'index' ? null : contract.expiry;
}

/** The report of a run as every command makes it. @param trials how often its data were tried; not counted when left out */
export function reportOfRun(result: RunResult, trials?: ReportTrials): Report {
  return buildReport(result, { expiryOf, ...(trials === undefined ? {} : { trials }) });
}
