import { z } from 'zod';
import type { RetryBudget } from '../http/vendor-client.js';
import type { ProviderCapabilities } from '../provider.js';

// The site has no contract with its callers: 0.2 s is the shortest spacing that was seen to be borne, half a second is polite.
const LEAST_INTERVAL_MS = 200;
const DEFAULT_INTERVAL_MS = 500;

/** The settings of the Trendlyne provider, as they stand under `trendlyne` in a settings file. */
export const TrendlyneConfig = z.strictObject({
  /** Off unless switched on: the interface is not published, and the site's terms are the user's business. */
  enabled: z.boolean().default(false),
  base: z.url({ protocol: /^https?$/ }).default('https://smartoptions.trendlyne.com'),
  /** Least milliseconds between two requests. */
  minIntervalMs: z.number().int().min(LEAST_INTERVAL_MS).default(DEFAULT_INTERVAL_MS),
});

/** Settings as they are written: everything may be left out. */
export type TrendlyneConfigInput = z.input<typeof TrendlyneConfig>;

export const TRENDLYNE_API = '/phoenix/api';

export const TRENDLYNE_RETRY: RetryBudget = {
  attempts: 6,
  firstBackoffMs: 1_000,
  maxBackoffMs: 30_000,
  totalMs: 300_000,
  timeoutMs: 20_000,
};

export const TRENDLYNE_HEADERS: Readonly<Record<string, string>> = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
  'Accept-Language': 'en-US,en;q=0.9',
};

/** Cookies last an hour. */
export const TRENDLYNE_RENEWAL = { ms: 3_600_000, calls: Number.MAX_SAFE_INTEGER } as const;

/** What the provider can do at a spacing of its requests. */
export function trendlyneCapabilities(minIntervalMs: number): ProviderCapabilities {
  return {
    candles: [],
    candlesSince: null,
    expiredContracts: false,
    candleDaysPerRequest: 0,
    quotesPerRequest: 0,
    feedInstruments: 0,
    rateLimits: [{ calls: 1, ms: minIntervalMs }],
  };
}
