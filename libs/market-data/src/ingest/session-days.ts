import { MS_PER_MINUTE, type Contract, type IstDate } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import { indexWindows, sessionWindows } from '../importers/session-windows.js';

/** The stretches of a day in which a contract is priced: an index ends at 15:30 also where options trade on. */
export function windowsOf(contract: Pick<Contract, 'kind'>, day: IstDate): readonly SessionWindow[] {
  return contract.kind === 'index' ? indexWindows(day) : sessionWindows(day);
}

/** One-minute bars of a whole day of a contract. */
export function expectedMinutes(contract: Pick<Contract, 'kind'>, day: IstDate): number {
  return windowsOf(contract, day).reduce((sum, w) => sum + Math.round((w.close - w.open) / MS_PER_MINUTE), 0);
}
