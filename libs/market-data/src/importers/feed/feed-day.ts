import type { Contract, EpochMs, IstDate } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';
import type { SessionWindow } from '@sos/rulebook';
import { addTo, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import type { ImportBatch } from '../importer.js';
import { missingBars } from '../minute-gaps.js';
import { barsOfSnapshots } from '../parity/bars-of-snapshots.js';
import { indexWindows, sessionWindows } from '../session-windows.js';
import { chainOfTicks, type FoldedOption } from './chain-of-ticks.js';
import { FeedInstrument } from './feed-instrument.js';
import { futureBars } from './future-bars.js';
import type { IndexFolder } from './index-folder.js';
import type { RecorderClock } from './recorder-clock.js';
import { seriesOfMinutes } from './series-of-minutes.js';
import { feedGaps, underlyingOfTicks } from './underlying-of-ticks.js';

/** What a day of feed messages needs to know. */
export interface FeedDayRequest {
  readonly date: IstDate;
  /** The contract of an instrument key on that day, or null. */
  contractOf(key: string): Contract | null;
  /** The clock that stamped an instrument's messages; null where they carry the time of the vendor's server. */
  clockFor(key: string): RecorderClock | null;
}

/** A session in one piece: from its first open to its last close. */
function wholeOf(windows: readonly SessionWindow[]): SessionWindow {
  const open = windows[0]?.open ?? (0 as EpochMs);
  return { open, close: windows.at(-1)?.close ?? open };
}

function byId(a: { readonly contract: Contract }, b: { readonly contract: Contract }): number {
  return a.contract.id < b.contract.id ? -1 : 1;
}

/** The messages of one session, all instruments together, folded into option bars, chains, index and future bars. */
export class FeedDay {
  readonly date: IstDate;
  readonly repairs: Tally<RepairReason> = {};
  private readonly request: FeedDayRequest;
  private readonly windows: readonly SessionWindow[];
  private readonly instruments = new Map<string, FeedInstrument | null>();

  constructor(request: FeedDayRequest) {
    this.request = request;
    this.date = request.date;
    this.windows = sessionWindows(request.date);
  }

  /** True when no message named a known instrument. */
  get isEmpty(): boolean {
    return ![...this.instruments.values()].some((instrument) => instrument !== null);
  }

  /** The keys that no contract answers to. */
  get unknownKeys(): string[] {
    return [...this.instruments].flatMap(([key, instrument]) => (instrument ? [] : [key]));
  }

  /** Takes a message of an instrument, in the order of recording; the reason when it cannot be used. */
  add(key: string, feed: unknown, recordedAt: number): QuarantineReason | null {
    if (this.windows.length === 0) return 'no-session';
    let instrument = this.instruments.get(key);
    if (instrument === undefined) {
      instrument = this.instrumentOf(key);
      this.instruments.set(key, instrument);
    }
    if (!instrument) return 'unknown-contract';
    return Number.isNaN(recordedAt) ? 'message-shape' : instrument.add(feed, recordedAt);
  }

  /** Everything the day became; call once, at its end. */
  *batches(): Generator<ImportBatch> {
    for (const instrument of this.known()) {
      instrument.finish(this.repairs);
      if (instrument.index) addTo(this.repairs, 'sampled-minute', instrument.index.sampledBars().length);
    }
    yield* this.soFar();
  }

  /** What the messages until now became, without an end: open minutes as far as they have come, nothing mended. Changes nothing; call at any time. */
  *soFar(): Generator<ImportBatch> {
    const known = this.known();
    const indices = known.filter((i) => i.contract.kind === 'index');
    const printed = new Map(indices.map((i) => [i.contract.underlying, i.index]));
    for (const { contract, index } of indices) if (index) yield* this.indexBatches(contract, index);
    for (const { contract, ticks } of known) {
      if (contract.kind !== 'future' || !ticks) continue;
      const bars = futureBars(ticks, wholeOf(this.windows));
      if (bars.length > 0) yield { type: 'candles', contract, minutes: 1, bars, source: 'recorded', repaired: null };
    }
    yield* this.optionBatches(this.optionGroups(known), printed);
  }

  private known(): FeedInstrument[] {
    return [...this.instruments.values()].filter((i) => i !== null).sort(byId);
  }

  private instrumentOf(key: string): FeedInstrument | null {
    const contract = this.request.contractOf(key);
    if (!contract) return null;
    const windows = contract.kind === 'index' ? indexWindows(this.date) : this.windows;
    return new FeedInstrument(contract, wholeOf(windows), this.request.clockFor(key));
  }

  private *indexBatches(contract: Contract, index: IndexFolder): Generator<ImportBatch> {
    const recorded = index.recordedBars();
    const sampled = index.sampledBars();
    if (recorded.length > 0)
      yield { type: 'candles', contract, minutes: 1, bars: recorded, source: 'recorded', repaired: null };
    const repaired = new Uint8Array(sampled.length).fill(1);
    if (sampled.length > 0) yield { type: 'candles', contract, minutes: 1, bars: sampled, source: 'derived', repaired };
    const closes = new Set([...recorded.time, ...sampled.time]);
    const gaps = missingBars(closes, { series: contract.id, windows: indexWindows(this.date), minutes: 1 });
    if (gaps.length > 0) yield { type: 'gaps', gaps };
  }

  /** Options by ascending underlying, expiry, strike and right, grouped by underlying and expiry. */
  private optionGroups(known: readonly FeedInstrument[]): FoldedOption[][] {
    const groups = new Map<string, FoldedOption[]>();
    for (const { contract, ticks } of known) {
      if (contract.kind !== 'option' || !ticks) continue;
      const key = `${contract.underlying} ${contract.expiry}`;
      const group = groups.get(key) ?? [];
      group.push({ contract, folder: ticks });
      groups.set(key, group);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, options]) => options);
  }

  private *optionBatches(
    groups: readonly FoldedOption[][],
    printed: ReadonlyMap<string, IndexFolder | null>,
  ): Generator<ImportBatch> {
    const window = wholeOf(this.windows);
    const told = new Set<string>();
    for (const options of groups) {
      const underlying = options[0]?.contract.underlying;
      if (!underlying) continue;
      const index = printed.get(underlying) ?? null;
      yield { type: 'option-series', series: options.map((o) => seriesOfMinutes(o.contract, o.folder, window)) };
      const tape = chainOfTicks(options, window, index);
      if (tape) yield { type: 'chains', tapes: [tape], rows: 0 };
      // Groups come by ascending expiry: the first with pairs stands in for a spot that was not recorded.
      if (told.has(underlying)) continue;
      const bars = index ? null : barsOfSnapshots(underlyingOfTicks(options, window), this.windows);
      if (bars?.length === 0) continue;
      told.add(underlying);
      const contract = indexContract(underlying);
      if (bars) yield { type: 'candles', contract, minutes: 1, bars, source: 'derived', repaired: null };
      const gaps = feedGaps(`${underlying} feed`, options, this.windows);
      if (gaps.length > 0) yield { type: 'gaps', gaps };
    }
  }
}
