import { AppError, type IstDate, type Underlying } from '@sos/domain';
import { formatNseDate } from '@sos/symbol-master';
import { z } from 'zod';
import { BrowserSession, isNothing } from '../http/browser-session.js';
import type { ProviderRuntime } from '../runtime.js';
import { NSE_HEADERS, NSE_RENEWAL, NSE_RETRY, NSE_WARM_UP, type NseConfig } from './nse-config.js';
import { Advances, AllIndices, ContractInfo, HolidayMaster, OptionChain } from './nse-schema.js';

/** Answers whose layout was checked. */
export type NseChain = z.output<typeof OptionChain>;
export type NseIndices = z.output<typeof AllIndices>;
export type NseAdvances = z.output<typeof Advances>;
export type NseHolidays = z.output<typeof HolidayMaster>;

interface Ask<T extends z.ZodType> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly schema: T;
}

const BLOCKED =
  'NSE does not serve this network address (addresses of data centres are often refused): use another provider, or another network';

/** The interfaces behind NSE's web pages, in the site's own words, answers checked; null where the site has nothing to say yet. */
export class NseClient {
  private readonly site: BrowserSession;

  constructor(config: z.output<typeof NseConfig>, runtime: ProviderRuntime) {
    this.site = new BrowserSession({
      vendor: 'nse',
      runtime,
      base: config.base,
      warmUp: NSE_WARM_UP,
      headers: { ...NSE_HEADERS, Referer: `${config.base}/option-chain` },
      minIntervalMs: config.minIntervalMs,
      retry: NSE_RETRY,
      renewAfter: NSE_RENEWAL,
      nextStep: BLOCKED,
    });
  }

  /** Listed expiries as the site writes them. @throws SOS_AUTH when it answers with nothing: it always lists some */
  async expiryDates(symbol: Underlying): Promise<string[]> {
    const path = '/api/option-chain-contract-info';
    const info = await this.ask({ path, query: { symbol }, schema: ContractInfo });
    if (info !== null) return info.expiryDates;
    throw new AppError(
      'SOS_AUTH',
      `expected nse to list the expiries of ${symbol}, found an empty answer; ${BLOCKED}`,
      {
        context: { vendor: 'nse', path },
      },
    );
  }

  optionChain(symbol: Underlying, expiry: IstDate): Promise<NseChain | null> {
    const query = { type: 'Indices', symbol, expiry: formatNseDate(expiry) };
    return this.ask({ path: '/api/option-chain-v3', query, schema: OptionChain });
  }

  allIndices(): Promise<NseIndices | null> {
    return this.ask({ path: '/api/allIndices', schema: AllIndices });
  }

  advances(): Promise<NseAdvances | null> {
    return this.ask({ path: '/api/live-analysis-advance', schema: Advances });
  }

  holidays(kind: 'trading' | 'clearing'): Promise<NseHolidays | null> {
    return this.ask({ path: '/api/holiday-master', query: { type: kind }, schema: HolidayMaster });
  }

  private async ask<T extends z.ZodType>({ path, query = {}, schema }: Ask<T>): Promise<z.output<T> | null> {
    const answer = await this.site.json(path, query);
    if (isNothing(answer)) return null;
    const checked = schema.safeParse(answer);
    if (checked.success) return checked.data;
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected the known layout from nse at ${path}, found: ${z.prettifyError(checked.error)}`,
      { context: { vendor: 'nse', path } },
    );
  }
}
