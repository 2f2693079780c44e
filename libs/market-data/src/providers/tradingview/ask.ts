import { AppError, isAppError } from '@sos/domain';
import { z } from 'zod';
import { RateLimiter } from '../http/rate-limiter.js';
import type { ProviderRuntime } from '../runtime.js';
import { redact, type Secret } from '../secret.js';
import { Dialogue } from './dialogue.js';
import { TRADINGVIEW_CAPABILITIES, TRADINGVIEW_RETRY } from './tradingview-config.js';

/** The settings of an asker. */
export interface AskerOptions {
  readonly runtime: ProviderRuntime;
  readonly address: string;
  readonly token: () => Secret | null;
}

/** Asks on a fresh connection each time, within the rate limits, and again, with full jitter and within a budget, after a passing fault. */
export class Asker {
  private readonly options: AskerOptions;
  private readonly limiter: RateLimiter;

  constructor(options: AskerOptions) {
    this.options = options;
    this.limiter = new RateLimiter(TRADINGVIEW_CAPABILITIES.rateLimits, options.runtime);
  }

  /** @throws SOS_NETWORK when the budget is spent, SOS_DATA_CORRUPT for an answer of another layout, or what the vendor's refusal means */
  async ask<T>(what: string, work: (dialogue: Dialogue) => Promise<T>): Promise<T> {
    const { runtime } = this.options;
    const { attempts, firstBackoffMs, maxBackoffMs, totalMs } = TRADINGVIEW_RETRY;
    const deadline = runtime.monotonic() + totalMs;
    for (let attempt = 1; ; attempt++) {
      await this.limiter.pass();
      try {
        return await this.attempt(work);
      } catch (error) {
        const fault = this.faultOf(error, what);
        const wait = runtime.random() * Math.min(maxBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
        if (!fault.retryable) throw fault;
        if (attempt >= attempts || runtime.monotonic() + wait > deadline) throw spent(fault, what, attempt);
        await runtime.sleep(wait);
      }
    }
  }

  private async attempt<T>(work: (dialogue: Dialogue) => Promise<T>): Promise<T> {
    const { runtime, address, token } = this.options;
    const dialogue = new Dialogue({ runtime, address, token: token(), timeoutMs: TRADINGVIEW_RETRY.timeoutMs });
    try {
      return await work(dialogue);
    } finally {
      dialogue.end();
    }
  }

  private faultOf(error: unknown, what: string): AppError {
    if (isAppError(error)) return error;
    if (!(error instanceof z.ZodError)) throw error;
    const found = redact(z.prettifyError(error)).slice(0, 300);
    return new AppError('SOS_DATA_CORRUPT', `expected ${what} in TradingView's layout, found: ${found}`, {
      context: { vendor: 'tradingview' },
    });
  }
}

function spent(fault: AppError, what: string, attempts: number): AppError {
  return new AppError(
    'SOS_NETWORK',
    `expected ${what} of TradingView, found after ${attempts} attempts: ${fault.message}`,
    {
      context: { vendor: 'tradingview', attempts },
      cause: fault,
    },
  );
}
