import { AppError, isAppError, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import { sessionWindows } from '../../../importers/session-windows.js';
import { FeedLink } from '../../feed/feed-link.js';
import type { FeedMode, FeedOptions, LiveFeed, LiveTicks } from '../../feed/live-feed.js';
import type { ProviderRuntime } from '../../runtime.js';
import type { UpstoxClient } from '../upstox-client.js';
import { FEED_LIMITS } from '../upstox-config.js';
import type { UpstoxKeys } from '../upstox-keys.js';
import { FrameDecoder, type FeedFrame } from './frame-decoder.js';
import { KeyTable } from './key-table.js';
import type { MarketInfo } from './market-info.js';

/** What the feed is made of. */
export interface UpstoxFeedOptions extends FeedOptions {
  readonly client: Pick<UpstoxClient, 'feedAddress'>;
  readonly keys: Pick<UpstoxKeys, 'keyOf'>;
  readonly runtime: ProviderRuntime;
}

type WireMode = keyof typeof FEED_LIMITS;

interface Subscription {
  readonly contract: Contract;
  readonly mode: WireMode;
}

const CHUNK = 200;
const SEGMENT = 'NSE_FO';
const MODES: Readonly<Record<FeedMode, WireMode>> = { trades: 'ltpc', quotes: 'option_greeks', full: 'full' };

/** Control messages are JSON in binary frames: to a text frame the vendor sends no data. */
const control = (method: string, guid: number, data: object): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ guid: `sos-${guid}`, method, data }));

/** The Upstox v3 market feed. */
export class UpstoxFeed implements LiveFeed {
  private readonly options: UpstoxFeedOptions;
  private readonly link: FeedLink;
  private readonly decoder = new FrameDecoder(new KeyTable());
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly contracts: (Contract | undefined)[] = [];
  private marketInfo: MarketInfo | null = null;
  private messages = 0;

  constructor(options: UpstoxFeedOptions) {
    this.options = options;
    this.link = new FeedLink({
      runtime: options.runtime,
      address: () => options.client.feedAddress(),
      opened: () => this.opened(),
      frame: (bytes) => this.frame(bytes),
      flowsSince: (now) => this.flowsSince(now),
      onState: (state) => options.onState(state),
    });
  }

  start(): void {
    this.link.start();
  }

  stop(): void {
    this.link.stop();
  }

  async subscribe(contracts: readonly Contract[], mode: FeedMode): Promise<void> {
    const keys = await Promise.all(contracts.map((contract) => this.options.keys.keyOf(contract)));
    const changed = new Map<string, Subscription>();
    keys.forEach(({ key }, i) => {
      const contract = contracts[i] as Contract;
      // An index has no Greeks.
      const wire = contract.kind === 'index' && mode === 'quotes' ? 'ltpc' : MODES[mode];
      if (this.subscriptions.get(key)?.mode !== wire) changed.set(key, { contract, mode: wire });
    });
    this.checkLimit(changed);
    const known = new Set(this.subscriptions.keys());
    for (const [key, subscription] of changed) {
      this.subscriptions.set(key, subscription);
      this.contracts[this.decoder.keys.slotOf(key)] = subscription.contract;
    }
    this.request(
      'sub',
      [...changed].filter(([key]) => !known.has(key)),
    );
    this.request(
      'change_mode',
      [...changed].filter(([key]) => known.has(key)),
    );
  }

  async unsubscribe(contracts: readonly Contract[]): Promise<void> {
    const keys = await Promise.all(contracts.map((contract) => this.options.keys.keyOf(contract)));
    const gone = keys.map(({ key }) => key).filter((key) => this.subscriptions.delete(key));
    for (const key of gone) this.contracts[this.decoder.keys.slotOf(key)] = undefined;
    for (let i = 0; i < gone.length; i += CHUNK)
      this.link.send(control('unsub', ++this.messages, { instrumentKeys: gone.slice(i, i + CHUNK) }));
  }

  instrumentKeys(): ReadonlyMap<string, Contract> {
    return new Map([...this.subscriptions].map(([key, { contract }]) => [key, contract]));
  }

  private checkLimit(changed: ReadonlyMap<string, Subscription>): void {
    const after = new Map([...this.subscriptions, ...changed]);
    for (const mode of Object.keys(FEED_LIMITS) as WireMode[]) {
      const count = [...after.values()].filter((s) => s.mode === mode).length;
      if (count <= FEED_LIMITS[mode]) continue;
      throw new AppError(
        'SOS_INPUT',
        `expected at most ${FEED_LIMITS[mode]} instruments in mode ${mode} of the Upstox feed, found ${count}`,
      );
    }
  }

  private request(method: 'sub' | 'change_mode', wanted: readonly (readonly [string, Subscription])[]): void {
    for (const mode of Object.keys(FEED_LIMITS) as WireMode[]) {
      const keys = wanted.filter(([, s]) => s.mode === mode).map(([key]) => key);
      for (let i = 0; i < keys.length; i += CHUNK)
        this.link.send(control(method, ++this.messages, { mode, instrumentKeys: keys.slice(i, i + CHUNK) }));
    }
  }

  private opened(): void {
    this.marketInfo = null;
    this.request('sub', [...this.subscriptions]);
  }

  private frame(bytes: Uint8Array): boolean {
    const receivedAt = this.options.runtime.now();
    this.options.onRawFrame?.(bytes, receivedAt);
    let frame: FeedFrame;
    try {
      frame = this.decoder.decode(bytes);
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.options.onCorrupt?.(error.message);
      return false;
    }
    if (frame.marketInfo !== null) this.marketInfo = frame.marketInfo;
    if (frame.kind !== 'snapshot' && frame.kind !== 'live') return false;
    if (frame.length === 0) return false;
    this.options.onTicks(this.ticksOf(frame, frame.kind, receivedAt));
    return true;
  }

  private ticksOf(frame: FeedFrame, kind: LiveTicks['kind'], receivedAt: EpochMs): LiveTicks {
    const { sentAt, length, ticks } = frame;
    return { kind, sentAt, receivedAt, length, ticks, contractOf: (slot) => this.contracts[slot] ?? null };
  }

  /** The session by the rulebook, unless the vendor says that the market is not open after all. */
  private flowsSince(now: EpochMs): EpochMs | null {
    if (this.subscriptions.size === 0) return null;
    const status = this.marketInfo?.segments[SEGMENT];
    if (status !== undefined && status !== 'NORMAL_OPEN') return null;
    return sessionWindows(istDateOf(now)).find((w) => now >= w.open && now < w.close)?.open ?? null;
  }
}
