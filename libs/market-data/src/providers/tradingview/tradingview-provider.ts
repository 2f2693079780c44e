import { addDays, istDateOf, startOfIstDay, type Contract, type ContractId, type EpochMs } from '@sos/domain';
import type { FeedOptions, LiveFeed } from '../feed/live-feed.js';
import type { CandleRequest, LastQuote, ProvidedCandles, Provider, ProviderSession } from '../provider.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import type { Secret } from '../secret.js';
import { tokenExpiry } from '../upstox/access-token.js';
import { Asker } from './ask.js';
import { mapBars } from './bar-mapper.js';
import { TradingViewFeed } from './feed/tradingview-feed.js';
import { fetchQuotes } from './fetch-quotes.js';
import { fetchSeries } from './fetch-series.js';
import { newSession } from './session-id.js';
import { symbolOf } from './symbol.js';
import { TRADINGVIEW_CAPABILITIES, TRADINGVIEW_SOCKET } from './tradingview-config.js';
import type { TvQuote, TvRow } from './tradingview-schema.js';

/** The settings of the TradingView provider. */
export interface TradingViewProviderOptions {
  /** The auth token of a login at the vendor's page, null without: then data may be 15 minutes late, and 5,000 bars is all. */
  readonly token?: () => Secret | null;
  readonly runtime?: ProviderRuntime;
  /** Address of the socket; changed only to speak to a stand-in. */
  readonly address?: string;
}

// The last trades of a minute reach the vendor after it.
const SETTLE_MS = 2_000;

class TradingViewProvider implements Provider {
  readonly id = 'tradingview';
  readonly capabilities = TRADINGVIEW_CAPABILITIES;
  private readonly token: () => Secret | null;
  private readonly runtime: ProviderRuntime;
  private readonly address: string;
  private readonly asker: Asker;

  constructor({ token = () => null, runtime = nodeRuntime, address = TRADINGVIEW_SOCKET }: TradingViewProviderOptions) {
    this.token = token;
    this.runtime = runtime;
    this.address = address;
    this.asker = new Asker({ runtime, address, token });
  }

  session(): ProviderSession {
    const token = this.token();
    if (token === null) return { state: 'not-needed', expiresAt: null, nextStep: null };
    const expiresAt = tokenExpiry(token);
    if (expiresAt === null || expiresAt > this.runtime.now()) return { state: 'valid', expiresAt, nextStep: null };
    return { state: 'expired', expiresAt, nextStep: 'log in at tradingview.com and give its auth token again' };
  }

  async *candles({ contract, from, to }: CandleRequest): AsyncGenerator<ProvidedCandles> {
    const symbol = symbolOf(contract);
    const fromMs = startOfIstDay(from);
    const endMs = Math.min(startOfIstDay(addDays(to, 1)), this.runtime.now());
    if (fromMs >= endMs) return;
    const request = { session: newSession('cs', () => this.runtime.random()), symbol, fromMs, endMs };
    const { rows, delayMs } = await this.asker.ask(`bars of ${contract.id}`, (dialogue) =>
      fetchSeries(dialogue, request),
    );
    const finishedUntil = this.runtime.now() - delayMs - SETTLE_MS;
    const wanted = [...rows.values()].filter(([time]) => time * 1000 >= fromMs && time * 1000 < endMs);
    for (const piece of piecesOf(wanted))
      yield mapBars(piece, { contract, finishedUntil, request: `tradingview ${contract.id} ${from}..${to}` });
  }

  async quotes(contracts: readonly Contract[]): Promise<ReadonlyMap<ContractId, LastQuote>> {
    const wanted = new Map(contracts.map((contract) => [symbolOf(contract), contract]));
    const symbols = [...wanted.keys()];
    const quotes = new Map<ContractId, LastQuote>();
    for (let i = 0; i < symbols.length; i += TRADINGVIEW_CAPABILITIES.quotesPerRequest) {
      const chunk = symbols.slice(i, i + TRADINGVIEW_CAPABILITIES.quotesPerRequest);
      const session = newSession('qs', () => this.runtime.random());
      const found = await this.asker.ask('quotes', (dialogue) => fetchQuotes(dialogue, session, chunk));
      const receivedAt = this.runtime.now();
      for (const [symbol, quote] of found) {
        const contract = wanted.get(symbol);
        if (contract !== undefined) quotes.set(contract.id, quoteOf(contract, quote, receivedAt));
      }
    }
    return quotes;
  }

  feed(options: FeedOptions): LiveFeed {
    const { runtime, address, token } = this;
    return new TradingViewFeed({ ...options, runtime, address, token });
  }
}

/** Rows by calendar month, oldest first, so that a year of bars is never one batch. */
function piecesOf(rows: readonly TvRow[]): TvRow[][] {
  const months = new Map<string, TvRow[]>();
  for (const row of [...rows].sort((a, b) => a[0] - b[0])) {
    const month = istDateOf((row[0] * 1000) as EpochMs).slice(0, 7);
    const found = months.get(month);
    if (found === undefined) months.set(month, [row]);
    else found.push(row);
  }
  return [...months.values()];
}

function quoteOf(contract: Contract, quote: TvQuote, receivedAt: EpochMs): LastQuote {
  const priced = (value: number | null | undefined): number => ((value ?? 0) > 0 ? (value as number) : Number.NaN);
  const lastPrice = priced(quote.lp);
  const byChange = priced(quote.ch === null || quote.ch === undefined ? null : lastPrice - quote.ch);
  const named = priced(quote.prev_close_price);
  const previousClose = Number.isNaN(named) ? Number(byChange.toFixed(2)) : named;
  return { contract, lastPrice, previousClose, volumeToday: quote.volume ?? Number.NaN, receivedAt };
}

/** TradingView as a provider: one-minute bars, quotes and a live feed of indices (with their volume) and listed options. Unofficial: only where the user switches it on. */
export function createTradingViewProvider(
  options: TradingViewProviderOptions = {},
): Provider & Required<Pick<Provider, 'candles' | 'quotes' | 'feed'>> {
  return new TradingViewProvider(options);
}
