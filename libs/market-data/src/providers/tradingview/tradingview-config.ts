import type { RetryBudget } from '../http/vendor-client.js';
import type { ProviderCapabilities } from '../provider.js';

/** Where TradingView's socket is: changed only to speak to a stand-in. */
export const TRADINGVIEW_SOCKET = 'wss://data.tradingview.com/socket.io/websocket?from=chart&type=chart';

/** Without it the handshake is refused. */
export const ORIGIN = 'https://www.tradingview.com';

/** What the vendor's own page sends when nobody is logged in. */
export const NOBODY = 'unauthorized_user_token';

/** Bars of one request. */
export const PAGE_BARS = 5_000;

/** Instruments of one feed; those in mode `full` have a chart of their own. */
export const FEED_LIMITS = { quotes: 200, charts: 40 } as const;

// No limits are published; requests in a tight loop were seen to be blocked. Each asking is a connection of its own.
const RATE_LIMITS = [
  { calls: 1, ms: 1_000 },
  { calls: 20, ms: 60_000 },
] as const;

export const TRADINGVIEW_RETRY: RetryBudget = {
  attempts: 6,
  firstBackoffMs: 1_000,
  maxBackoffMs: 30_000,
  totalMs: 300_000,
  timeoutMs: 20_000,
};

export const TRADINGVIEW_CAPABILITIES: ProviderCapabilities = {
  candles: ['index', 'option'],
  candlesSince: null,
  expiredContracts: false,
  // 5,000 bars are 13 sessions; older ones are paged back to, as far as the plan of the login goes.
  candleDaysPerRequest: 17,
  quotesPerRequest: 100,
  feedInstruments: FEED_LIMITS.quotes,
  rateLimits: RATE_LIMITS,
};
