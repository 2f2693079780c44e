import {
  type AppError,
  MS_PER_MINUTE,
  addDays,
  isAppError,
  istDateOf,
  type BarColumns,
  type Contract,
  type EpochMs,
  type IstDate,
} from '@sos/domain';
import { joinBars } from './join-bars.js';
import { SummaryBuilder } from '../importers/import-summary.js';
import { missingBars } from '../importers/minute-gaps.js';
import type { QuarantinedRows } from '../importers/import-sink.js';
import { checkPrices } from './check-prices.js';
import { barsByDay, commitAnswer, type ProviderAnswer } from './commit-answer.js';
import type { HeldDays } from './held-days.js';
import type { IngestSource } from './ingest-source.js';
import type { AnsweredContractDay, DayAnswer, IngestStore } from './ingest-store.js';
import type { ProviderShare } from './ingest-summary.js';
import { requestRanges, type DayRange } from './request-days.js';
import { windowsOf } from './session-days.js';

// Vendors publish the last bars of a session late: a day is over for them half an hour after its close.
const SETTLE_MS = 30 * MS_PER_MINUTE;
// An index whose last bar is older than this at the close was asked for too early, whatever the clock here says.
const TAIL_MS = 5 * MS_PER_MINUTE;
// After so many refusals in a row a provider is not asked again in this run.
const REFUSALS = 5;

interface Link {
  readonly source: IngestSource;
  requests: number;
  bars: number;
  notListed: number;
  refusals: number;
  isOut: boolean;
}

/** The settings of a chain. */
export interface ChainOptions {
  readonly sources: readonly IngestSource[];
  readonly store: IngestStore;
  readonly now: () => EpochMs;
  readonly signal?: AbortSignal | undefined;
  readonly onAsk: (asking: string) => void;
}

/** Days of a contract that are wanted. */
export interface Need {
  readonly contract: Contract;
  readonly days: readonly IstDate[];
}

/** What a provider said to one request: bars, or that it does not list the contract. */
interface Heard {
  readonly bars: BarColumns;
  readonly quarantined: readonly QuarantinedRows[];
  readonly isListed: boolean;
}

/** Asks providers in their order for what is missing, each answer kept before the next is asked for. */
export class ProviderChain {
  readonly summary = new SummaryBuilder();
  readonly failures: AppError[] = [];
  private readonly options: ChainOptions;
  private readonly links: readonly Link[];
  private failed = 0;

  constructor(options: ChainOptions) {
    this.options = options;
    this.links = options.sources.map((source) => {
      return { source, requests: 0, bars: 0, notListed: 0, refusals: 0, isOut: false };
    });
  }

  /** Requests made and failed so far. */
  get requests(): { readonly made: number; readonly failed: number } {
    return { made: this.links.reduce((sum, link) => sum + link.requests, 0), failed: this.failed };
  }

  /** What each provider contributed. */
  get shares(): ProviderShare[] {
    return this.links.map(({ source, requests, bars, notListed }) => {
      return { provider: source.provider.id, dataset: source.dataset, requests, bars, notListed };
    });
  }

  /** How many requests a need takes of the first provider that can serve it. */
  planned({ contract, days }: Need): number {
    const link = this.links.find((one) => this.serves(one, contract, days[0]));
    return link === undefined || days.length === 0 ? 0 : this.ranges(link, days).length;
  }

  /**
   * Asks for the days of a need that are not done yet, provider after provider.
   * @throws SOS_AUTH when a provider refuses the login; and whatever the store throws
   */
  async fill({ contract, days }: Need, held: HeldDays): Promise<void> {
    let open = days;
    for (const link of this.links) {
      const { source } = link;
      open = open.filter((day) => !held.isDone(contract, day, source));
      const asked = open.filter(
        (day) => (held.of(contract.id, day, source)?.answer ?? null) === null && this.serves(link, contract, day),
      );
      for (const range of this.ranges(link, asked)) await this.ask(link, { contract, range, days: asked }, held);
    }
  }

  private ranges(link: Link, days: readonly IstDate[]): DayRange[] {
    const longest = link.source.provider.capabilities.candleDaysPerRequest;
    return requestRanges(days, { longest, today: istDateOf(this.options.now()) });
  }

  private serves({ source, isOut }: Link, contract: Contract, day: IstDate | undefined): boolean {
    const { candles, candlesSince, expiredContracts } = source.provider.capabilities;
    if (isOut || day === undefined || source.provider.candles === undefined) return false;
    if (!candles.includes(contract.kind) || (candlesSince !== null && day < candlesSince)) return false;
    return contract.kind === 'index' || expiredContracts || contract.expiry >= istDateOf(this.options.now());
  }

  private async ask(
    link: Link,
    { contract, range, days }: { contract: Contract; range: DayRange; days: readonly IstDate[] },
    held: HeldDays,
  ): Promise<void> {
    this.options.signal?.throwIfAborted();
    if (link.isOut) return;
    const { source } = link;
    this.options.onAsk(`${contract.id} ${range.from}..${range.to} (${source.provider.id})`);
    const heard = await this.hear(link, contract, range);
    if (heard === null) return;
    const within = days.filter((day) => day >= range.from && day <= range.to);
    const answer = this.answerOf({ source, contract, range, heard, days: within, held });
    await commitAnswer(this.options.store, answer, this.summary);
    link.bars += answer.bars.length;
    if (!heard.isListed) link.notListed++;
    const counts = barsByDay(answer.bars, (time) => istDateOf((time - MS_PER_MINUTE) as EpochMs));
    const words = new Map(answer.answers.map((a) => [a.day, a.answer]));
    for (const day of within)
      held.set(contract.id, day, { ...originOf(source), bars: counts.get(day) ?? 0, answer: words.get(day) ?? null });
  }

  /** The answer of a provider, or null when it failed. */
  private async hear(link: Link, contract: Contract, range: DayRange): Promise<Heard | null> {
    link.requests++;
    try {
      const pieces: BarColumns[] = [];
      const quarantined: QuarantinedRows[] = [];
      for await (const piece of link.source.provider.candles?.({ contract, ...range }) ?? []) {
        pieces.push(piece.candles.bars);
        quarantined.push(...piece.quarantined);
      }
      link.refusals = 0;
      const { bars, refused } = checkPrices(contract, joinBars(pieces), `${link.source.provider.id} ${contract.id}`);
      return { bars, quarantined: [...quarantined, ...refused], isListed: true };
    } catch (error) {
      return this.onFailure(link, error);
    }
  }

  private onFailure(link: Link, error: unknown): Heard | null {
    if (!isAppError(error)) throw error;
    if (error.code === 'SOS_UNKNOWN_SYMBOL') return { bars: joinBars([]), quarantined: [], isListed: false };
    // A refused login would be refused again for every contract: SOS_AUTH ends the run.
    if (!['NetworkError', 'DataError', 'InputError'].includes(error.kind)) throw error;
    this.failed++;
    link.refusals++;
    if (this.failures.length < REFUSALS * this.links.length) this.failures.push(error);
    link.isOut = error.kind === 'NetworkError' || link.refusals >= REFUSALS;
    return null;
  }

  private answerOf(said: {
    source: IngestSource;
    contract: Contract;
    range: DayRange;
    heard: Heard;
    days: readonly IstDate[];
    held: HeldDays;
  }): ProviderAnswer {
    const { source, contract, range, heard, days, held } = said;
    const word: DayAnswer = heard.isListed ? 'complete' : 'not-listed';
    const over = days.filter((day) => this.isOver(day, { contract, source, bars: heard.bars, held }));
    const answers: AnsweredContractDay[] = over.map((day) => ({ contract, day, answer: word }));
    const gaps = contract.kind === 'index' ? over.flatMap((day) => this.gapsOf(contract, day, heard.bars)) : [];
    return { source, contract, range, bars: heard.bars, quarantined: heard.quarantined, answers, gaps };
  }

  private gapsOf(contract: Contract, day: IstDate, bars: BarColumns) {
    const windows = windowsOf(contract, day);
    return missingBars(new Set(bars.time), { series: contract.id, windows, minutes: 1 });
  }

  /** A provider's last word on a day: its session is over by the clock here, and by the last index bar as well, as clocks can be wrong. */
  private isOver(
    day: IstDate,
    { contract, source, bars, held }: { contract: Contract; source: IngestSource; bars: BarColumns; held: HeldDays },
  ): boolean {
    const close = windowsOf(contract, day).at(-1)?.close;
    if (close === undefined) return true;
    if (this.options.now() < close + SETTLE_MS) return false;
    if (day < addDays(istDateOf(this.options.now()), -1)) return true;
    if (contract.kind !== 'index') return held.isOverByIndex(contract.underlying, day, source);
    const last = lastTimeOf(bars, day);
    return last >= close - TAIL_MS;
  }
}

const originOf = ({ source, dataset }: IngestSource) => ({ source, dataset });

function lastTimeOf(bars: BarColumns, day: IstDate): number {
  for (let i = bars.length - 1; i >= 0; i--)
    if (istDateOf(((bars.time[i] as number) - MS_PER_MINUTE) as EpochMs) === day) return bars.time[i] as number;
  return Number.NEGATIVE_INFINITY;
}
