import { AppError, isAppError } from '@sos/domain';
import type { ProviderRuntime } from '../runtime.js';
import { CookieJar } from './cookie-jar.js';
import { unpackedText } from './unpacked-text.js';
import { VendorClient, type RetryBudget } from './vendor-client.js';

/** The settings of a session with a web site that answers browsers only. */
export interface BrowserSessionOptions {
  readonly vendor: string;
  readonly runtime: ProviderRuntime;
  readonly base: string;
  /** Pages that hand out the cookies, in the order in which a reader opens them. */
  readonly warmUp: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Least time between two requests of any kind, warm-up included. */
  readonly minIntervalMs: number;
  readonly retry: RetryBudget;
  /** Cookies are fetched anew after so long or so many requests. */
  readonly renewAfter: { readonly ms: number; readonly calls: number };
  /** What the user does when even fresh cookies are refused. */
  readonly nextStep: string;
  /** A cookie whose value the site wants to see in a header too. */
  readonly echo?: { readonly cookie: string; readonly header: string };
}

/** An answer, or why the session was refused. */
type Attempt = { readonly body: unknown } | { readonly refused: AppError };

// One limiter for all: the site counts requests, whatever they ask.
const API = 'site';

/** True for `{}`: how such sites say that they do not want to answer, or have nothing. */
export function isNothing(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
}

/**
 * JSON from a site that answers browsers only: cookies are fetched before the first request, renewed by age and use, and once more when the site answers
 * 401, 403, a page instead of JSON, or `{}`. One request at a time within the interval; passing faults are retried within the budget.
 */
export class BrowserSession {
  private readonly options: BrowserSessionOptions;
  private readonly http: VendorClient;
  private readonly jar = new CookieJar();
  /** Counts warm-ups; 0 = none yet. */
  private generation = 0;
  private warmedAt = 0;
  private calls = 0;
  private warming: Promise<void> | null = null;

  constructor(options: BrowserSessionOptions) {
    this.options = options;
    const { vendor, runtime, minIntervalMs, retry } = options;
    this.http = new VendorClient({
      vendor,
      runtime,
      retry,
      rateLimits: [{ calls: 1, ms: minIntervalMs }],
      secrets: () => this.jar.values(),
      refusal: (status, _body, where) => this.refusal(where, `HTTP ${status}`, status === 401 || status === 403),
    });
  }

  /**
   * The answer of an address; `{}` when the site has nothing to say even to fresh cookies.
   * @throws SOS_AUTH when fresh cookies are refused, SOS_INPUT for an address the site does not know, SOS_NETWORK
   */
  async json(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const url = this.urlOf(path, query);
    if (this.isStale()) await this.renew(this.generation);
    const used = this.generation;
    this.calls++;
    const first = await this.attempt(url);
    if ('body' in first && !isNothing(first.body)) return first.body;
    await this.renew(used);
    this.calls++;
    const second = await this.attempt(url);
    if ('refused' in second) throw second.refused;
    return second.body;
  }

  private isStale(): boolean {
    const { renewAfter, runtime } = this.options;
    return (
      this.generation === 0 || runtime.monotonic() - this.warmedAt >= renewAfter.ms || this.calls >= renewAfter.calls
    );
  }

  /** Fetches cookies unless somebody did since `generation`; callers at the same time share one round. */
  private async renew(generation: number): Promise<void> {
    if (generation !== this.generation) return;
    this.warming ??= this.visit().finally(() => {
      this.warming = null;
    });
    await this.warming;
  }

  private async visit(): Promise<void> {
    this.jar.clear();
    for (const path of this.options.warmUp) {
      const headers = this.headers('text/html,application/xhtml+xml,*/*;q=0.8');
      await this.http.call({ api: API, url: this.urlOf(path, {}), headers }, async (response) => {
        await response.arrayBuffer();
        this.jar.take(response.headers);
      });
    }
    this.warmedAt = this.options.runtime.monotonic();
    this.calls = 0;
    this.generation++;
  }

  private async attempt(url: string): Promise<Attempt> {
    const call = { api: API, url, headers: this.headers('application/json,*/*;q=0.8') };
    try {
      const body = await this.http.call(call, async (response) => {
        const text = unpackedText(Buffer.from(await response.arrayBuffer()));
        if (/^\s*</.test(text)) throw this.refusal(url, 'a page instead of JSON', true);
        const parsed: unknown = JSON.parse(text);
        this.jar.take(response.headers);
        return parsed;
      });
      return { body };
    } catch (error) {
      if (isAppError(error) && error.code === 'SOS_AUTH') return { refused: error };
      throw error;
    }
  }

  private headers(accept: string): Record<string, string> {
    const { headers, echo } = this.options;
    const cookie = this.jar.header();
    const echoed = echo === undefined ? null : this.jar.get(echo.cookie);
    return {
      ...headers,
      Accept: accept,
      'Accept-Encoding': 'gzip, deflate, br',
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(echo === undefined || echoed === null ? {} : { [echo.header]: echoed.reveal() }),
    };
  }

  private urlOf(path: string, query: Readonly<Record<string, string>>): string {
    const url = new URL(path, this.options.base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  private refusal(where: string, found: string, isRefusedSession: boolean): AppError {
    const { vendor, nextStep } = this.options;
    const address = where.split('?')[0] ?? '';
    const next = isRefusedSession ? nextStep : 'correct the request';
    return new AppError(
      isRefusedSession ? 'SOS_AUTH' : 'SOS_INPUT',
      `expected ${vendor} to answer ${address}, found ${found}; ${next}`,
      { context: { vendor, url: address } },
    );
  }
}
