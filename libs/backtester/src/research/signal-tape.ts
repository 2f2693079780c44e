import type { BarColumns, ChainTape } from '@sos/domain';
import type { ConditionCount, GateProfile, GateSession, Signal, SignalSink, SignalSource } from '@sos/gates';

/** A signal kept with the bar that gave it. */
interface TapedSignal {
  readonly row: number;
  readonly signal: Signal;
}

/** What the variants of one underlying signalled on one day, by variant. */
export type SignalTape = readonly (readonly TapedSignal[])[];

/**
 * Runs all variants of a gate at once and writes down what each of them signals; passes nothing on. Gates never learn what became of their signals, so what is
 * written down here is what each variant would have signalled alone.
 */
export class SignalRecorder implements SignalSource, SignalSink {
  readonly gates: readonly GateProfile[];
  readonly #inner: SignalSource;
  #tape: TapedSignal[][] = [];
  #row = -1;

  constructor(inner: SignalSource) {
    this.#inner = inner;
    this.gates = inner.gates;
  }

  /** The signals since the session opened. */
  get tape(): SignalTape {
    return this.#tape;
  }

  warmUp(bars: BarColumns): void {
    this.#inner.warmUp(bars);
  }

  openSession(session: GateSession): void {
    this.#tape = this.gates.map(() => []);
    this.#inner.openSession(session);
  }

  preview(bars: BarColumns, volume: Float64Array | null): void {
    this.#inner.preview?.(bars, volume);
  }

  chain(tape: ChainTape, snapshot: number): void {
    this.#inner.chain(tape, snapshot);
  }

  bar(bars: BarColumns, row: number, volume: number): void {
    this.#row = row;
    this.#inner.bar(bars, row, volume, this);
  }

  closeSession(): void {
    this.#inner.closeSession(this);
  }

  conditionsOf(gate: number): readonly string[] {
    return this.#inner.conditionsOf(gate);
  }

  conditionCounts(): readonly ConditionCount[] {
    return this.#inner.conditionCounts();
  }

  advanced(): void {
    // Nobody asks a sweep why a gate stayed out.
  }

  reset(): void {
    // Nobody asks a sweep why a gate stayed out.
  }

  vetoed(): void {
    // Nobody asks a sweep why a gate stayed out.
  }

  signal(signal: Signal): void {
    this.#tape[signal.gate]?.push({ row: this.#row, signal: { ...signal, gate: 0 } });
  }
}

/** One variant as an engine sees it: a source with one gate that repeats what was written down of it. */
export class TapedSignals implements SignalSource {
  readonly gates: readonly GateProfile[];
  readonly #conditions: readonly string[];
  #signals: readonly TapedSignal[] = [];
  #next = 0;

  constructor(profile: GateProfile, conditions: readonly string[]) {
    this.gates = [profile];
    this.#conditions = conditions;
  }

  /** The signals of the next session. */
  load(signals: readonly TapedSignal[]): void {
    this.#signals = signals;
    this.#next = 0;
  }

  /** Signals that are still to come. */
  get remaining(): number {
    return this.#signals.length - this.#next;
  }

  warmUp(): void {
    // What was written down knows it already.
  }

  openSession(): void {
    // What was written down knows it already.
  }

  chain(): void {
    // What was written down knows it already.
  }

  // eslint-disable-next-line max-params -- the port's signature
  bar(_bars: BarColumns, row: number, _volume: number, sink: SignalSink): void {
    while (this.#next < this.#signals.length) {
      const { row: at, signal } = this.#signals[this.#next] as TapedSignal;
      if (at !== row) return;
      sink.signal(signal);
      this.#next++;
    }
  }

  closeSession(): void {
    // What was written down knows it already.
  }

  conditionsOf(): readonly string[] {
    return this.#conditions;
  }

  conditionCounts(): readonly ConditionCount[] {
    return [];
  }
}
