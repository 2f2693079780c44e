import { AppError, type IstDate } from '@sos/domain';
import { z } from 'zod';
import { BrowserSession } from '../http/browser-session.js';
import type { ProviderRuntime } from '../runtime.js';
import {
  TRENDLYNE_API,
  TRENDLYNE_HEADERS,
  TRENDLYNE_RENEWAL,
  TRENDLYNE_RETRY,
  type TrendlyneConfig,
} from './trendlyne-config.js';
import { Buildups, Expiries, Head, LiveOi, Stocks } from './trendlyne-schema.js';

/** A `live-oi-data` answer whose layout was checked. */
export type LiveOiAnswer = z.output<typeof LiveOi>;

/** Rows of a buildup answer, newest first. */
export type BuildupRow = z.output<typeof Buildups>['body']['data_v2'][number];

/** The window of a `live-oi-data` request, clocks `HH:MM` IST. */
export interface LiveOiWindow {
  readonly stockId: string;
  readonly expiry: IstDate;
  readonly from: string;
  readonly to: string;
  /** Left out for the newest session. */
  readonly date?: IstDate;
}

/** Which buildups, in the site's words. */
export interface BuildupAddress {
  readonly minutes: 5 | 15;
  readonly stockCode: string;
  /** `27-jan-2026-near` */
  readonly expirySlug: string;
  /** Left out for the future. */
  readonly option?: { readonly strikePrice: number; readonly optionType: 'call' | 'put' };
}

interface Ask<T extends z.ZodType> {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly schema: T;
}

/** The interfaces behind Trendlyne's option pages, in the site's own words, answers checked. */
export class TrendlyneClient {
  private readonly site: BrowserSession;

  constructor(config: z.output<typeof TrendlyneConfig>, runtime: ProviderRuntime) {
    this.site = new BrowserSession({
      vendor: 'trendlyne',
      runtime,
      base: config.base,
      warmUp: ['/'],
      headers: { ...TRENDLYNE_HEADERS, Referer: `${config.base}/`, 'X-Requested-With': 'XMLHttpRequest' },
      minIntervalMs: config.minIntervalMs,
      retry: TRENDLYNE_RETRY,
      renewAfter: TRENDLYNE_RENEWAL,
      nextStep: 'Trendlyne does not serve this network address or program: use another provider for open interest',
      echo: { cookie: 'csrftoken', header: 'X-CSRFToken' },
    });
  }

  /** Ids of the stocks and indices that a search finds, by their code. */
  async searchStocks(query: string): Promise<ReadonlyMap<string, string>> {
    const { body } = await this.ask({ path: '/search-contract-stock/', query: { query }, schema: Stocks });
    return new Map(
      body.data.map(({ stock_code, stock_id }) => [
        stock_code,
        String(Array.isArray(stock_id) ? stock_id[0] : stock_id),
      ]),
    );
  }

  async expiryDates(kind: 'options' | 'futures', stockId: string): Promise<string[]> {
    const query = { mtype: kind, stock_id: stockId };
    const { body } = await this.ask({ path: '/fno/get-expiry-dates/', query, schema: Expiries });
    return body.expiryDates.map((found) => (typeof found === 'string' ? found : found.expiryDate));
  }

  liveOi({ stockId, expiry, from, to, date }: LiveOiWindow): Promise<LiveOiAnswer> {
    const window = { stockId, expDateList: expiry, minTime: from, maxTime: to };
    const query = date === undefined ? window : { ...window, tradingDate: date };
    return this.ask({ path: '/live-oi-data/', query, schema: LiveOi });
  }

  async buildups({ minutes, stockCode, expirySlug, option }: BuildupAddress): Promise<BuildupRow[]> {
    const path = `/fno/buildup-${minutes}/${expirySlug}/${stockCode}/`;
    const query: Record<string, string> =
      option === undefined
        ? { fno_mtype: 'futures' }
        : { fno_mtype: 'options', strikePrice: String(option.strikePrice), option_type: option.optionType };
    return (await this.ask({ path, query, schema: Buildups })).body.data_v2;
  }

  private async ask<T extends z.ZodType>({ path, query, schema }: Ask<T>): Promise<z.output<T>> {
    const answer = await this.site.json(`${TRENDLYNE_API}${path}`, query);
    const head = Head.safeParse(answer).data?.head;
    if (head !== undefined && String(head.status) !== '0')
      throw new AppError(
        'SOS_INPUT',
        `expected Trendlyne to answer ${path}, found status ${head.status} (${head.statusDescription ?? 'no description'})`,
        { context: { vendor: 'trendlyne', path } },
      );
    const checked = schema.safeParse(answer);
    if (checked.success) return checked.data;
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected the known layout from Trendlyne at ${path}, found: ${z.prettifyError(checked.error)}`,
      { context: { vendor: 'trendlyne', path } },
    );
  }
}
