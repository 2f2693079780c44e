import { AppError, type ChainTape, type IstDate, type Underlying } from '@sos/domain';
import { formatNseDate } from '@sos/symbol-master';
import type { z } from 'zod';
import type { IndexQuote, MarketBreadth } from '../market-survey.js';
import type { Provider, ProviderCapabilities, ProviderSession, PublishedHoliday } from '../provider.js';
import { readSettings } from '../read-settings.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import { emptyChain, mapNseChain } from './chain-mapper.js';
import { mapNseHolidays } from './holiday-mapper.js';
import { mapBreadth, mapIndices } from './index-mapper.js';
import { NseClient } from './nse-client.js';
import { NseConfig, nseCapabilities, type NseConfigInput } from './nse-config.js';
import { nseDay } from './nse-stamp.js';

/** The settings of the NSE provider. */
export interface NseProviderOptions {
  readonly config?: NseConfigInput;
  readonly runtime?: ProviderRuntime;
}

/** What NSE's site gives of the port. */
export type NseProvider = Provider &
  Required<Pick<Provider, 'chain' | 'expiries' | 'holidays' | 'indexQuotes' | 'marketBreadth'>>;

class NseSource implements NseProvider {
  readonly id = 'nse';
  readonly capabilities: ProviderCapabilities;
  private readonly runtime: ProviderRuntime;
  private readonly client: NseClient;

  constructor(config: z.output<typeof NseConfig>, runtime: ProviderRuntime) {
    this.capabilities = nseCapabilities(config.minIntervalMs);
    this.runtime = runtime;
    this.client = new NseClient(config, runtime);
  }

  session(): ProviderSession {
    return { state: 'not-needed', expiresAt: null, nextStep: null };
  }

  async expiries({ underlying, from, to }: { underlying: Underlying; from: IstDate; to: IstDate }): Promise<IstDate[]> {
    const dates = (await this.client.expiryDates(symbolOf(underlying))).map((text) => {
      const date = nseDay(text);
      if (date !== null) return date;
      throw new AppError('SOS_DATA_CORRUPT', `expected an expiry of nse as 30-Dec-2025, found "${text}"`);
    });
    return dates.filter((date) => date >= from && date <= to).sort();
  }

  async chain({ underlying, expiry }: { underlying: Underlying; expiry: IstDate }): Promise<ChainTape> {
    const symbol = symbolOf(underlying);
    const answer = await this.client.optionChain(symbol, expiry);
    const context = { underlying, expiry, receivedAt: this.runtime.now() };
    if (answer !== null) return mapNseChain(answer, context);
    // Nothing to say of this chain: because it is not listed, because we are refused, or because there is nothing yet.
    const listed = await this.client.expiryDates(symbol);
    if (listed.some((text) => nseDay(text) === expiry)) return emptyChain(context);
    throw new AppError(
      'SOS_UNKNOWN_SYMBOL',
      `expected an expiry of ${underlying} that nse lists, found ${formatNseDate(expiry)}`,
      { context: { vendor: 'nse', listed: listed.join(', ') } },
    );
  }

  async indexQuotes(): Promise<IndexQuote[]> {
    const answer = await this.client.allIndices();
    return answer === null ? [] : mapIndices(answer, this.runtime.now());
  }

  async marketBreadth(): Promise<MarketBreadth | null> {
    const answer = await this.client.advances();
    return answer === null ? null : mapBreadth(answer, this.runtime.now());
  }

  /** Days off of the current year, of trading and of settlement; days of the first are not repeated as the second. */
  async holidays(): Promise<PublishedHoliday[]> {
    const trading = mapNseHolidays((await this.client.holidays('trading')) ?? {}, 'trading');
    const known = new Set(trading.map(({ date }) => date));
    const settlement = mapNseHolidays((await this.client.holidays('clearing')) ?? {}, 'settlement');
    const all = [...trading, ...settlement.filter(({ date }) => !known.has(date))];
    return all.sort((a, b) => (a.date < b.date ? -1 : 1));
  }
}

/** The site's symbol of an underlying. @throws SOS_UNKNOWN_SYMBOL for an index of another exchange */
function symbolOf(underlying: Underlying): Underlying {
  if (underlying !== 'SENSEX') return underlying;
  throw new AppError('SOS_UNKNOWN_SYMBOL', 'expected an index of NSE, found "SENSEX", which is listed at BSE');
}

/**
 * NSE's web site as a provider: option chains, expiries, all indices, breadth of the market, holidays. One request a second; cookies are fetched and
 * renewed without the user. @throws SOS_CONFIG for settings of another form
 */
export function createNseProvider({ config = {}, runtime = nodeRuntime }: NseProviderOptions = {}): NseProvider {
  return new NseSource(readSettings('nse', NseConfig, config), runtime);
}
