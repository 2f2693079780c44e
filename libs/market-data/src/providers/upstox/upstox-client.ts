import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { AppError, type IstDate } from '@sos/domain';
import { loadUpstoxMaster, type InstrumentMaster } from '@sos/symbol-master';
import { z } from 'zod';
import { VendorClient, type VendorCall } from '../http/vendor-client.js';
import type { ProviderRuntime } from '../runtime.js';
import { printableUrl, type Secret } from '../secret.js';
import { sessionOfToken } from './access-token.js';
import { upstoxRefusal } from './refusal.js';
import { UPSTOX_CAPABILITIES, UPSTOX_RETRY, USER_AGENT, type UpstoxHosts } from './upstox-config.js';
import { Candles, Chain, Contracts, Dates, FeedAddress, Holidays, LastPrices, Timings } from './upstox-schema.js';

/** The settings of a client. */
export interface UpstoxClientOptions {
  readonly runtime: ProviderRuntime;
  readonly hosts: UpstoxHosts;
  /** The access token of the moment; asked before every call, as a new login replaces it. */
  readonly token: () => Secret | null;
}

/** A row of one-minute candles as the vendor writes it. */
export type CandleRow = z.infer<typeof Candles>['data']['candles'][number];

interface Ask<T extends z.ZodType> {
  readonly api: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly schema: T;
  readonly login?: 'required' | 'not-needed';
  readonly repeatable?: boolean;
}

const part = (text: string): string => encodeURIComponent(text);

/** The data interfaces of Upstox (v2 and v3) in the vendor's own words, answers checked. */
export class UpstoxClient {
  private readonly options: UpstoxClientOptions;
  private readonly http: VendorClient;

  constructor(options: UpstoxClientOptions) {
    this.options = options;
    this.http = new VendorClient({
      vendor: 'upstox',
      runtime: options.runtime,
      rateLimits: UPSTOX_CAPABILITIES.rateLimits,
      retry: UPSTOX_RETRY,
      secrets: () => [options.token()].filter((token) => token !== null),
      refusal: upstoxRefusal,
    });
  }

  /** One-minute candles of whole days before today, at most a month. */
  async historicalCandles(key: string, from: IstDate, to: IstDate): Promise<CandleRow[]> {
    const path = `/v3/historical-candle/${part(key)}/minutes/1/${to}/${from}`;
    const answer = await this.ask({ api: 'historical', path, schema: Candles, login: 'not-needed' });
    return answer.data.candles;
  }

  /** One-minute candles of today, the running minute included. */
  async intradayCandles(key: string): Promise<CandleRow[]> {
    const path = `/v3/historical-candle/intraday/${part(key)}/minutes/1`;
    const answer = await this.ask({ api: 'intraday', path, schema: Candles, login: 'not-needed' });
    return answer.data.candles;
  }

  async expiredCandles(expiredKey: string, from: IstDate, to: IstDate): Promise<CandleRow[]> {
    const path = `/v2/expired-instruments/historical-candle/${part(expiredKey)}/1minute/${to}/${from}`;
    return (await this.ask({ api: 'expired-candles', path, schema: Candles })).data.candles;
  }

  async expiredExpiries(indexKey: string): Promise<string[]> {
    const path = '/v2/expired-instruments/expiries';
    return (await this.ask({ api: 'expired', path, query: { instrument_key: indexKey }, schema: Dates })).data;
  }

  async expiredContracts(kind: 'option' | 'future', indexKey: string, expiry: IstDate) {
    const path = `/v2/expired-instruments/${kind}/contract`;
    const query = { instrument_key: indexKey, expiry_date: expiry };
    return (await this.ask({ api: 'expired', path, query, schema: Contracts })).data;
  }

  async optionContracts(indexKey: string) {
    const query = { instrument_key: indexKey };
    return (await this.ask({ api: 'contracts', path: '/v2/option/contract', query, schema: Contracts })).data;
  }

  async optionChain(indexKey: string, expiry: IstDate) {
    const query = { instrument_key: indexKey, expiry_date: expiry };
    return (await this.ask({ api: 'chain', path: '/v2/option/chain', query, schema: Chain })).data;
  }

  /** Last prices of up to 500 keys. The answer is keyed by trading symbol; each row names its key as `instrument_token`. */
  async lastPrices(keys: readonly string[]) {
    const query = { instrument_key: keys.join(',') };
    return Object.values(
      (await this.ask({ api: 'ltp', path: '/v3/market-quote/ltp', query, schema: LastPrices })).data,
    );
  }

  async holidays() {
    return (await this.ask({ api: 'calendar', path: '/v2/market/holidays', schema: Holidays, login: 'not-needed' }))
      .data;
  }

  /** Trading hours of the exchanges on a day; empty when none trades. */
  async timings(date: IstDate) {
    const path = `/v2/market/timings/${date}`;
    return (await this.ask({ api: 'calendar', path, schema: Timings, login: 'not-needed' })).data;
  }

  /** A fresh address of the market feed; its code can be used once. Asked once: the feed has its own way of trying again. */
  async feedAddress(): Promise<string> {
    const path = '/v3/feed/market-data-feed/authorize';
    return (await this.ask({ api: 'feed', path, schema: FeedAddress, repeatable: false })).data.authorized_redirect_uri;
  }

  /** The published instrument master of an exchange. */
  instruments(exchange: 'NSE' | 'BSE', asOf: IstDate): Promise<InstrumentMaster> {
    const url = `${this.options.hosts.assets}/market-quote/instruments/exchange/${exchange}.json.gz`;
    const call: VendorCall = { api: 'assets', url, headers: { 'User-Agent': USER_AGENT } };
    return this.http.call(call, async (response) => loadUpstoxMaster(await unpacked(response), asOf));
  }

  private ask<T extends z.ZodType>({
    api,
    path,
    query = {},
    schema,
    login,
    repeatable = true,
  }: Ask<T>): Promise<z.infer<T>> {
    const url = new URL(path, this.options.hosts.api);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const token = this.options.token();
    const session = sessionOfToken(token, this.options.runtime.now());
    if (session.nextStep !== null && login !== 'not-needed')
      return Promise.reject(
        new AppError('SOS_AUTH', `expected an Upstox login, found one that is ${session.state}; ${session.nextStep}`, {
          context: { vendor: 'upstox', state: session.state },
        }),
      );
    const bearer: Record<string, string> =
      token !== null && session.nextStep === null ? { Authorization: `Bearer ${token.reveal()}` } : {};
    const headers = { Accept: 'application/json', 'User-Agent': USER_AGENT, ...bearer };
    return this.http.call({ api, url: url.href, headers, repeatable }, async (response) => {
      const checked = schema.safeParse(await response.json());
      if (checked.success) return checked.data;
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected the published layout from Upstox at ${printableUrl(url.href)}, found: ${z.prettifyError(checked.error)}`,
        { context: { vendor: 'upstox', url: printableUrl(url.href) } },
      );
    });
  }
}

// The file is a gzip; servers that say so in a header have it unpacked by `fetch` already.
async function unpacked(response: Response): Promise<AsyncIterable<string>> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const source = Readable.from([bytes]);
  const text = isGzip ? source.pipe(createGunzip()) : source;
  text.setEncoding('utf8');
  return text as AsyncIterable<string>;
}
