import { z } from 'zod';
import type { RetryBudget } from '../http/vendor-client.js';
import type { ProviderCapabilities } from '../provider.js';

// The site bears one request a second; faster callers lose their session.
const LEAST_INTERVAL_MS = 1_000;

/** The settings of the NSE provider, as they stand under `nse` in a settings file. */
export const NseConfig = z.strictObject({
  base: z.url({ protocol: /^https?$/ }).default('https://www.nseindia.com'),
  /** Least milliseconds between two requests. */
  minIntervalMs: z.number().int().min(LEAST_INTERVAL_MS).default(LEAST_INTERVAL_MS),
});

/** Settings as they are written: everything may be left out. */
export type NseConfigInput = z.input<typeof NseConfig>;

/** Pages that hand out the site's cookies, in a reader's order. */
export const NSE_WARM_UP = ['/', '/option-chain'] as const;

/** Cookies are good for about a minute or ten requests. */
export const NSE_RENEWAL = { ms: 60_000, calls: 10 } as const;

export const NSE_RETRY: RetryBudget = {
  attempts: 6,
  firstBackoffMs: 1_000,
  maxBackoffMs: 30_000,
  totalMs: 300_000,
  timeoutMs: 20_000,
};

export const NSE_HEADERS: Readonly<Record<string, string>> = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
  'Accept-Language': 'en-US,en;q=0.9',
};

/** What the provider can do at a spacing of its requests. */
export function nseCapabilities(minIntervalMs: number): ProviderCapabilities {
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
