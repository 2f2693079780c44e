import { AppError, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import { FeedLink } from '../feed/feed-link.js';
import type { SocketOptions } from '../feed/feed-socket.js';
import type { FeedOptions, LiveFeed, LiveTicks } from '../feed/live-feed.js';
import { makeTickColumns, tickParts } from '../feed/tick-columns.js';
import type { ProviderRuntime } from '../runtime.js';
import { BRIDGE_VERSION, ServerMessage, bridgeText, type BridgeBar, type ClientMessage } from './bridge-messages.js';
import { readLegacyMessage, type LegacyMessage } from './legacy-messages.js';
import { MinuteOrder } from './minute-order.js';

/** Something that a user of a bridge should know, counted rather than printed. */
export type BridgeWarning =
  | { readonly kind: 'legacy-message'; readonly type: string; readonly count: number }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }
  | { readonly kind: 'new-session' }
  | { readonly kind: 'history-refused'; readonly contract: string; readonly reason: string };

/** What the feed is made of. */
export interface BridgeFeedOptions extends FeedOptions {
  readonly runtime: ProviderRuntime;
  readonly address: string;
  readonly socketOptions: () => SocketOptions;
  readonly onWarning: (warning: BridgeWarning) => void;
}

interface Subscription {
  readonly contract: Contract;
  readonly slot: number;
  readonly minutes: MinuteOrder;
}

export const FEED_LIMIT = 2_000;
const RESUME_AGAIN_MS = 2_000;

/** The client of a data bridge: resumes where it stood, asks again for what is missing, and tells each finished minute once and in order. */
export class BridgeFeed implements LiveFeed {
  private readonly options: BridgeFeedOptions;
  private readonly link: FeedLink;
  private readonly ticks = makeTickColumns(1);
  private readonly columns = Object.values(tickParts(this.ticks)).flat();
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly contracts: (Contract | undefined)[] = [];
  private session: string | null = null;
  private taken: number | null = null;
  private askedAfter = -1;
  private askedAt = 0;
  private requests = 0;
  private legacy = 0;
  private openedAt: EpochMs | null = null;

  constructor(options: BridgeFeedOptions) {
    this.options = options;
    this.link = new FeedLink({
      runtime: options.runtime,
      address: () => Promise.resolve(options.address),
      socketOptions: options.socketOptions,
      opened: () => this.opened(),
      frame: (bytes) => this.frame(bytes),
      flowsSince: () => this.flowsSince(),
      onState: (state) => options.onState(state),
    });
  }

  start(): void {
    this.link.start();
  }

  stop(): void {
    this.link.stop();
  }

  subscribe(contracts: readonly Contract[]): Promise<void> {
    const fresh = contracts.filter(({ id }) => !this.subscriptions.has(id));
    if (this.subscriptions.size + fresh.length > FEED_LIMIT)
      return Promise.reject(
        new AppError(
          'SOS_INPUT',
          `expected at most ${FEED_LIMIT} contracts in a feed of the data bridge, found ${this.subscriptions.size + fresh.length}`,
        ),
      );
    for (const contract of fresh) {
      const slot = this.contracts.push(contract) - 1;
      this.subscriptions.set(contract.id, { contract, slot, minutes: new MinuteOrder() });
    }
    return Promise.resolve();
  }

  unsubscribe(contracts: readonly Contract[]): Promise<void> {
    for (const { id } of contracts) this.subscriptions.delete(id);
    return Promise.resolve();
  }

  private send(message: ClientMessage): void {
    this.link.send(new TextEncoder().encode(bridgeText(message)));
  }

  private opened(): void {
    this.openedAt = this.options.runtime.now();
    this.resume();
    for (const { contract, minutes } of this.subscriptions.values())
      if (minutes.request !== null) this.askHistory(contract, minutes);
  }

  private resume(): void {
    this.askedAfter = this.taken ?? -1;
    this.askedAt = this.options.runtime.monotonic();
    this.send({ v: BRIDGE_VERSION, type: 'resume', data: { session: this.session, after: this.taken } });
  }

  private frame(bytes: Uint8Array): boolean {
    this.options.onRawFrame?.(bytes, this.options.runtime.now());
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      this.options.onCorrupt?.('expected JSON from the data bridge, found something else');
      return false;
    }
    const legacy = typeof value === 'object' && value !== null && !('v' in value) ? readLegacyMessage(value) : null;
    if (legacy !== null) return this.takeLegacy(legacy);
    const parsed = ServerMessage.safeParse(value);
    if (parsed.success) return this.take(parsed.data);
    this.options.onCorrupt?.(
      `expected a message of the data bridge, version ${BRIDGE_VERSION}, found: ${z.prettifyError(parsed.error)}`,
    );
    return false;
  }

  private takeLegacy({ type, quote }: LegacyMessage): boolean {
    this.legacy++;
    this.options.onWarning({ kind: 'legacy-message', type, count: this.legacy });
    const subscription = quote === null ? undefined : this.subscriptions.get(quote.contract.id);
    if (quote === null || subscription === undefined) return quote !== null;
    this.clear(subscription.slot);
    this.ticks.lastPrice[0] = quote.lastPrice;
    this.ticks.lastTradeTime[0] = quote.at;
    this.emit(quote.at);
    return true;
  }

  /** Takes one message; true when the bridge flows. */
  private take(message: ServerMessage): boolean {
    switch (message.type) {
      case 'hello':
        this.greeted(message.session, message.data.newest);
        return false;
      case 'heartbeat':
        if (message.session === this.session && this.taken !== null && message.data.newest > this.taken)
          this.askAgain();
        return true;
      case 'lost':
        this.lost(message.data.from, message.data.to);
        return false;
      case 'history':
        this.takeHistory(message.data.request, message.data.bars, message.data.last);
        return false;
      case 'refused':
        this.historyRefused(message.data.request, message.data.message);
        return false;
      case 'bar':
        return message.seq === null
          ? this.takeRunning(message.data, message.ts)
          : this.takeClosed(message.seq, message.data, message.ts);
    }
  }

  private greeted(session: string, newest: number): void {
    if (this.session === session) return;
    const isFirst = this.session === null;
    this.session = session;
    this.taken = isFirst ? newest : 0;
    if (isFirst) return;
    this.options.onWarning({ kind: 'new-session' });
    this.fillAll();
  }

  private takeClosed(seq: number, bar: BridgeBar, ts: number): boolean {
    if (this.taken === null || seq <= this.taken) return true;
    if (seq > this.taken + 1) {
      this.askAgain();
      return true;
    }
    this.taken = seq;
    const subscription = this.subscriptions.get(bar.contract);
    if (subscription !== undefined) this.tell(subscription, subscription.minutes.take([bar]), ts);
    return true;
  }

  private takeRunning(bar: BridgeBar, ts: number): boolean {
    const subscription = this.subscriptions.get(bar.contract);
    if (subscription === undefined || bar.start <= subscription.minutes.toldUntil) return true;
    this.clear(subscription.slot);
    this.ticks.lastPrice[0] = bar.close;
    this.emit(ts);
    return true;
  }

  /** Numbers are missing: everything after the last one taken is asked for again, once until it comes. */
  private askAgain(): void {
    const isAsked = this.askedAfter === this.taken && this.options.runtime.monotonic() - this.askedAt < RESUME_AGAIN_MS;
    if (!isAsked) this.resume();
  }

  private lost(from: number, to: number): void {
    if (this.taken === null || to <= this.taken) return;
    this.taken = to;
    this.options.onWarning({ kind: 'gap', from, to });
    this.fillAll();
  }

  /** What numbers cannot bring back is asked for as history. */
  private fillAll(): void {
    for (const { contract, minutes } of this.subscriptions.values())
      if (Number.isFinite(minutes.toldUntil)) this.askHistory(contract, minutes);
  }

  private askHistory(contract: Contract, minutes: MinuteOrder): void {
    const request = `${contract.id} ${++this.requests}`;
    minutes.await(request);
    const from = istDateOf(minutes.toldUntil as EpochMs);
    const to = istDateOf(this.options.runtime.now());
    this.send({ v: BRIDGE_VERSION, type: 'history', data: { request, contract: contract.id, from, to } });
  }

  private takeHistory(request: string, bars: readonly BridgeBar[], isLast: boolean): void {
    const subscription = this.awaiting(request);
    if (subscription === null) return;
    subscription.minutes.take(bars);
    if (isLast) this.tell(subscription, subscription.minutes.release(), 0);
  }

  private historyRefused(request: string, reason: string): void {
    const subscription = this.awaiting(request);
    if (subscription === null) return;
    this.options.onWarning({ kind: 'history-refused', contract: subscription.contract.id, reason });
    this.tell(subscription, subscription.minutes.release(), 0);
  }

  private awaiting(request: string): Subscription | null {
    for (const subscription of this.subscriptions.values())
      if (subscription.minutes.request === request) return subscription;
    return null;
  }

  private tell({ slot }: Subscription, bars: readonly BridgeBar[], ts: number): void {
    const { ticks } = this;
    for (const bar of bars) {
      this.clear(slot);
      ticks.minuteTime[0] = bar.start;
      ticks.minuteOpen[0] = bar.open;
      ticks.minuteHigh[0] = bar.high;
      ticks.minuteLow[0] = bar.low;
      ticks.minuteClose[0] = bar.close;
      ticks.minuteVolume[0] = bar.volume ?? Number.NaN;
      ticks.openInterest[0] = bar.openInterest ?? Number.NaN;
      this.emit(ts);
    }
  }

  private clear(slot: number): void {
    for (const column of this.columns) column.fill(Number.NaN);
    this.ticks.slot[0] = slot;
  }

  private emit(sentAt: number): void {
    const ticks: LiveTicks = {
      kind: 'live',
      sentAt,
      receivedAt: this.options.runtime.now(),
      length: 1,
      ticks: this.ticks,
      contractOf: (slot) => this.contracts[slot] ?? null,
    };
    this.options.onTicks(ticks);
  }

  /** A bridge says every two seconds that it is there, at any hour; one of old says nothing of the kind. */
  private flowsSince(): EpochMs | null {
    return this.legacy === 0 ? this.openedAt : null;
  }
}
