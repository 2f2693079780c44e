import { createHash } from 'node:crypto';
import {
  AppError,
  isAppError,
  type BarColumns,
  type Contract,
  type EpochMs,
  type IstDate,
  type OptionContract,
  type OptionSeries,
  type Underlying,
} from '@sos/domain';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';
import { futureContract, indexContract } from '@sos/symbol-master';
import type { ImportUnit } from '../importers/import-sink.js';
import { chainOfCandles } from './chain-of-candles.js';
import { HeldDays } from './held-days.js';
import type { IngestSource } from './ingest-source.js';
import type { IngestStore } from './ingest-store.js';
import type { IngestProgress, IngestSummary } from './ingest-summary.js';
import { optionsAt, pathOf, strikesOfPath, tradedExpiries, type DayPath } from './option-band.js';
import { ProviderChain, type Need } from './provider-chain.js';
import { dayWindows } from './request-days.js';
import { expectedMinutes, windowsOf } from './session-days.js';

/** What to ingest, from whom, and where to. */
export interface IngestRequest {
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  /** In the order of asking; at least one. */
  readonly sources: readonly IngestSource[];
  readonly store: IngestStore;
  /** The wall clock: a day that is not over yet is asked for again the next time. */
  readonly now: () => EpochMs;
  /** Strikes on either side of each day's path; 10 by default. */
  readonly strikeBand?: number;
  /** Nearest expiries of each day, besides the nearest monthly one; 2 by default. */
  readonly expiries?: number;
  /** Only these days of these contracts, asked for again whatever was answered before; the rest is left as it is. */
  readonly again?: readonly Need[];
  /** Ask again for days on which an index has holes, although every provider has had its last word. */
  readonly fillHoles?: boolean;
  /** Every strike that the first provider lists, instead of the band; it must be able to list contracts. */
  readonly fullOptions?: boolean;
  readonly rulebook?: Rulebook;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Stops before the next request; what was answered is kept. */
  readonly signal?: AbortSignal;
}

const DEFAULTS = { strikeBand: 10, expiries: 2, fullOptions: false, fillHoles: false };
// The chain is built again when the way of building it changes.
const CHAIN_REVISION = 1;

interface Window {
  readonly underlying: Underlying;
  readonly days: readonly IstDate[];
  readonly held: HeldDays;
}

/** The options of one expiry, and the days on which each is wanted. */
interface ExpiryNeeds {
  readonly expiry: IstDate;
  readonly days: readonly IstDate[];
  readonly needs: readonly (Need & { readonly contract: OptionContract })[];
}

class IngestRun {
  private readonly request: IngestRequest & typeof DEFAULTS & { rulebook: Rulebook };
  private readonly chain: ProviderChain;
  private readonly lead: IngestSource;
  private readonly contractDays = { wanted: 0, held: 0, missing: 0 };
  private planned = 0;

  constructor(request: IngestRequest) {
    const [lead] = request.sources;
    if (lead === undefined) throw new AppError('SOS_INPUT', 'expected at least one provider, found none');
    this.lead = lead;
    this.request = { ...DEFAULTS, rulebook: defaultRulebook(), ...request };
    const { sources, store, now, signal } = request;
    this.chain = new ProviderChain({ sources, store, now, signal, onAsk: (asking) => this.tell(asking) });
  }

  async run(): Promise<IngestSummary> {
    const stopped = await this.everyWindow();
    const { chain, contractDays } = this;
    const { rowsRead, written, rows, repaired, quarantined, gaps } = chain.summary;
    return {
      ...{ rowsRead, written, rows, repaired, quarantined, gaps },
      ...{ failures: chain.failures, contractDays, requests: chain.requests, providers: chain.shares, stopped },
    };
  }

  /** @returns the refused login that ended the run, or null */
  private async everyWindow(): Promise<AppError | null> {
    const { rulebook, from, to, underlyings } = this.request;
    const longest = this.lead.provider.capabilities.candleDaysPerRequest;
    try {
      for (const days of dayWindows(rulebook.tradingDays(from, to), longest))
        for (const underlying of underlyings) await this.window(underlying, days);
      return null;
    } catch (error) {
      if (isAppError(error) && error.code === 'SOS_AUTH') return error;
      throw error;
    }
  }

  private async window(underlying: Underlying, days: readonly IstDate[]): Promise<void> {
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return;
    const held = new HeldDays(await this.request.store.held({ underlying, from: first, to: last }));
    const window = { underlying, days, held };
    if (this.request.again !== undefined) return this.askAgain(this.request.again, window);
    const index = { contract: indexContract(underlying), days };
    if (this.request.fillHoles) held.forget([index], ({ bars }, day) => bars < expectedMinutes(index.contract, day));
    await this.fill([index], window);
    await this.fill(this.futures(window), window);
    for (const options of await this.optionNeeds(window)) {
      await this.fill(options.needs, window);
      for (const day of options.days) await this.buildChain(day, options, window);
    }
  }

  /** The named days of the named contracts, and the chains that they belong to. */
  private async askAgain(again: readonly Need[], window: Window): Promise<void> {
    const { underlying, days, held } = window;
    const needs = again
      .filter(({ contract }) => contract.underlying === underlying)
      .map((need) => ({ contract: need.contract, days: days.filter((day) => need.days.includes(day)) }))
      .filter((need) => need.days.length > 0);
    held.forget(needs, () => true);
    await this.fill(needs, window);
    const options = needs.flatMap(({ contract, days: wanted }) =>
      contract.kind === 'option' ? [{ contract, days: wanted }] : [],
    );
    for (const expiry of new Set(options.map(({ contract }) => contract.expiry))) {
      const own = options.filter(({ contract }) => contract.expiry === expiry);
      for (const day of days.filter((one) => own.some((need) => need.days.includes(one))))
        await this.buildChain(day, { expiry, days: [day], needs: own }, window);
    }
  }

  private async fill(needs: readonly Need[], { held }: Window): Promise<void> {
    const open: Need[] = [];
    for (const { contract, days } of needs) {
      const missing = days.filter((day) => !held.isDone(contract, day, this.lead));
      this.contractDays.wanted += days.length;
      this.contractDays.held += days.length - missing.length;
      if (missing.length > 0) open.push({ contract, days: missing });
    }
    for (const need of open) this.planned += this.chain.planned(need);
    for (const need of open) {
      await this.chain.fill(need, held);
      const { contract } = need;
      this.contractDays.missing += need.days.filter(
        (day) => !held.isDone(contract, day, this.lead) && !this.isUnlisted(contract, day, held),
      ).length;
    }
  }

  private isUnlisted(contract: Contract, day: IstDate, held: HeldDays): boolean {
    return this.request.sources.some((source) => held.of(contract.id, day, source)?.answer === 'not-listed');
  }

  private futures({ underlying, days }: Window): Need[] {
    const byExpiry = new Map<IstDate, IstDate[]>();
    for (const day of days) {
      const listed = this.request.rulebook.listedExpiries(underlying, day);
      const front = listed.find((e) => e.kind === 'monthly' && e.finalDate >= day)?.finalDate;
      if (front !== undefined) byExpiry.set(front, [...(byExpiry.get(front) ?? []), day]);
    }
    return [...byExpiry].map(([expiry, wanted]) => ({ contract: futureContract(underlying, expiry), days: wanted }));
  }

  private async optionNeeds(window: Window): Promise<ExpiryNeeds[]> {
    const { underlying, days } = window;
    const { rulebook, expiries: count } = this.request;
    const byExpiry = new Map<IstDate, IstDate[]>();
    for (const day of days)
      for (const expiry of tradedExpiries(rulebook, { underlying, day, count }))
        byExpiry.set(expiry, [...(byExpiry.get(expiry) ?? []), day]);
    const paths = await this.paths(window);
    const found: ExpiryNeeds[] = [];
    for (const [expiry, wanted] of [...byExpiry].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const walked = wanted.filter((day) => paths.has(day));
      const needs = this.request.fullOptions
        ? await this.everyListed(underlying, expiry, walked)
        : this.bandOf(underlying, expiry, { days: walked, paths });
      found.push({ expiry, days: walked, needs });
    }
    return found;
  }

  private bandOf(
    underlying: Underlying,
    expiry: IstDate,
    { days, paths }: { days: readonly IstDate[]; paths: ReadonlyMap<IstDate, DayPath> },
  ): ExpiryNeeds['needs'] {
    const { rulebook, strikeBand } = this.request;
    const byStrike = new Map<number, IstDate[]>();
    for (const day of days)
      for (const strike of strikesOfPath(paths.get(day) as DayPath, rulebook.strikeStep(underlying, day), strikeBand))
        byStrike.set(strike, [...(byStrike.get(strike) ?? []), day]);
    const strikes = [...byStrike.keys()].sort((a, b) => a - b);
    return optionsAt(underlying, expiry, strikes).map((contract) => {
      return { contract, days: byStrike.get(contract.strike) ?? [] };
    });
  }

  private async everyListed(
    underlying: Underlying,
    expiry: IstDate,
    days: readonly IstDate[],
  ): Promise<ExpiryNeeds['needs']> {
    const { provider } = this.lead;
    if (provider.contracts === undefined)
      throw new AppError(
        'SOS_INPUT',
        `expected a provider that lists contracts for all strikes, found ${provider.id}: leave --full-options out`,
      );
    const listed = days.length === 0 ? [] : await provider.contracts({ underlying, expiry });
    return listed.map((contract) => ({ contract, days }));
  }

  /** The index's range of each day, from whichever source holds the day best. */
  private async paths({ underlying, days, held }: Window): Promise<Map<IstDate, DayPath>> {
    const index = indexContract(underlying);
    const paths = new Map<IstDate, DayPath>();
    for (const day of days) {
      const bars = await this.indexBars(index, day, held);
      const path = bars === null ? null : pathOf(bars);
      if (path !== null) paths.set(day, path);
    }
    return paths;
  }

  private async indexBars(index: Contract, day: IstDate, held: HeldDays): Promise<BarColumns | null> {
    const best = held.best(index.id, day, this.lead);
    return best === null ? null : this.request.store.bars(index, day, best);
  }

  private async buildChain(date: IstDate, { expiry, needs }: ExpiryNeeds, window: Window): Promise<void> {
    const { underlying, held } = window;
    const { store, sources } = this.request;
    const index = await this.indexBars(indexContract(underlying), date, held);
    if (index === null) return;
    for (const { source, dataset } of sources) {
      const isOurs = needs.some(({ contract }) => (held.of(contract.id, date, { source, dataset })?.bars ?? 0) > 0);
      if (!isOurs) continue;
      const options = await store.optionBars({ underlying, expiry, date, source, dataset });
      const made = source === 'recorded' ? 'derived' : source;
      const windows = windowsOf({ kind: 'option' }, date);
      const tape = chainOfCandles({ underlying, expiry, source: made, options, index, windows });
      if (tape === null) continue;
      const name = `${dataset}/${underlying} ${expiry} chain ${date}`;
      await store.ingestUnit(chainUnit(name, options, index), async (tx) => {
        const count = await tx.chains([tape], dataset);
        this.chain.summary.addWrite(count);
        this.chain.summary.written.chainRows += tape.length * tape.strikes.length;
      });
    }
  }

  private tell(asking: string): void {
    const requestsDone = this.chain.requests.made;
    const requestsPlanned = Math.max(this.planned, requestsDone + 1);
    this.request.onProgress?.({ asking, requestsDone, requestsPlanned, rows: this.chain.summary.rowsRead });
  }
}

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** A chain of the same candles is the same chain: the ledger then has it already. */
function chainUnit(name: string, options: readonly OptionSeries[], index: BarColumns): ImportUnit {
  const hash = createHash('sha256').update(bytesOf(index.time)).update(bytesOf(index.close));
  let size = 0;
  for (const { contract, time, close, volume, openInterest } of options) {
    hash.update(contract.id);
    for (const column of [time, close, volume, openInterest]) hash.update(bytesOf(column));
    size += time.byteLength;
  }
  return { kind: 'ingest-chain', name, size, sha256: hash.digest('hex'), revision: CHAIN_REVISION };
}

/**
 * Brings what is missing of underlyings over days into a store: index, front future, options around each day's path, and a chain made of their
 * candles. Providers are asked in their order, each answer is written in one transaction with the provider's last word, so that a run that is killed
 * goes on with the request that was under way, and a second run asks for nothing that is there.
 * @throws SOS_INPUT without a provider; SOS_DATE_RANGE outside the known calendar; whatever the store throws. A refused login and a provider that
 * does not answer end in the summary
 */
export function runIngest(request: IngestRequest): Promise<IngestSummary> {
  return Promise.resolve().then(() => new IngestRun(request).run());
}
