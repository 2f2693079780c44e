import { AppError, isAppError, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import { indexContract, tradingViewSymbol } from '@sos/symbol-master';
import { z } from 'zod';
import { indexWindows } from '../../../importers/session-windows.js';
import { FeedLink } from '../../feed/feed-link.js';
import type { FeedMode, FeedOptions, FeedState, LiveFeed, LiveTicks } from '../../feed/live-feed.js';
import { makeTickColumns } from '../../feed/tick-columns.js';
import type { ProviderRuntime } from '../../runtime.js';
import type { Secret } from '../../secret.js';
import { FrameReader, callFrame, heartbeatFrame } from '../framing.js';
import { REFUSALS, tradingViewRefusal } from '../refusal.js';
import { newSession } from '../session-id.js';
import { symbolOf } from '../symbol.js';
import { FEED_LIMITS, NOBODY, ORIGIN } from '../tradingview-config.js';
import { QUOTE_FIELDS, QuoteData, delayMsOf, type TvQuote } from '../tradingview-schema.js';
import { Chart } from './chart.js';
import { QuoteRow } from './quote-row.js';

/** What the feed is made of. */
export interface TradingViewFeedOptions extends FeedOptions {
  readonly runtime: ProviderRuntime;
  readonly address: string;
  readonly token: () => Secret | null;
}

interface Subscription {
  readonly contract: Contract;
  readonly slot: number;
  /** Bars are told in mode `full` only. */
  readonly chart: Chart | null;
}

// Printed every second of a session: its silence is a silence of the vendor.
const PULSE = symbolOf(indexContract('NIFTY'));
const FLAGS = { flags: ['force_permission'] };

/** The socket of TradingView: quotes of all contracts in one quote session, and a chart for each in mode `full`, which tells finished minutes. */
export class TradingViewFeed implements LiveFeed {
  private readonly options: TradingViewFeedOptions;
  private readonly link: FeedLink;
  private readonly reader: FrameReader;
  private readonly row = new QuoteRow(makeTickColumns(1));
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly contracts: (Contract | undefined)[] = [];
  private readonly snapshots = new Set<string>();
  private quoteSession = '';
  private vendorTime = 0;
  private delayMs = 0;
  private wasStalled = false;
  private refusal: AppError | null = null;

  constructor(options: TradingViewFeedOptions) {
    this.options = options;
    this.reader = new FrameReader((reason) => options.onCorrupt?.(reason));
    this.link = new FeedLink({
      runtime: options.runtime,
      address: () => (this.refusal === null ? Promise.resolve(options.address) : Promise.reject(this.refusal)),
      socketOptions: () => ({ headers: { Origin: ORIGIN }, text: true }),
      opened: () => this.opened(),
      frame: (bytes) => this.frame(bytes),
      flowsSince: (now) => this.flowsSince(now),
      onState: (state) => this.tell(state),
    });
  }

  start(): void {
    this.refusal = null;
    this.link.start();
  }

  stop(): void {
    this.link.stop();
  }

  subscribe(contracts: readonly Contract[], mode: FeedMode): Promise<void> {
    try {
      const wanted = new Map(contracts.map((contract) => [symbolOf(contract), contract]));
      this.checkLimit(wanted, mode);
      for (const [symbol, contract] of wanted) this.add(symbol, contract, mode);
      return Promise.resolve();
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  unsubscribe(contracts: readonly Contract[]): Promise<void> {
    for (const contract of contracts) {
      const symbol = tradingViewSymbol(contract) ?? '';
      const gone = this.subscriptions.get(symbol);
      if (gone === undefined) continue;
      this.subscriptions.delete(symbol);
      gone.chart?.close((method, params) => this.send(method, params));
      if (symbol !== PULSE) this.send('quote_remove_symbols', [this.quoteSession, symbol]);
    }
    return Promise.resolve();
  }

  private add(symbol: string, contract: Contract, mode: FeedMode): void {
    const known = this.subscriptions.get(symbol);
    if (known !== undefined && (known.chart !== null) === (mode === 'full')) return;
    const slot = known?.slot ?? this.contracts.push(contract) - 1;
    const chart = mode === 'full' ? new Chart(slot, symbol) : null;
    this.subscriptions.set(symbol, { contract, slot, chart });
    if (this.quoteSession === '') return;
    known?.chart?.close((method, params) => this.send(method, params));
    if (known === undefined) {
      // The pulse is asked for once more, so that its snapshot is told to its new listener.
      this.snapshots.delete(symbol);
      this.send('quote_add_symbols', [this.quoteSession, symbol, FLAGS]);
    }
    if (chart !== null) this.openChart(chart);
  }

  private checkLimit(wanted: ReadonlyMap<string, Contract>, mode: FeedMode): void {
    const fresh = [...wanted.keys()].filter((symbol) => !this.subscriptions.has(symbol));
    const quotes = this.subscriptions.size + fresh.length;
    const charts = [...this.subscriptions].filter(([symbol, s]) => s.chart !== null && !wanted.has(symbol)).length;
    const all = charts + (mode === 'full' ? wanted.size : 0);
    if (quotes <= FEED_LIMITS.quotes && all <= FEED_LIMITS.charts) return;
    throw new AppError(
      'SOS_INPUT',
      `expected at most ${FEED_LIMITS.quotes} instruments, ${FEED_LIMITS.charts} of them in mode full, in a feed of TradingView, found ${quotes} and ${all}`,
    );
  }

  private send(method: string, params: readonly unknown[]): void {
    this.link.send(callFrame(method, params));
  }

  private openChart(chart: Chart): void {
    const { runtime } = this.options;
    const session = newSession('cs', () => runtime.random());
    const at = { now: runtime.now(), monotonic: runtime.monotonic() };
    chart.open(session, at, (method, params) => this.send(method, params));
  }

  private opened(): void {
    const { runtime, token } = this.options;
    this.reader.reset();
    this.snapshots.clear();
    this.wasStalled = false;
    this.send('set_auth_token', [token()?.reveal() ?? NOBODY]);
    this.quoteSession = newSession('qs', () => runtime.random());
    this.send('quote_create_session', [this.quoteSession]);
    this.send('quote_set_fields', [this.quoteSession, ...QUOTE_FIELDS]);
    const symbols = new Set([PULSE, ...this.subscriptions.keys()]);
    this.send('quote_add_symbols', [this.quoteSession, ...symbols, FLAGS]);
    for (const { chart } of this.subscriptions.values()) if (chart !== null) this.openChart(chart);
  }

  private tell(state: FeedState): void {
    if (state.state === 'stalled') this.wasStalled = true;
    if (state.state === 'stopped' || state.state === 'waiting') this.quoteSession = '';
    this.options.onState(state);
  }

  private frame(bytes: Uint8Array): boolean {
    this.options.onRawFrame?.(bytes, this.options.runtime.now());
    // After a silence nobody knows what was lost in it: the minutes are asked for again before one is told.
    const isAll = this.wasStalled;
    this.wasStalled = false;
    const monotonic = this.options.runtime.monotonic();
    for (const { chart } of this.subscriptions.values())
      if (chart !== null && (isAll || chart.isOverdue(monotonic))) this.renew(chart);
    let hasData = false;
    for (const message of this.reader.push(bytes)) {
      if (message.kind === 'heartbeat') this.link.send(heartbeatFrame(message.payload));
      else if (message.kind === 'call' && this.call(message.method, message.params)) hasData = true;
    }
    this.tellMinutes();
    return hasData;
  }

  private renew(chart: Chart): void {
    chart.close((method, params) => this.send(method, params));
    this.openChart(chart);
  }

  /** Takes one call; true when it carried market data. */
  private call(method: string, params: readonly unknown[]): boolean {
    if (REFUSALS.has(method)) {
      this.refused(method, params);
      return false;
    }
    try {
      if (method === 'qsd' && params[0] === this.quoteSession) return this.quote(params);
      const chart = this.chartOf(params[0]);
      return chart !== null && chart.take(method, params, (time) => this.saw(time));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      this.options.onCorrupt?.(`expected ${method} in TradingView's layout, found: ${z.prettifyError(error)}`);
      return false;
    }
  }

  private chartOf(session: unknown): Chart | null {
    for (const { chart } of this.subscriptions.values()) if (chart?.session === session) return chart;
    return null;
  }

  private refused(method: string, params: readonly unknown[]): void {
    const token = this.options.token();
    const error = tradingViewRefusal(method, params, token === null ? [] : [token]);
    this.options.onCorrupt?.(error.message);
    // The vendor ends the connection by itself; the next attempt ends with the need of a login.
    if (method === 'protocol_error' && isAppError(error) && error.code === 'SOS_AUTH') this.refusal = error;
  }

  private quote(params: readonly unknown[]): boolean {
    const [, { n, s, v }] = QuoteData.parse(params);
    const subscription = this.subscriptions.get(n);
    if (s !== 'ok' || v === undefined) {
      if (subscription !== undefined) this.options.onCorrupt?.(`expected TradingView to know ${n}, found ${s}`);
      return false;
    }
    if (n === PULSE) this.pulse(v);
    if (subscription === undefined) return true;
    this.row.writeQuote(subscription.slot, v);
    this.emit(this.snapshots.has(n) ? 'live' : 'snapshot');
    this.snapshots.add(n);
    return true;
  }

  private pulse({ lp_time: time, update_mode: mode }: TvQuote): void {
    if (time !== null && time !== undefined) this.saw(time * 1000);
    if (mode !== null && mode !== undefined) this.delayMs = delayMsOf(mode);
  }

  private saw(time: number): void {
    if (time > this.vendorTime) this.vendorTime = time;
  }

  private tellMinutes(): void {
    const clock = { vendorTime: this.vendorTime, now: this.options.runtime.now() };
    for (const { chart } of this.subscriptions.values())
      for (const minute of chart?.finished(clock) ?? []) {
        this.row.writeMinute(chart?.slot ?? -1, minute);
        this.emit('live');
      }
  }

  private emit(kind: LiveTicks['kind']): void {
    const receivedAt: EpochMs = this.options.runtime.now();
    this.options.onTicks({
      kind,
      sentAt: 0,
      receivedAt,
      length: 1,
      ticks: this.row.ticks,
      contractOf: (slot) => this.contracts[slot] ?? null,
    });
  }

  /** The hours of the index, later by the delay of the data: the pulse must be heard then. */
  private flowsSince(now: EpochMs): EpochMs | null {
    const at = (now - this.delayMs) as EpochMs;
    const window = indexWindows(istDateOf(at)).find((w) => at >= w.open && at < w.close);
    return window === undefined ? null : ((window.open + this.delayMs) as EpochMs);
  }
}
