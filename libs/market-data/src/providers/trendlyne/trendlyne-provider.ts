import {
  AppError,
  formatIst,
  formatIstClock,
  istDateOf,
  istInstant,
  MS_PER_MINUTE,
  parseIstDate,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { trendlyneContract, trendlyneExpirySlug } from '@sos/symbol-master';
import type { z } from 'zod';
import { sessionWindows } from '../../importers/session-windows.js';
import type { BuildupInterval, BuildupRequest, OpenInterestRequest, OpenInterestSnapshot } from '../market-survey.js';
import type { Provider, ProviderCapabilities, ProviderSession } from '../provider.js';
import { readSettings } from '../read-settings.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import { mapBuildups } from './buildup-mapper.js';
import { ignoredWindow, isSameOi, mapLiveOi, type LiveOiContext } from './live-oi-mapper.js';
import { TrendlyneClient, type BuildupAddress, type LiveOiAnswer } from './trendlyne-client.js';
import { TrendlyneConfig, trendlyneCapabilities, type TrendlyneConfigInput } from './trendlyne-config.js';

/** The settings of the Trendlyne provider. */
export interface TrendlyneProviderOptions {
  /** Off unless it says `enabled`. */
  readonly config?: TrendlyneConfigInput;
  readonly runtime?: ProviderRuntime;
}

/** What Trendlyne gives of the port. */
export type TrendlyneProvider = Provider & Required<Pick<Provider, 'buildups' | 'chain' | 'expiries' | 'openInterest'>>;

type ListKind = 'options' | 'futures';

/** Answers that are the same at times so far apart tell that the time was not looked at: open interest is published every three minutes. */
const FAR_MS = 15 * MS_PER_MINUTE;
const SWITCH_ON = 'set `enabled` to true in the settings of trendlyne to use it';
const EXPIRY_WORDS = ['near', 'next', 'far'] as const;

class TrendlyneSource implements TrendlyneProvider {
  readonly id = 'trendlyne';
  readonly capabilities: ProviderCapabilities;
  private readonly isEnabled: boolean;
  private readonly runtime: ProviderRuntime;
  private readonly client: TrendlyneClient;
  private readonly stockIds = new Map<Underlying, Promise<string>>();
  private readonly lists = new Map<string, Promise<IstDate[]>>();
  /** Sessions whose window was seen to be looked at, by underlying, expiry and day. */
  private readonly proven = new Set<string>();

  constructor(config: z.output<typeof TrendlyneConfig>, runtime: ProviderRuntime) {
    this.isEnabled = config.enabled;
    this.capabilities = trendlyneCapabilities(config.minIntervalMs);
    this.runtime = runtime;
    this.client = new TrendlyneClient(config, runtime);
  }

  session(): ProviderSession {
    return { state: 'not-needed', expiresAt: null, nextStep: this.isEnabled ? null : SWITCH_ON };
  }

  async expiries({ underlying, from, to }: { underlying: Underlying; from: IstDate; to: IstDate }): Promise<IstDate[]> {
    const [options, futures] = [await this.list('options', underlying), await this.list('futures', underlying)];
    return [...new Set([...options, ...futures])].filter((date) => date >= from && date <= to).sort();
  }

  /** Open interest only: the site gives neither prices nor volume per strike. */
  async chain({ underlying, expiry }: { underlying: Underlying; expiry: IstDate }): Promise<ChainTape> {
    return (await this.openInterest({ underlying, expiry })).tape;
  }

  async openInterest({ underlying, expiry, at }: OpenInterestRequest): Promise<OpenInterestSnapshot> {
    const context: LiveOiContext = { underlying, expiry, at: this.minuteOf(at), receivedAt: this.runtime.now() };
    const answer = await this.ask(context, context.at);
    const received = { ...context, receivedAt: this.runtime.now() };
    const snapshot = mapLiveOi(answer, received);
    if (context.at !== null) await this.proveWindow(answer, received, context.at);
    return snapshot;
  }

  /** The site knows whole minutes that have been. */
  private minuteOf(at: EpochMs | undefined): EpochMs | null {
    if (at === undefined) return null;
    if (at <= this.runtime.now()) return (at - (at % MS_PER_MINUTE)) as EpochMs;
    throw new AppError('SOS_INPUT', `expected a minute that has been, found ${formatIst(at)}`);
  }

  async buildups(request: BuildupRequest): Promise<BuildupInterval[]> {
    const rows = await this.client.buildups(await this.addressOf(request));
    return mapBuildups(rows, request, this.runtime.now());
  }

  /** Asks for a far minute of the same session once: the same rows there mean that the window is not looked at. */
  private async proveWindow(answer: LiveOiAnswer, context: LiveOiContext, at: EpochMs): Promise<void> {
    const name = `${context.underlying} ${context.expiry} ${istDateOf(at)}`;
    if (this.proven.has(name) || Object.keys(answer.body.oiData).length === 0) return;
    const other = farMinuteOf(at, this.runtime.now());
    if (other === null) return;
    const probe = await this.ask(context, other);
    if (isSameOi(answer, probe)) throw ignoredWindow(context, other);
    this.proven.add(name);
  }

  private async ask({ underlying, expiry }: LiveOiContext, at: EpochMs | null): Promise<LiveOiAnswer> {
    const stockId = await this.stockId(underlying);
    const time = at ?? this.runtime.now();
    const open = sessionWindows(istDateOf(time))[0]?.open;
    const from = open === undefined ? '09:15' : formatIstClock(open);
    const window = { stockId, expiry, from, to: formatIstClock(time) };
    return this.client.liveOi(at === null ? window : { ...window, date: istDateOf(at) });
  }

  private async addressOf({ contract, minutes }: BuildupRequest): Promise<BuildupAddress> {
    const { underlying, expiry } = contract;
    const listed = await this.list(contract.kind === 'option' ? 'options' : 'futures', underlying);
    const at = listed.indexOf(expiry);
    if (at < 0)
      throw new AppError('SOS_UNKNOWN_SYMBOL', `expected a contract that Trendlyne lists, found ${contract.id}`, {
        context: { vendor: 'trendlyne', listed: listed.join(', ') },
      });
    const word = EXPIRY_WORDS[Math.min(at, EXPIRY_WORDS.length - 1)] as string;
    const expirySlug = trendlyneExpirySlug(expiry).replace(/near$/, word);
    if (contract.kind === 'future') return { minutes, stockCode: underlying, expirySlug };
    return { minutes, stockCode: underlying, expirySlug, option: trendlyneContract(contract) };
  }

  /** Listed expiries, ascending, asked once a day. */
  private list(kind: ListKind, underlying: Underlying): Promise<IstDate[]> {
    const name = `${kind} ${underlying} ${istDateOf(this.runtime.now())}`;
    return remembered(this.lists, name, async () => {
      const dates = await this.client.expiryDates(kind, await this.stockId(underlying));
      return dates.map((date) => parseIstDate(date)).sort();
    });
  }

  private stockId(underlying: Underlying): Promise<string> {
    if (!this.isEnabled)
      return Promise.reject(
        new AppError('SOS_CONFIG', `expected the provider trendlyne to be switched on, found it off; ${SWITCH_ON}`),
      );
    return remembered(this.stockIds, underlying, async () => {
      const found = (await this.client.searchStocks(underlying.toLowerCase())).get(underlying);
      if (found !== undefined) return found;
      throw new AppError('SOS_UNKNOWN_SYMBOL', `expected an index that Trendlyne lists, found "${underlying}"`);
    });
  }
}

/** The minute of a session farthest from another, as far as it has come; null when none is far enough to tell anything. */
function farMinuteOf(at: EpochMs, now: EpochMs): EpochMs | null {
  const windows = sessionWindows(istDateOf(at));
  const [open, close] = [windows[0]?.open, windows.at(-1)?.close];
  if (open === undefined || close === undefined) return null;
  const end = istInstant(istDateOf(at), formatIstClock(Math.min(close, now) as EpochMs));
  const far = at - open >= end - at ? open : end;
  return Math.abs(far - at) >= FAR_MS ? far : null;
}

/** What was asked before; a failure is not remembered. */
function remembered<K, T>(known: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  let found = known.get(key);
  if (found === undefined) {
    found = ask();
    known.set(key, found);
    found.catch(() => known.delete(key));
  }
  return found;
}

/**
 * Trendlyne as a provider: open interest per strike with its change since the close before, buildups, expiries. Off by default; every method throws
 * SOS_CONFIG until it is switched on.
 * @throws SOS_CONFIG for settings of another form
 */
export function createTrendlyneProvider({
  config = {},
  runtime = nodeRuntime,
}: TrendlyneProviderOptions = {}): TrendlyneProvider {
  return new TrendlyneSource(readSettings('trendlyne', TrendlyneConfig, config), runtime);
}
