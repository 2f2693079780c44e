export { createExchangeServer, type ExchangeServer, type ExchangeServerOptions } from './exchange-server.js';
export type { FaultScriptInput } from './faults.js';
export { StandingClock, runningClock, type SimClock } from './sim-clock.js';
export type { SimulatedApp } from './upstox/login-routes.js';
