import { AppError, isAppError } from '@sos/domain';
import type { ProviderRuntime } from '../runtime.js';
import { printableCause, printableUrl, type Secret } from '../secret.js';
import { RateLimiter, type RateWindow } from './rate-limiter.js';
import { retryAfterMs } from './retry-after.js';

/** One call of a vendor's HTTP interface. */
export interface VendorCall {
  /** Which of the vendor's limits the call counts against: its calls share one limiter. */
  readonly api: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False for a call that must not be made twice, such as spending a login code. */
  readonly repeatable?: boolean;
}

/** How long a vendor is asked again after a passing fault. */
export interface RetryBudget {
  readonly attempts: number;
  /** Longest wait before an attempt that the vendor did not ask for. */
  readonly maxBackoffMs: number;
  readonly firstBackoffMs: number;
  /** No new attempt later than this after the first. */
  readonly totalMs: number;
  /** An answer that takes longer counts as a fault. */
  readonly timeoutMs: number;
}

/** The settings of a vendor's HTTP client. */
export interface VendorClientOptions {
  readonly vendor: string;
  readonly runtime: ProviderRuntime;
  readonly rateLimits: readonly RateWindow[];
  readonly retry: RetryBudget;
  /** Values that must never be printed. */
  readonly secrets: () => Iterable<Secret>;
  /** The vendor's refusal (a status that asking again will not change) as an error: what was expected, what to do next. */
  readonly refusal: (status: number, body: string, where: string) => AppError;
}

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** A fault that may pass by itself, with the wait that the vendor asked for. */
class Passing extends Error {
  readonly waitMs: number;

  constructor(message: string, waitMs = 0, cause?: unknown) {
    super(message, { cause });
    this.waitMs = waitMs;
  }
}

/**
 * Calls a vendor within its rate limits and asks again, with full jitter and within a budget, after 429, 5xx, timeouts, lost connections and
 * answers that are cut off. Refusals are not repeated. No error or message holds a secret or a query.
 */
export class VendorClient {
  private readonly options: VendorClientOptions;
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(options: VendorClientOptions) {
    this.options = options;
  }

  /**
   * The answer as `consume` reads it; a failure while reading (a cut-off body) counts as a passing fault, an AppError does not.
   * @throws SOS_NETWORK when the budget is spent, or what `refusal` makes of the vendor's answer
   */
  async call<T>(call: VendorCall, consume: (response: Response) => Promise<T>): Promise<T> {
    const { retry, runtime } = this.options;
    const limiter = this.limiterOf(call.api);
    const deadline = runtime.monotonic() + retry.totalMs;
    for (let attempt = 1; ; attempt++) {
      await limiter.pass();
      try {
        return await this.attempt(call, consume);
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        if (error.waitMs > 0) limiter.hold(error.waitMs);
        const wait = Math.max(error.waitMs, this.backoff(attempt));
        const last = attempt >= retry.attempts || call.repeatable === false || runtime.monotonic() + wait > deadline;
        if (last) throw this.spent(call, attempt, error);
        await runtime.sleep(wait);
      }
    }
  }

  private limiterOf(api: string): RateLimiter {
    let limiter = this.limiters.get(api);
    if (limiter === undefined) {
      limiter = new RateLimiter(this.options.rateLimits, this.options.runtime);
      this.limiters.set(api, limiter);
    }
    return limiter;
  }

  private backoff(attempt: number): number {
    const { retry, runtime } = this.options;
    return runtime.random() * Math.min(retry.maxBackoffMs, retry.firstBackoffMs * 2 ** (attempt - 1));
  }

  private spent(call: VendorCall, attempts: number, fault: Passing): AppError {
    const { vendor, secrets } = this.options;
    const where = printableUrl(call.url);
    return new AppError(
      'SOS_NETWORK',
      `expected an answer of ${vendor} at ${where}, found after ${attempts} attempts: ${fault.message}`,
      { context: { vendor, attempts, url: where }, cause: printableCause(fault.cause ?? fault, secrets()) },
    );
  }

  private async attempt<T>(call: VendorCall, consume: (response: Response) => Promise<T>): Promise<T> {
    const { runtime, retry } = this.options;
    const abort = new AbortController();
    const timer = new AbortController();
    const timeout = runtime.sleep(retry.timeoutMs, timer.signal).then((): never => {
      abort.abort();
      throw new Passing(`no whole answer within ${retry.timeoutMs} ms`);
    });
    // Left unobserved when the answer came in time.
    timeout.catch(() => undefined);
    try {
      return await Promise.race([this.exchange(call, consume, abort.signal), timeout]);
    } finally {
      timer.abort();
    }
  }

  private async exchange<T>(
    call: VendorCall,
    consume: (response: Response) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { method = 'GET', headers = {}, body } = call;
    const response = await this.reach(() =>
      this.options.runtime.fetch(call.url, { method, headers, signal, ...(body === undefined ? {} : { body }) }),
    );
    if (response.ok) return await this.reach(() => consume(response));
    const text = await response.text().catch(() => '');
    if (TRANSIENT.has(response.status))
      throw new Passing(`HTTP ${response.status}`, retryAfterMs(response.headers, this.options.runtime.now()));
    throw this.options.refusal(response.status, text, printableUrl(call.url));
  }

  private async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isAppError(error)) throw error;
      const safe = printableCause(error, this.options.secrets());
      throw new Passing(safe.message, 0, error);
    }
  }
}
