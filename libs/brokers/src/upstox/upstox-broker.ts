import { AppError, isAppError, paise, paiseFromRupees, type EpochMs } from '@sos/domain';
import {
  isFinal,
  type Broker,
  type BrokerCapabilities,
  type BrokerFunds,
  type BrokerOrder,
  type BrokerPosition,
  type BrokerSession,
  type BrokerTrade,
  type OrderAnswer,
  type OrderChange,
  type OrderListener,
  type OrderSlip,
  type OrderStream,
  type ShellClock,
} from '@sos/engine';
import { z } from 'zod';
import { UpstoxHttp, type Fetch } from './upstox-http.js';
import { modifyBody, orderOfRow, placeBody, positionOfRow, tradeOfRow, type ContractKeys } from './upstox-mapper.js';
import { Authorized, Funds, KillSwitches, OrderRow, Placed, PositionRow, Touched, TradeRow } from './upstox-wire.js';
import { PortfolioStream } from './portfolio-stream.js';
import { connectTextSocket, type ConnectTextSocket } from './text-socket.js';

/** Where Upstox is; orders have a host of their own. */
export interface UpstoxBrokerHosts {
  readonly api: string;
  readonly orders: string;
}

/** The hosts of Upstox. */
export const UPSTOX_BROKER_HOSTS: UpstoxBrokerHosts = {
  api: 'https://api.upstox.com',
  orders: 'https://api-hft.upstox.com',
};

// Answers to a search for something that is not there.
const UNKNOWN_TAG = new Set(['UDAPI100010', 'UDAPI100060']);

/** What the adapter needs of the outside. */
export interface UpstoxBrokerOptions {
  readonly keys: ContractKeys;
  readonly clock: ShellClock;
  /** The access token, read anew for each call: a new login needs no restart. */
  token(): string | null;
  /** When that token ends; null when it does not say. */
  tokenExpiry(): EpochMs | null;
  readonly hosts?: UpstoxBrokerHosts;
  readonly fetch?: Fetch;
  readonly connect?: ConnectTextSocket;
  /** An order message without answer for so long is of unknown outcome. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

/**
 * Upstox behind the broker port: orders v3 (limit and stop-limit, intraday, for the day), books v2, funds v2, portfolio stream v2. Orders carry their tag, are found
 * by it, and are never repeated by the adapter. Rate limits are the caller's: they count for all processes of an account.
 */
export class UpstoxBroker implements Broker {
  readonly id = 'upstox';
  readonly capabilities: BrokerCapabilities = { tagLength: 20, findsByTag: true, isSimulated: false };
  readonly #options: UpstoxBrokerOptions;
  readonly #hosts: UpstoxBrokerHosts;
  readonly #http: UpstoxHttp;

  constructor(options: UpstoxBrokerOptions) {
    this.#options = options;
    this.#hosts = options.hosts ?? UPSTOX_BROKER_HOSTS;
    this.#http = new UpstoxHttp({
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      token: () => options.token(),
      timeoutMs: options.timeoutMs ?? 5_000,
    });
  }

  session(): BrokerSession {
    const expiresAt = this.#options.tokenExpiry();
    const nextStep = 'log in with `sos auth upstox`';
    if (this.#options.token() === null) return { state: 'missing', expiresAt: null, nextStep };
    if (expiresAt !== null && expiresAt <= this.#options.clock.now()) return { state: 'expired', expiresAt, nextStep };
    return { state: 'valid', expiresAt, nextStep: null };
  }

  place(slip: OrderSlip): Promise<OrderAnswer> {
    const body = placeBody(slip, this.#options.keys.keyOf(slip.contract));
    return this.#http.message({ method: 'POST', url: this.#orderHost('/v3/order/place'), body }, (json) => {
      const ids = Placed.safeParse(json).data?.data.order_ids ?? [];
      return ids.length === 1 ? (ids[0] ?? null) : null;
    });
  }

  modify(change: OrderChange): Promise<OrderAnswer> {
    const call = { method: 'PUT', url: this.#orderHost('/v3/order/modify'), body: modifyBody(change) } as const;
    return this.#http.message(call, (json) => Touched.safeParse(json).data?.data.order_id ?? null);
  }

  cancel(orderId: string): Promise<OrderAnswer> {
    const url = this.#orderHost(`/v3/order/cancel?order_id=${encodeURIComponent(orderId)}`);
    return this.#http.message({ method: 'DELETE', url }, (json) => Touched.safeParse(json).data?.data.order_id ?? null);
  }

  /** The history of a tag holds a row per state: the furthest row of each order is the order. A tag that nobody used is answered with a refusal. */
  async findByTag(tag: string): Promise<readonly BrokerOrder[]> {
    const furthest = new Map<string, BrokerOrder>();
    for (const row of await this.#history(tag)) {
      const order = this.#orderOf(row);
      const before = furthest.get(order.orderId);
      const isBehind = before !== undefined && (before.filledUnits > order.filledUnits || isFinal(before.status));
      if (order.tag === tag && !isBehind) furthest.set(order.orderId, order);
    }
    return [...furthest.values()];
  }

  async #history(tag: string): Promise<readonly OrderRow[]> {
    try {
      return await this.#rows(`/v2/order/history?tag=${encodeURIComponent(tag)}`, OrderRow);
    } catch (error) {
      if (isAppError(error) && UNKNOWN_TAG.has(String(error.context['code']))) return [];
      throw error;
    }
  }

  async orders(): Promise<readonly BrokerOrder[]> {
    return (await this.#rows('/v2/order/retrieve-all', OrderRow)).map((row) => this.#orderOf(row));
  }

  async trades(): Promise<readonly BrokerTrade[]> {
    const rows = await this.#rows('/v2/order/trades/get-trades-for-day', TradeRow);
    return rows.map((row) => tradeOfRow(row, this.#options.keys, this.#options.clock.now()));
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const rows = await this.#rows('/v2/portfolio/short-term-positions', PositionRow);
    return rows.map((row) => positionOfRow(row, this.#options.keys));
  }

  async funds(): Promise<BrokerFunds> {
    const { data } = await this.#http.read({ method: 'GET', url: this.#api('/v2/user/get-funds-and-margin') }, Funds);
    return {
      available: paiseFromRupees(data.equity.available_margin),
      used: paise(Math.max(0, paiseFromRupees(data.equity.used_margin))),
    };
  }

  updates(listener: OrderListener): OrderStream {
    const { keys, clock, connect = connectTextSocket } = this.#options;
    const stream = new PortfolioStream({
      clock,
      connect,
      address: () => this.#streamAddress(),
      onState: (state) => listener.onState(state),
      onRow: (row) => listener.onOrder(orderOfRow(row, keys, clock.now())),
    });
    stream.start();
    return stream;
  }

  /**
   * Throws the broker's own switch, which bars a segment for 12 hours. It refuses while positions are open: it ends a day, it does not flatten one.
   * @throws SOS_OUTCOME_UNKNOWN when the broker does not confirm that it is on
   */
  async engageKillSwitch(segment = 'NSE_FO'): Promise<void> {
    const body = [{ segment, action: 'ENABLE' }];
    const { data } = await this.#http.read(
      { method: 'POST', url: this.#api('/v2/user/kill-switch'), body },
      KillSwitches,
    );
    if (data.some((row) => row.segment === segment && row.kill_switch_enabled)) return;
    throw new AppError(
      'SOS_OUTCOME_UNKNOWN',
      `expected the kill switch of ${segment} to be on, found it off; look at the broker's own app`,
    );
  }

  async #streamAddress(): Promise<string> {
    const url = this.#api('/v2/feed/portfolio-stream-feed/authorize?update_types=order');
    const { data } = await this.#http.read({ method: 'GET', url }, Authorized);
    const address = data.authorized_redirect_uri ?? data.authorizedRedirectUri ?? null;
    if (address !== null) return address;
    throw new AppError('SOS_DATA_CORRUPT', 'expected the address of the portfolio stream, found none');
  }

  async #rows<T extends z.ZodType>(path: string, row: T): Promise<readonly z.infer<T>[]> {
    const { data } = await this.#http.read(
      { method: 'GET', url: this.#api(path) },
      z.looseObject({ data: z.array(row).nullish() }),
    );
    return data ?? [];
  }

  #orderOf(row: OrderRow): BrokerOrder {
    return orderOfRow(row, this.#options.keys, this.#options.clock.now());
  }

  #api(path: string): string {
    return new URL(path, this.#hosts.api).href;
  }

  #orderHost(path: string): string {
    return new URL(path, this.#hosts.orders).href;
  }
}
