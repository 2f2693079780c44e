import { parseIstDate } from '@sos/domain';
import type { RetryBudget } from '../http/vendor-client.js';
import type { ProviderCapabilities } from '../provider.js';

/** Where Upstox is: changed only to speak to a stand-in. */
export interface UpstoxHosts {
  readonly api: string;
  readonly assets: string;
}

/** Where Upstox's interfaces are. */
export const UPSTOX_HOSTS: UpstoxHosts = { api: 'https://api.upstox.com', assets: 'https://assets.upstox.com' };

// A call without one is answered with 403 by the vendor's content network.
export const USER_AGENT = 'sos-market-data/1';

// Upstox allows 50 a second, 500 a minute and 2,000 per 30 minutes for each of its interfaces: one tenth stays for other programs of the user.
const RATE_LIMITS = [
  { calls: 45, ms: 1_000 },
  { calls: 450, ms: 60_000 },
  { calls: 1_800, ms: 1_800_000 },
] as const;

export const UPSTOX_RETRY: RetryBudget = {
  attempts: 8,
  firstBackoffMs: 500,
  maxBackoffMs: 30_000,
  totalMs: 600_000,
  timeoutMs: 30_000,
};

export const UPSTOX_CAPABILITIES: ProviderCapabilities = {
  candles: ['index', 'future', 'option'],
  candlesSince: parseIstDate('2022-01-01'),
  expiredContracts: true,
  candleDaysPerRequest: 28,
  quotesPerRequest: 500,
  feedInstruments: 2_000,
  rateLimits: RATE_LIMITS,
};

/** Instruments of one connection by mode of the wire. */
export const FEED_LIMITS = { ltpc: 5_000, option_greeks: 3_000, full: 2_000 } as const;
