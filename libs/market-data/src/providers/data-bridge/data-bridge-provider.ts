import { istDateOf, type EpochMs } from '@sos/domain';
import type { SocketOptions } from '../feed/feed-socket.js';
import type { FeedOptions, LiveFeed } from '../feed/live-feed.js';
import type { CandleRequest, ProvidedCandles, Provider, ProviderCapabilities, ProviderSession } from '../provider.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import type { Secret } from '../secret.js';
import { BridgeFeed, FEED_LIMIT, type BridgeWarning } from './bridge-feed.js';
import { columnsOfBars, fetchHistory } from './fetch-history.js';

/** The settings of a client of a data bridge. */
export interface DataBridgeProviderOptions {
  /** `ws://localhost:8765` is where bridges listen by custom. */
  readonly address: string;
  /** The token of the bridge's settings, null for a bridge without one. */
  readonly token?: () => Secret | null;
  /** Old messages, gaps and restarts of the bridge: told here, never printed. */
  readonly onWarning?: (warning: BridgeWarning) => void;
  readonly runtime?: ProviderRuntime;
}

const CAPABILITIES: ProviderCapabilities = {
  candles: ['index', 'future', 'option'],
  candlesSince: null,
  expiredContracts: true,
  candleDaysPerRequest: 31,
  quotesPerRequest: 0,
  feedInstruments: FEED_LIMIT,
  rateLimits: [{ calls: 20, ms: 1_000 }],
};

class DataBridgeProvider implements Provider {
  readonly id = 'data-bridge';
  readonly capabilities = CAPABILITIES;
  private readonly options: DataBridgeProviderOptions;
  private readonly runtime: ProviderRuntime;

  constructor(options: DataBridgeProviderOptions) {
    this.options = options;
    this.runtime = options.runtime ?? nodeRuntime;
  }

  session(): ProviderSession {
    const hasToken = (this.options.token?.() ?? null) !== null;
    return { state: hasToken ? 'valid' : 'not-needed', expiresAt: null, nextStep: null };
  }

  async *candles(request: CandleRequest): AsyncGenerator<ProvidedCandles> {
    const { contract, from, to } = request;
    const source = { runtime: this.runtime, address: this.options.address, socketOptions: () => this.socketOptions() };
    const bars = await fetchHistory(source, request);
    const wanted = bars.filter(({ contract: id, closed, start }) => {
      const date = istDateOf(start as EpochMs);
      return id === contract.id && closed && date >= from && date <= to;
    });
    const candles = { contract, minutes: 1, bars: columnsOfBars(wanted), source: 'recorded', repaired: null } as const;
    yield { candles, quarantined: [] };
  }

  feed(options: FeedOptions): LiveFeed {
    const { address, onWarning = () => undefined } = this.options;
    return new BridgeFeed({
      ...options,
      runtime: this.runtime,
      address,
      onWarning,
      socketOptions: () => this.socketOptions(),
    });
  }

  private socketOptions(): SocketOptions {
    const token = this.options.token?.() ?? null;
    return { text: true, headers: token === null ? {} : { Authorization: `Bearer ${token.reveal()}` } };
  }
}

/** A data bridge as a provider: bars of the past as it keeps them, and a live feed of finished minutes that resumes without a gap. */
export function createDataBridgeProvider(
  options: DataBridgeProviderOptions,
): Provider & Required<Pick<Provider, 'candles' | 'feed'>> {
  return new DataBridgeProvider(options);
}
