export { DeskLock, deskOwner } from './journal/desk-lock.js';
export {
  JournalFile,
  exportTrail,
  journalDates,
  openJournal,
  readJournal,
  type OpenJournalOptions,
  type OpenedJournal,
  type ReadJournal,
} from './journal/journal-file.js';
export { KillSwitchFile } from './journal/kill-switch-file.js';
export { SharedBudget } from './journal/shared-budget.js';
export { BAD_DAY, NO_FAULTS, type FaultMenu, type MessageFate } from './simulated/fault-plan.js';
export { SimulatedBroker, type SimulatedBrokerOptions } from './simulated/simulated-broker.js';
export {
  SimulatedExchange,
  type SimulatedExchangeOptions,
  type SimulatedTerms,
} from './simulated/simulated-exchange.js';
export type { ConnectTextSocket, TextSocket, TextSocketEvents } from './upstox/text-socket.js';
export {
  UPSTOX_BROKER_HOSTS,
  UpstoxBroker,
  type UpstoxBrokerHosts,
  type UpstoxBrokerOptions,
} from './upstox/upstox-broker.js';
export type { Fetch } from './upstox/upstox-http.js';
export { orderStatusOf, type ContractKeys } from './upstox/upstox-mapper.js';
