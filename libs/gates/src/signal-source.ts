import type { BarColumns, Bias, ChainTape, EpochMs, IstDate, Regime } from '@sos/domain';

/** How far from the money, in listed strikes, and which expiry: `steps` > 0 is out of the money, < 0 in the money, 0 at the money. */
export interface OptionChoice {
  readonly steps: number;
  readonly expiry: 'nearest' | 'next' | 'monthly';
}

/** How the orders of one side are worked, where a gate differs from the defaults of the day. Rupees, shares 0..1, milliseconds. */
export interface ChaseOverride {
  /** Beyond the far side of the book: the larger of points and share of the premium. */
  readonly bufferPoints?: number;
  readonly bufferShare?: number;
  /** A re-price gives at least so many ticks more. */
  readonly stepTicks?: number;
  /** Time between two prices. */
  readonly intervalMs?: number;
  /** Re-prices after the first price; then an entry is given up and an exit escalates. */
  readonly maxChase?: number;
  /** No price lies further than this share from the market. */
  readonly collarShare?: number;
}

/** The same for exits: how their buffer grows, and how far the limit of a protective stop lies from its trigger. */
export interface ExitOverride extends ChaseOverride {
  readonly escalation?: number;
  readonly bandPoints?: number;
  readonly bandShare?: number;
}

/** How a gate wants its orders worked. */
export interface GateExecution {
  readonly entry?: ChaseOverride;
  readonly exit?: ExitOverride;
}

/** What of a gate the engine must know before its first signal. */
export interface GateProfile {
  readonly id: string;
  readonly bias: Bias;
  readonly option: OptionChoice;
  /** Minutes in position after which it is closed, > 0. */
  readonly timeExitMinutes: number;
  /** Share of the way to the target, 0..1, at which the stop moves to break-even including costs; null = never. */
  readonly breakEvenAt: number | null;
  /** Arbitration between gates that fire on the same bar: higher first, then by id. */
  readonly priority: number;
  /** No entry before / after these IST minutes of the day. */
  readonly entryFromMinute: number;
  readonly entryToMinute: number;
  /** Left out or null: the defaults of the day. */
  readonly execution?: GateExecution | null;
}

/** One admitted entry, on index levels in rupees. The object is reused: copy what must be kept. */
export interface Signal {
  /** Index into `SignalSource.gates`. */
  gate: number;
  regime: Regime;
  entry: number;
  stop: number;
  target: number;
  /** Regime's multiplier of the position size, 0 < m ≤ 2.5. */
  sizeMultiplier: number;
}

/** Why a gate fell back to its first phase. */
export type ResetReason = 'timeout' | 'session' | 'regime' | 'levels';

/** Where a signal source reports; called synchronously during `bar`. */
export interface SignalSink {
  /** The gate passed a phase and now waits in `phase`. */
  advanced(gate: number, phase: number): void;
  /** The gate fell back to its first phase. */
  reset(gate: number, phase: number, reason: ResetReason): void;
  /** The last phase passed but a filter refused at the trigger: `condition` indexes `SignalSource.conditionsOf(gate)`; `unknown` when for lack of data. */
  vetoed(gate: number, condition: number, unknown: boolean): void;
  /** An admitted entry; the object is reused. */
  signal(signal: Signal): void;
}

/** Opening facts of a session for the gates. Prices rupees, NaN = unknown. */
export interface GateSession {
  readonly date: IstDate;
  readonly open: EpochMs;
  readonly close: EpochMs;
  readonly previousClose: number;
}

/** How often one condition of one gate was what stopped it. */
export interface ConditionCount {
  readonly gate: number;
  readonly phase: string;
  readonly condition: string;
  /** Evaluated false. */
  readonly failed: number;
  /** Could not be evaluated for lack of data. */
  readonly unknown: number;
}

/**
 * What decides entries: the compiled gates, or any other strategy. Told of every chain snapshot and every closed index bar in order of availability;
 * never reads ahead: `bar(bars, i)` may look at rows ≤ i only, `chain(tape, s)` at snapshots ≤ s.
 */
export interface SignalSource {
  readonly gates: readonly GateProfile[];
  /** Feeds bars of earlier sessions to indicators; no phase moves. */
  warmUp(bars: BarColumns): void;
  /** A session begins: every gate is in its first phase. */
  openSession(session: GateSession): void;
  /**
   * Shows the bars of the opened session, and their volumes where these are known too, before they are told one by one, so that columns of indicators are computed at once.
   * Only the shell of a backtest or replay can; nothing may be decided differently for it: row i of a column follows from rows ≤ i. The bars told later must be these.
   */
  preview?(bars: BarColumns, volume: Float64Array | null): void;
  /** A snapshot of an option chain became known; rows later than `snapshot` must not be read. */
  chain(tape: ChainTape, snapshot: number): void;
  /** One closed bar. `volume` is the vocabulary's volume (units; NaN unknown) for that minute. Every gate sees every bar. */
  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void;
  /** Ends the session: every gate returns to its first phase. */
  closeSession(sink: SignalSink): void;
  /** Texts of a gate's conditions, filter first, as `vetoed` numbers them. */
  conditionsOf(gate: number): readonly string[];
  /** Running totals since construction of why gates did not move on. */
  conditionCounts(): readonly ConditionCount[];
}
