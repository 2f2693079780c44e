import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import {
  paise,
  type BarColumns,
  type DayTape,
  type OptionSeries,
  type SeriesSource,
  type Underlying,
} from '@sos/domain';
import { makeEffects, makeEngineState, type Effects, type EngineConfig, type EngineState } from '@sos/engine';
import type { SignalSource } from '@sos/gates';
import { configHash } from '../hash/config-hash.js';
import { DataHash, type KnownDigests } from '../hash/data-hash.js';
import { DayReplay } from '../replay/replay-day.js';
import type { BacktestRequest } from '../run/backtest-request.js';
import { ledgerFingerprint } from './ledger-fingerprint.js';
import { TapedSignals, type SignalTape } from './signal-tape.js';
import type { VariantResult } from './variant-result.js';

/** One variant of a gate. */
export interface Variant {
  /** Place in its plan, from 0. */
  readonly index: number;
  /** Id of the gate as its file has it. */
  readonly gate: string;
  /** Text of the gate definitions of a backtest of this variant alone: part of its configuration hash. */
  readonly gatesText: string;
}

/** What all variants of a sweep share. */
export type VariantRequest = Omit<BacktestRequest, 'gatesText' | 'startedAt' | 'onProgress'>;

/** What a day looks like to the engine of a variant: as it is, but without the volume that only gates read. */
export interface VariantDay {
  /** One for each underlying, null where nothing is known; as loaded, and as replayed. */
  readonly tapes: readonly (DayTape | null)[];
  readonly replayed: readonly (DayTape | null)[];
  readonly signals: readonly SignalTape[];
  /** Of the shared source: which variant stands at this place. */
  readonly place: number;
}

const TWO_SESSIONS = 750;

/** One variant on its way through the days: an engine of its own, totals, hashes. Its ledger is dropped day by day. */
export class VariantRun {
  readonly variant: Variant;
  readonly #taps: readonly TapedSignals[];
  readonly #state: EngineState;
  readonly #out: Effects = makeEffects();
  readonly #data: DataHash;
  readonly #configHash: string;
  readonly #sources = new Set<SeriesSource>();
  readonly #ledger = sha256.create();
  readonly #dayNets: number[] = [];
  #trades = 0;
  #wins = 0;
  #gross = 0;
  #charges = 0;
  #netWins = 0;
  #netLosses = 0;

  constructor(
    variant: Variant,
    {
      request,
      sources,
      place,
      known,
    }: {
      readonly request: VariantRequest & { readonly config: EngineConfig };
      /** The shared sources, one for each underlying. */
      readonly sources: readonly { readonly underlying: Underlying; readonly signals: SignalSource }[];
      readonly place: number;
      readonly known: KnownDigests;
    },
  ) {
    this.variant = variant;
    const feeds = sources.map(({ underlying, signals }) => {
      const profile = signals.gates[place] as SignalSource['gates'][number];
      return { underlying, signals: new TapedSignals({ ...profile, id: variant.gate }, signals.conditionsOf(place)) };
    });
    this.#taps = feeds.map(({ signals }) => signals);
    const { config, rules } = request;
    const setup = {
      config,
      rulebookVersion: rules.version,
      warmUpBars: request.warmUpBars ?? TWO_SESSIONS,
      underlyings: feeds,
    };
    this.#configHash = configHash({ ...setup, gatesText: variant.gatesText });
    // Which decisions are recorded changes no trade; a sweep keeps none.
    this.#state = makeEngineState({ config: { ...config, decisions: 'orders' }, rules, underlyings: feeds });
    this.#data = new DataHash(known);
  }

  /** Bars before the first session: hashed as a backtest hashes them; the shared source is warmed up instead of this one. */
  warmUp(label: string, bars: BarColumns): void {
    this.#data.bars(label, bars);
  }

  /** Sources of the premiums that its orders asked for. */
  get sources(): ReadonlySet<SeriesSource> {
    return this.#sources;
  }

  /** Plays one day. */
  day({ tapes, replayed, signals, place }: VariantDay): void {
    let count = 0;
    for (const [book, tap] of this.#taps.entries()) {
      const own = signals[book]?.[place] ?? [];
      tap.load(own);
      count += own.length;
    }
    const used = count === 0 ? [] : this.#replay(replayed);
    let at = 0;
    for (const tape of tapes) if (tape !== null) this.#data.day(tape, used[at++] ?? []);
    this.#settle();
  }

  // A day without a signal cannot change anything that the next session does not set anew, so it is not replayed at all.
  #replay(tapes: readonly (DayTape | null)[]): ReadonlySet<OptionSeries>[] {
    const replay = new DayReplay({ state: this.#state, out: this.#out }, tapes, 0);
    replay.open();
    while (this.#isAwake() && replay.next());
    replay.close();
    for (const { stream } of replay.sessions) for (const { source } of stream.usedSeries) this.#sources.add(source);
    return replay.sessions.map(({ stream }) => stream.usedSeries);
  }

  // After the last signal of the day, with nothing open or pending, nothing more can happen.
  #isAwake(): boolean {
    for (const tap of this.#taps) if (tap.remaining > 0) return true;
    for (const book of this.#state.books) if (book.intents.length > 0 || book.positions.length > 0) return true;
    return false;
  }

  #settle(): void {
    const { orders, fills, trades, decisions } = this.#out;
    let net = 0;
    for (const trade of trades) {
      net += trade.net;
      this.#gross += trade.gross;
      this.#charges += trade.charges.total;
      if (trade.net > 0) {
        this.#wins++;
        this.#netWins += trade.net;
      } else this.#netLosses += trade.net;
    }
    this.#trades += trades.length;
    this.#dayNets.push(net);
    if (orders.length > 0) this.#ledger.update(`${this.#dayNets.length} ${ledgerFingerprint(this.#out)}\n`);
    orders.length = fills.length = trades.length = decisions.length = 0;
  }

  /** What came of it. */
  result(): VariantResult {
    return {
      variant: this.variant.index,
      configHash: this.#configHash,
      dataHash: this.#data.hex(),
      ledgerHash: bytesToHex(this.#ledger.clone().digest()),
      trades: this.#trades,
      wins: this.#wins,
      gross: paise(this.#gross),
      charges: paise(this.#charges),
      net: paise(this.#netWins + this.#netLosses),
      netWins: paise(this.#netWins),
      netLosses: paise(this.#netLosses),
      unfilledEntries: this.#state.counts.unfilledEntries,
      dayNets: this.#dayNets,
      failure: null,
    };
  }
}
