import type { BarColumns, ChainTape } from '@sos/domain';
import type {
  ConditionCount,
  GateProfile,
  GateSession,
  ResetReason,
  Signal,
  SignalSink,
  SignalSource,
} from '@sos/gates';

/** Writes a line for everything that a source of signals reports, and passes it on. */
class JournalSink implements SignalSink {
  readonly #lines: string[];
  readonly #gates: readonly GateProfile[];
  target: SignalSink | null = null;

  constructor(gates: readonly GateProfile[], lines: string[]) {
    this.#gates = gates;
    this.#lines = lines;
  }

  #write(gate: number, text: string): void {
    this.#lines.push(`${this.#gates[gate]?.id ?? `#${gate}`} ${text}`);
  }

  advanced(gate: number, phase: number): void {
    this.#write(gate, `advanced to ${phase}`);
    this.target?.advanced(gate, phase);
  }

  reset(gate: number, phase: number, reason: ResetReason): void {
    this.#write(gate, `reset from ${phase}: ${reason}`);
    this.target?.reset(gate, phase, reason);
  }

  vetoed(gate: number, condition: number, unknown: boolean): void {
    this.#write(gate, `vetoed by ${condition}${unknown ? ' (unknown)' : ''}`);
    this.target?.vetoed(gate, condition, unknown);
  }

  signal(signal: Signal): void {
    const { gate, regime, entry, stop, target, sizeMultiplier } = signal;
    this.#write(gate, `signal ${regime} ${entry} ${stop} ${target} x${sizeMultiplier}`);
    this.target?.signal(signal);
  }
}

/** A source of signals whose every report is also a line of a journal. */
export class JournalledSource implements SignalSource {
  readonly gates: readonly GateProfile[];
  readonly #inner: SignalSource;
  readonly #sink: JournalSink;

  readonly #isShown: boolean;

  /** @param isShown whether the source is shown the bars of a session ahead, as a backtest shows them; a day behind a curtain cannot be */
  constructor(inner: SignalSource, lines: string[], isShown: boolean) {
    this.gates = inner.gates;
    this.#inner = inner;
    this.#isShown = isShown;
    this.#sink = new JournalSink(inner.gates, lines);
  }

  warmUp(bars: BarColumns): void {
    this.#inner.warmUp(bars);
  }

  openSession(session: GateSession): void {
    this.#inner.openSession(session);
  }

  preview(bars: BarColumns, volume: Float64Array | null): void {
    if (this.#isShown) this.#inner.preview?.(bars, volume);
  }

  chain(tape: ChainTape, snapshot: number): void {
    this.#inner.chain(tape, snapshot);
  }

  // eslint-disable-next-line max-params -- the port's signature
  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void {
    this.#sink.target = sink;
    this.#inner.bar(bars, row, volume, this.#sink);
  }

  closeSession(sink: SignalSink): void {
    this.#sink.target = sink;
    this.#inner.closeSession(this.#sink);
  }

  conditionsOf(gate: number): readonly string[] {
    return this.#inner.conditionsOf(gate);
  }

  conditionCounts(): readonly ConditionCount[] {
    return this.#inner.conditionCounts();
  }
}
