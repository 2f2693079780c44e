export { BAD_DAY, NO_FAULTS, type FaultMenu } from './simulated/fault-plan.js';
export { SimulatedBroker, type SimulatedBrokerOptions } from './simulated/simulated-broker.js';
export {
  SimulatedExchange,
  type SimulatedExchangeOptions,
  type SimulatedTerms,
} from './simulated/simulated-exchange.js';
