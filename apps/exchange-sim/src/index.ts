export { createExchangeServer, type ExchangeServer, type ExchangeServerOptions } from './exchange-server.js';
export type { FaultScriptInput } from './fault-script.js';
export { createNseServer, type BreadthCounts, type NseServerOptions } from './nse/nse-server.js';
export { StandingClock, runningClock, type SimClock } from './sim-clock.js';
export type { SiteServer, SiteServerOptions } from './site-server.js';
export {
  createTradingViewServer,
  type TradingViewServer,
  type TradingViewServerOptions,
} from './tradingview/tradingview-server.js';
export { createTrendlyneServer, type TrendlyneServerOptions } from './trendlyne/trendlyne-server.js';
export type { SimulatedApp } from './upstox/login-routes.js';
