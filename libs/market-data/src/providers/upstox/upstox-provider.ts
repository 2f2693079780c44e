import {
  addDays,
  parseIstDate,
  type ChainTape,
  type Contract,
  type ContractId,
  type EpochMs,
  type IstDate,
  type OptionContract,
  type Underlying,
} from '@sos/domain';
import { parseUpstoxTradingSymbol, upstoxIndexKey, type InstrumentMaster } from '@sos/symbol-master';
import type { FeedOptions, LiveFeed } from '../feed/live-feed.js';
import type { MarketSurvey } from '../market-survey.js';
import type {
  CandleRequest,
  LastQuote,
  ProvidedCandles,
  Provider,
  ProviderSession,
  PublishedHoliday,
} from '../provider.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import type { Secret } from '../secret.js';
import { sessionOfToken } from './access-token.js';
import { mapCandles } from './candle-mapper.js';
import { mapChain } from './chain-mapper.js';
import { UpstoxFeed } from './feed/upstox-feed.js';
import { mapHolidays } from './holiday-mapper.js';
import { UpstoxClient } from './upstox-client.js';
import { UPSTOX_CAPABILITIES, UPSTOX_HOSTS, type UpstoxHosts } from './upstox-config.js';
import { UpstoxKeys } from './upstox-keys.js';

/** The settings of the Upstox provider. */
export interface UpstoxProviderOptions {
  /** The access token of the moment, null before the first login. */
  readonly token: () => Secret | null;
  readonly runtime?: ProviderRuntime;
  readonly hosts?: UpstoxHosts;
}

const earlier = (a: IstDate, b: IstDate): IstDate => (a < b ? a : b);

class UpstoxProvider implements Provider {
  readonly id = 'upstox';
  readonly capabilities = UPSTOX_CAPABILITIES;
  private readonly token: () => Secret | null;
  private readonly runtime: ProviderRuntime;
  private readonly client: UpstoxClient;
  private readonly keys: UpstoxKeys;

  constructor({ token, runtime = nodeRuntime, hosts = UPSTOX_HOSTS }: UpstoxProviderOptions) {
    this.token = token;
    this.runtime = runtime;
    this.client = new UpstoxClient({ token, runtime, hosts });
    this.keys = new UpstoxKeys(this.client, runtime);
  }

  session(): ProviderSession {
    return sessionOfToken(this.token(), this.runtime.now());
  }

  async *candles({ contract, from, to }: CandleRequest): AsyncGenerator<ProvidedCandles> {
    const today = this.keys.today();
    const last = contract.kind === 'index' ? to : earlier(to, contract.expiry);
    const { key, expired } = await this.keys.keyOf(contract);
    for (let start = from; start <= earlier(last, addDays(today, -1));) {
      const end = earlier(
        addDays(start, UPSTOX_CAPABILITIES.candleDaysPerRequest - 1),
        earlier(last, addDays(today, -1)),
      );
      const rows = expired
        ? await this.client.expiredCandles(key, start, end)
        : await this.client.historicalCandles(key, start, end);
      const request = `upstox ${contract.id} ${start}..${end}`;
      yield mapCandles(rows, { contract, now: this.runtime.now(), request });
      start = addDays(end, 1);
    }
    if (expired || from > today || last < today) return;
    const now = this.runtime.now();
    const rows = await this.client.intradayCandles(key);
    yield mapCandles(rows, { contract, now, request: `upstox ${contract.id} ${today}`, only: today });
  }

  async expiries({ underlying, from, to }: { underlying: Underlying; from: IstDate; to: IstDate }): Promise<IstDate[]> {
    const found = new Set<IstDate>();
    const today = this.keys.today();
    if (from < today)
      for (const date of await this.client.expiredExpiries(upstoxIndexKey(underlying))) found.add(parseIstDate(date));
    if (to >= today)
      for (const { contract } of (await this.keys.master(underlying)).live(today))
        if (contract.kind !== 'index' && contract.underlying === underlying) found.add(contract.expiry);
    return [...found].filter((date) => date >= from && date <= to).sort();
  }

  async contracts({ underlying, expiry }: { underlying: Underlying; expiry: IstDate }): Promise<OptionContract[]> {
    const found =
      expiry >= this.keys.today()
        ? [...(await this.keys.master(underlying)).live(this.keys.today())].map(({ contract }) => contract)
        : (await this.client.expiredContracts('option', upstoxIndexKey(underlying), expiry)).map((row) =>
            parseUpstoxTradingSymbol(row.trading_symbol),
          );
    return found
      .filter((c): c is OptionContract => c.kind === 'option' && c.underlying === underlying && c.expiry === expiry)
      .sort((a, b) => a.strike - b.strike || (a.right < b.right ? -1 : 1));
  }

  async chain({ underlying, expiry }: { underlying: Underlying; expiry: IstDate }): Promise<ChainTape> {
    const rows = await this.client.optionChain(upstoxIndexKey(underlying), expiry);
    return mapChain(rows, { underlying, expiry, receivedAt: this.runtime.now() });
  }

  instruments(): Promise<InstrumentMaster> {
    return this.keys.master('NIFTY');
  }

  async quotes(contracts: readonly Contract[]): Promise<ReadonlyMap<ContractId, LastQuote>> {
    const byKey = new Map<string, Contract>();
    for (const contract of contracts) byKey.set((await this.keys.keyOf(contract)).key, contract);
    const keys = [...byKey.keys()];
    const quotes = new Map<ContractId, LastQuote>();
    for (let i = 0; i < keys.length; i += UPSTOX_CAPABILITIES.quotesPerRequest) {
      const rows = await this.client.lastPrices(keys.slice(i, i + UPSTOX_CAPABILITIES.quotesPerRequest));
      const receivedAt = this.runtime.now();
      for (const row of rows) {
        const contract = byKey.get(row.instrument_token);
        if (contract !== undefined) quotes.set(contract.id, quoteOf(contract, row, receivedAt));
      }
    }
    return quotes;
  }

  async holidays(): Promise<PublishedHoliday[]> {
    return mapHolidays(await this.client.holidays());
  }

  feed(options: FeedOptions): LiveFeed {
    return new UpstoxFeed({ ...options, client: this.client, keys: this.keys, runtime: this.runtime });
  }
}

function quoteOf(
  contract: Contract,
  row: { last_price: number; cp?: number | null | undefined; volume?: number | null | undefined },
  receivedAt: EpochMs,
): LastQuote {
  const known = (value: number | null | undefined): number =>
    value === null || value === undefined || value <= 0 ? Number.NaN : value;
  const volumeToday = contract.kind === 'index' ? Number.NaN : (row.volume ?? Number.NaN);
  return { contract, lastPrice: known(row.last_price), previousClose: known(row.cp), volumeToday, receivedAt };
}

/** Upstox as a provider: candles of listed and expired contracts, chains, quotes, calendar, instruments and the live feed. */
export function createUpstoxProvider(options: UpstoxProviderOptions): Required<Omit<Provider, keyof MarketSurvey>> {
  return new UpstoxProvider(options);
}
